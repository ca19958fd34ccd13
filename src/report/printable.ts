import { withEscapes } from '../text/unprintable.ts';

/** `text` safe to print on one line: control and invisible characters become escapes such as `\u{1b}`. */
export function printable(text: string): string {
  return withEscapes(text, (character) => {
    if (character === '\n') return '\\n';
    if (character === '\t') return '\\t';
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
}

/** Breaks `text` between words into lines of at most `width` characters; a longer word stands alone. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, line];
}

/** `text` cut to at most `length` characters, between words where one ends nearby, with an ellipsis where something is missing. */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, length - 1);
  const end = text[length - 1] === ' ' ? cut.length : cut.lastIndexOf(' ');
  return end > length / 2 ? `${cut.slice(0, end).trimEnd()}…` : `${cut}…`;
}
