import { memoized } from '../../memoized.ts';
import type { Column, Table } from '../../model/schema.ts';
import { contentOf } from '../values/affinity.ts';
import { endsWith, singularWords } from './names.ts';

/** A column by whose value other tables may name a row of `table`. */
export interface KeyColumn {
  readonly table: Table;
  readonly column: Column;
}

/** The primary key of a table, or a column that is unique in it, with the words by which others name it. */
export interface NamedKey extends KeyColumn {
  readonly primary: boolean;
  /** The words of the table's and the column's name, in the singular. */
  readonly tableWords: readonly string[];
  readonly words: readonly string[];
}

/** A column that may point at a key. */
export type ChildColumn = Pick<Column, 'name' | 'type' | 'generated' | 'keyPosition'>;

/** Names of keys that say nothing of what they are the key of. */
const generic: ReadonlySet<string> = new Set(
  'id uuid guid key name code slug email title token value type kind version hash url path number date position'.split(
    ' ',
  ),
);

/** The keys of a table, with the ends of columns' names that could mean them: in any table, and in itself. */
export const keyEndsOf = memoized((table: Table): readonly (readonly [end: string, key: NamedKey])[] => {
  return keysOf(table).flatMap((key) => {
    const { tableWords, words, primary } = key;
    const own = [[tableWords.at(-1) ?? '', ...words], ...shortForms(tableWords).map((short) => [short, ...words])];
    if (primary && (words.length > 1 || !generic.has(words[0] ?? ''))) own.push([...words]);
    if (isNumber(key) && isOfUsers(key)) own.push(...deeds);
    return own.map((end) => [end.join(' '), key] as const);
  });
});

/** Whether a key is called `id` and no more. */
function isNumber({ primary, words }: NamedKey): boolean {
  return primary && words.join() === 'id';
}

const keysOf = memoized((table: Table): readonly NamedKey[] => {
  if (table.kind !== 'table') return [];
  const unique = table.indexes.filter((index) => index.unique && !index.partial).map(({ columns }) => columns);
  const lone = [table.primaryKey, ...unique].filter((columns) => columns.length === 1).map(([column]) => column);
  const tableWords = singularWords(table.name);
  return table.columns
    .filter(({ name }) => lone.includes(name))
    .map((column) => ({
      table,
      column,
      primary: column.keyPosition > 0,
      tableWords,
      words: singularWords(column.name),
    }));
});

/** The short forms of a table's name in the names of columns: `org` for organizations, `qu` for quantity_units. */
function shortForms(tableWords: readonly string[]): string[] {
  const [word = '', second] = tableWords;
  if (second !== undefined) return [tableWords.map((each) => each.charAt(0)).join('')];
  return [3, 4, 5].filter((length) => length < word.length - 2).map((length) => word.slice(0, length));
}

function isOfUsers({ tableWords }: NamedKey): boolean {
  return tableWords.at(-1) === 'user';
}

/** People are pointed at by what they do, … */
const deeds = 'owner author creator uploader sender recipient assignee reviewer'
  .split(' ')
  .map((deed) => [deed, 'id'])
  .concat(
    'created updated uploaded added invited deleted assigned approved owned'.split(' ').map((deed) => [deed, 'by']),
  );

/** … and rows of one tree by their place in it. */
const selves = [
  ['parent', 'id'],
  ['root', 'id'],
  ['reply', 'to', 'id'],
  ['replaced', 'by'],
];

const selfEnds: ReadonlySet<string> = new Set(selves.map((self) => self.join(' ')));

/**
 * The key that a column means by its name: `<table>_<key>` in singular or plural, with words before it
 * (`from_stop_id`) or a prefix of the table's left out (`user_id` for `app_users`); a key's own name; `parent_id`;
 * `created_by`. Null where no key, or more than one, could be meant, and for columns that could not hold its values.
 * @param byEnd the keys of all tables by the ends of names that could mean them.
 */
export function keyNamedBy(
  column: ChildColumn,
  table: Table,
  byEnd: ReadonlyMap<string, readonly NamedKey[]>,
): KeyColumn | null {
  if (column.generated !== 'no') return null;
  const names = singularWords(column.name);
  const isOwnKey = table.primaryKey.length === 1 && column.keyPosition === 1;
  let best: NamedKey | null = null;
  let bestScore = isOwnKey ? 2 : 0;
  let tied = false;
  for (let i = 0; i < names.length; i++) {
    const end = names.slice(i).join(' ');
    for (const key of [...(byEnd.get(end) ?? []), ...(selfEnds.has(end) ? keysOf(table).filter(isNumber) : [])]) {
      const score = canHold(column, key.column) ? scoreOf(names, table, column, key) : 0;
      if (score < bestScore || score === 0) continue;
      tied = score === bestScore && best !== null;
      if (tied && score > 2) continue;
      best = key;
      bestScore = score;
    }
  }
  return tied && bestScore <= 2 ? null : best;
}

/** How well the words of a column name a key: up to 5, 0 not at all; 2 or less counts only where nothing competes. */
function scoreOf(names: readonly string[], table: Table, column: ChildColumn, key: NamedKey): number {
  const own = key.table === table;
  if (own && key.column.name === column.name) return 0;
  const text = names.join(' ');
  if (selves.some((self) => text === self.join(' '))) return own ? 5 : 0;
  if (deeds.some((deed) => endsWith(names, deed))) return own ? 0 : 1;
  const stem = names.slice(0, names.length - key.words.length);
  if (shortForms(key.tableWords).includes(stem.at(-1) ?? '') && endsWith(names, key.words)) return own ? 0 : 1;
  if (endsWith(names, key.words) && stem.length > 0) {
    if (endsWith(stem, key.tableWords)) return stem.length > key.tableWords.length ? 3 : own ? 0 : 4;
    if (endsWith(key.tableWords, stem)) return own ? 0 : 2;
  }
  if (!endsWith(names, key.words) || own) return own && stem.length > 0 && namesItsTable(key) ? 3 : 0;
  if (!namesItsTable(key)) return stem.length === 0 ? 1 : 0;
  return stem.length === 0 ? 4 : 3;
}

/** Whether a key's own name says what it is the key of, as `call_id` in `calls`. */
function namesItsTable({ words, tableWords, primary }: NamedKey): boolean {
  return primary && words.includes(tableWords.at(-1) ?? '');
}

/** Whether a column can hold the values of a key as its own. */
export function canHold(column: ChildColumn, key: Column): boolean {
  const [held, kept] = [contentOf(column.type), contentOf(key.type)];
  if (held === 'boolean' || held === 'timestamp' || held === 'real') return false;
  if (held === 'integer') return kept === 'integer';
  return (held === 'bytes') === (kept === 'bytes');
}
