/** Letters that no hexadecimal digit is, so that no code is taken for a number. */
const alphabet = 'ghijklmnopqrstuvwxyz';

/** A code of letters for each number, of `width` letters as long as that is enough. */
export function letterCode(number: number, width: number): string {
  let code = '';
  for (let left = number; left > 0 || code === ''; left = Math.floor(left / alphabet.length))
    code = alphabet.charAt(left % alphabet.length) + code;
  return code.padStart(width, alphabet.charAt(0));
}

/** The number of letters that codes for `count` numbers need. */
export function codeWidth(count: number): number {
  return letterCode(Math.max(0, count - 1), 1).length;
}

/** Words until there are `length` characters, cut there; the same ones for the same number. */
export function prose(words: readonly string[], number: number, length: number, separator: string): string {
  if (length <= 0) return '';
  const parts: string[] = [];
  let size = 0;
  for (let i = 0; size < length; i++) {
    const word = words[(number * 7 + i * (1 + (number % 5)) + i) % words.length] ?? 'word';
    parts.push(word);
    size += word.length + separator.length;
    // A very long text is a short one again and again.
    if (i === 200)
      return parts
        .join(separator)
        .concat(separator)
        .repeat(Math.ceil(length / size) + 1)
        .slice(0, length);
  }
  return parts.join(separator).slice(0, length);
}
