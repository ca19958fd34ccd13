import { memoized } from '../../memoized.ts';
import type { Migration, Statement, Verb } from '../../model/history.ts';
import type { Schema, Table } from '../../model/schema.ts';
import { tablesIn } from '../../sql/from-tables.ts';
import { namesIn } from '../../sql/names.ts';
import { foldName, sameName } from '../../sql/quote.ts';
import type { ReferencesClause } from '../../sql/references-clauses.ts';
import { columnNamed, tableNamed } from '../../sql/tables.ts';
import { type ColumnPath, columnIn, readWords, type Word } from '../../sql/words.ts';
import { append } from './append.ts';
import { canHold } from './keys.ts';

/** The columns that a statement compares for equality, and the tables that its qualifiers mean. */
interface Matching {
  readonly pairs: readonly (readonly [ColumnPath, ColumnPath])[];
  /** By the folded name that qualifies its columns. */
  readonly tables: ReadonlyMap<string, string>;
}

/**
 * Reads which columns point at a key because a statement to come looks rows up by it: `JOIN units u ON u.code = i.unit`. A
 * comparison of two keys, or of none, does not tell which of them points at the other.
 * @returns by the folded name of a table of `schema`.
 */
export function readMatches(
  migrations: readonly Migration[],
  schema: Schema,
): ReadonlyMap<string, readonly ReferencesClause[]> {
  const found = new Map<string, ReferencesClause[]>();
  for (const statement of migrations.flatMap(({ statements }) => statements)) {
    const { pairs, tables } = matchingOf(statement);
    for (const [one, other] of pairs) {
      for (const [from, to] of [
        [one, other],
        [other, one],
      ] as const) {
        const [child, parent] = [tableOf(from, to, tables, schema), tableOf(to, from, tables, schema)];
        if (child === null || parent === null || child === parent || !pointsAt(child, from, parent, to)) continue;
        const link = { columns: [from.name], parent: parent.name, parentColumns: [to.name] };
        append(found, foldName(child.name), [link]);
      }
    }
  }
  return found;
}

/** Whether the column of one side can hold the key that the other side is. */
function pointsAt(child: Table, from: ColumnPath, parent: Table, to: ColumnPath): boolean {
  const [column, key] = [columnNamed(child, from.name), columnNamed(parent, to.name)];
  if (column === undefined || key === undefined || !canHold(column, key)) return false;
  if (!isKey(parent, key.name) || isKey(child, column.name)) return false;
  // A CHECK says better what the column holds.
  return !child.checks.some((check) => namesIn(check).has(foldName(column.name)));
}

function isKey({ primaryKey, indexes }: Table, column: string): boolean {
  const whole = indexes.filter(({ unique, partial }) => unique && !partial).map(({ columns }) => columns);
  return [primaryKey, ...whole].some((columns) => columns.length === 1 && columns[0] === column);
}

/** The table that a side is a column of; null where that is not plain. */
function tableOf(side: ColumnPath, other: ColumnPath, tables: Matching['tables'], schema: Schema): Table | null {
  if (side.qualifier !== null) return tableNamed(schema, tables.get(foldName(side.qualifier)) ?? '') ?? null;
  const theirs = tables.get(foldName(other.qualifier ?? '')) ?? '';
  const own = new Set([...tables.values()].filter((name) => !sameName(name, theirs)).map(foldName));
  const having = [...own].flatMap((name) => {
    const table = tableNamed(schema, name);
    return table !== undefined && columnNamed(table, side.name) !== undefined ? [table] : [];
  });
  return having.length === 1 ? (having[0] ?? null) : null;
}

const nothing: Matching = { pairs: [], tables: new Map() };

/** Statements that read rows as they run. */
const reading: ReadonlySet<Verb> = new Set(['insert', 'replace', 'update', 'delete', 'create-table']);

const matchingOf = memoized(({ head, sql }: Statement): Matching => {
  return reading.has(head.verb) && /\bFROM\b/i.test(sql) && sql.includes('=') ? matchingIn(sql) : nothing;
});

function matchingIn(sql: string): Matching {
  const words = readWords(sql);
  const tables = new Map<string, string>();
  for (const { name, alias } of tablesIn(words)) for (const each of [name, alias]) tables.set(foldName(each), name);
  const pairs = words.flatMap(({ key }, i): Matching['pairs'][number][] => {
    if (key !== '=' && key !== '==' && key !== 'IS') return [];
    const [left, right] = [sideOf(words, i, -1), sideOf(words, i, 1)];
    if (left === null || right === null || (left.qualifier === null && right.qualifier === null)) return [];
    return [[left, right]];
  });
  return { pairs, tables };
}

/** The column on one side of a comparison; null where something else is computed there. */
function sideOf(words: readonly Word[], at: number, step: -1 | 1): ColumnPath | null {
  const end = words[at + 2 * step]?.text === '.' ? at + 3 * step : at + step;
  const beyond = words[end + step];
  if (beyond !== undefined && !besides.has(beyond.key)) return null;
  return columnIn(step < 0 ? words.slice(Math.max(end, 0), at) : words.slice(at + 1, end + 1));
}

/** Words beside a comparison of which nothing else is computed. */
const besides: ReadonlySet<string> = new Set(
  '( ) ; , AND OR ON WHERE WHEN THEN HAVING LIMIT ORDER GROUP UNION JOIN LEFT INNER CROSS RETURNING NOT'.split(' '),
);
