import { foldName } from './quote.ts';

/**
 * Whether names speak of the same thing: each word of the first is one of the others, in the singular or the plural. Words that
 * tell only how a value is stored do not count.
 */
export function speaksOf(name: string, others: readonly string[]): boolean {
  const said = wordsOf(name).filter((word) => !ofStorage.has(word));
  const known = new Set(others.flatMap(wordsOf));
  return said.length > 0 && said.every((word) => known.has(word));
}

function wordsOf(name: string): string[] {
  const apart = name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2');
  return foldName(apart)
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
    .map(singular);
}

function singular(word: string): string {
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:s|x|z|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return /[^s]s$/.test(word) && word.length > 3 ? word.slice(0, -1) : word;
}

const ofStorage: ReadonlySet<string> = new Set([
  'json',
  'jsonb',
  'csv',
  'list',
  'text',
  'data',
  'blob',
  'array',
  'id',
  'name',
]);
