/** The words of a table's or column's name in lower case: `user_id`, `userID` and `User Id` are all `user`, `id`. */
export function words(name: string): string[] {
  return name
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

const irregular: ReadonlyMap<string, string> = new Map([
  ['people', 'person'],
  ['children', 'child'],
  ['men', 'man'],
  ['women', 'woman'],
  ['indices', 'index'],
  ['matrices', 'matrix'],
  ['vertices', 'vertex'],
  ['criteria', 'criterion'],
  ['analyses', 'analysis'],
  ['movies', 'movie'],
  ['cookies', 'cookie'],
]);

/** A word in the singular, as far as its ending tells; both forms of a regular noun give the same. */
export function singular(word: string): string {
  const known = irregular.get(word);
  if (known !== undefined) return known;
  if (/[^aeiou]ies$/.test(word)) return `${word.slice(0, -3)}y`;
  if (/(?:ss|sh|ch|x|zz|us)es$/.test(word)) return word.slice(0, -2);
  return /[^su]s$/.test(word) && !word.endsWith('is') ? word.slice(0, -1) : word;
}

/** The words of a name, each in the singular, for comparing a column's name with a table's. */
export function singularWords(name: string): string[] {
  return words(name).map(singular);
}

/** Whether `list` ends with all of `end`, which is not empty. */
export function endsWith(list: readonly string[], end: readonly string[]): boolean {
  const offset = list.length - end.length;
  return end.length > 0 && offset >= 0 && end.every((word, i) => list[offset + i] === word);
}
