import type { Statement } from '../model/history.ts';
import { significantTokens } from './tokens.ts';

/** Something of SQL with the version of SQLite that brought it, as numbers to be compared. */
export interface Introduced {
  /** As users write it: `ALTER TABLE … DROP COLUMN`. */
  readonly what: string;
  /** `3.35`. */
  readonly version: string;
}

/** Sequences of words and symbols, by what they stand for. https://sqlite.org/changes.html */
const syntax: readonly (readonly [pattern: RegExp, what: string, version: string])[] = [
  [/ ON CONFLICT (?:\( [^;]* \) )?(?:WHERE [^;]* )?DO /, 'upsert (ON CONFLICT … DO)', '3.24'],
  [/^ ALTER TABLE \S+ (?:\. \S+ )?RENAME (?!TO )/, 'ALTER TABLE … RENAME COLUMN', '3.25'],
  [/ (?:OVER|WINDOW) /, 'window functions', '3.25'],
  [/ NULLS (?:FIRST|LAST) /, 'NULLS FIRST and NULLS LAST', '3.30'],
  [/ (?:GENERATED ALWAYS )AS \( /, 'generated columns', '3.31'],
  [/^ ALTER TABLE \S+ (?:\. \S+ )?DROP (?:COLUMN )?(?!CONSTRAINT )/, 'ALTER TABLE … DROP COLUMN', '3.35'],
  [/ RETURNING /, 'RETURNING', '3.35'],
  [/ AS (?:NOT )?MATERIALIZED \( /, 'MATERIALIZED', '3.35'],
  [
    /^ CREATE (?:TEMP |TEMPORARY )?TABLE .* \) (?:WITHOUT ROWID , )?STRICT (?:, WITHOUT ROWID )?$/,
    'STRICT tables',
    '3.37',
  ],
  [/ ->>? /, 'the operators -> and ->>', '3.38'],
  [/ (?:RIGHT|FULL) (?:OUTER )?JOIN /, 'RIGHT JOIN and FULL JOIN', '3.39'],
  [/ IS (?:NOT )?DISTINCT FROM /, 'IS DISTINCT FROM', '3.39'],
  [/^ ALTER TABLE \S+ (?:\. \S+ )?ALTER (?:COLUMN )?\S+ (?:SET|DROP) NOT NULL /, 'ALTER COLUMN … SET NOT NULL', '3.53'],
  [/^ ALTER TABLE \S+ (?:\. \S+ )?(?:ADD (?:CONSTRAINT|CHECK) |DROP CONSTRAINT )/, 'ALTER TABLE … CONSTRAINT', '3.53'],
];

/** Functions by name. https://sqlite.org/lang_corefunc.html and the pages beside it */
const functions: ReadonlyMap<string, string> = new Map([
  ['iif', '3.32'],
  ...[
    'ceil',
    'ceiling',
    'floor',
    'ln',
    'log',
    'log2',
    'log10',
    'mod',
    'pi',
    'pow',
    'power',
    'sqrt',
    'trunc',
    'sign',
  ].map((name) => [name, '3.35'] as const),
  ['unixepoch', '3.38'],
  ['format', '3.38'],
  ['unhex', '3.41'],
  ['octet_length', '3.43'],
  ['timediff', '3.43'],
  ['concat', '3.44'],
  ['concat_ws', '3.44'],
  ['string_agg', '3.44'],
  ...[
    'jsonb',
    'jsonb_array',
    'jsonb_extract',
    'jsonb_insert',
    'jsonb_object',
    'jsonb_patch',
    'jsonb_remove',
    'jsonb_replace',
    'jsonb_set',
  ].map((name) => [name, '3.45'] as const),
  ['json_pretty', '3.46'],
]);

/** The parts of a statement that a version of SQLite does not know yet, the newest first. */
export function newerThan(version: string, { sql }: Pick<Statement, 'sql'>): Introduced[] {
  const tokens = significantTokens(sql);
  // Names in quotes and strings are never keywords.
  const words = tokens.map(({ kind, text }) => (kind === 'name' || kind === 'string' ? '""' : text.toUpperCase()));
  const text = ` ${words.join(' ')} `.replace(/ ; $/, ' ');
  const called = tokens.flatMap(({ kind, text: name }, place) => {
    const introduced =
      kind === 'word' && tokens[place + 1]?.text === '(' ? functions.get(name.toLowerCase()) : undefined;
    return introduced === undefined ? [] : [{ what: `${name.toLowerCase()}()`, version: introduced }];
  });
  const written = syntax
    .filter(([pattern]) => pattern.test(text))
    .map(([, what, introduced]) => ({ what, version: introduced }));
  const found = new Map(
    [...written, ...called].filter((each) => isNewer(each.version, version)).map((each) => [each.what, each]),
  );
  return [...found.values()].sort((a, b) => (isNewer(a.version, b.version) ? -1 : 1));
}

/** The oldest version of SQLite that understands some statements; null where nothing in them is newer than 3.0. */
export function oldestFor(texts: readonly string[]): string | null {
  const versions = texts.flatMap((sql) => newerThan('3.0', { sql }).map(({ version }) => version));
  return versions.sort((a, b) => (isNewer(a, b) ? -1 : 1))[0] ?? null;
}

/** Whether one version, such as `3.45.1`, is newer than another. */
export function isNewer(version: string, than: string): boolean {
  const [left, right] = [version, than].map((each) => each.split('.').map(Number));
  for (let place = 0; place < 3; place++) {
    const difference = (left?.[place] ?? 0) - (right?.[place] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
}
