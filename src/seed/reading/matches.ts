import { memoized } from '../../memoized.ts';
import type { Migration, Statement, Verb } from '../../model/history.ts';
import type { Schema, Table } from '../../model/schema.ts';
import { namesIn } from '../../sql/names.ts';
import { foldName, sameName } from '../../sql/quote.ts';
import type { ReferencesClause } from '../../sql/references-clauses.ts';
import { columnNamed, tableNamed } from '../../sql/tables.ts';
import { nameOf, readWords, type Word } from '../../sql/words.ts';
import { canHold } from './keys.ts';

/** One side of a comparison. */
interface Side {
  readonly qualifier: string | null;
  readonly name: string;
}

/** The columns that a statement compares for equality, and the tables that its qualifiers mean. */
interface Matching {
  readonly pairs: readonly (readonly [Side, Side])[];
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
        found.set(foldName(child.name), [...(found.get(foldName(child.name)) ?? []), link]);
      }
    }
  }
  return found;
}

/** Whether the column of one side can hold the key that the other side is. */
function pointsAt(child: Table, from: Side, parent: Table, to: Side): boolean {
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
function tableOf(side: Side, other: Side, tables: Matching['tables'], schema: Schema): Table | null {
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
  for (const [i, { key }] of words.entries()) {
    const name = beforeTable.has(key) ? nameOf(words[i + 1]) : null;
    if (name === null || words[i + 2]?.text === '(') continue;
    const alias = words[i + 2]?.key === 'AS' ? words[i + 3] : words[i + 2];
    tables.set(foldName(name), name);
    const other = alias === undefined || afterTable.has(alias.key) ? null : nameOf(alias);
    if (other !== null) tables.set(foldName(other), name);
  }
  const pairs = words.flatMap(({ key }, i): (readonly [Side, Side])[] => {
    if (key !== '=' && key !== '==' && key !== 'IS') return [];
    const [left, right] = [sideBefore(words, i), sideAfter(words, i)];
    if (left === null || right === null || (left.qualifier === null && right.qualifier === null)) return [];
    return [[left, right]];
  });
  return { pairs, tables };
}

function sideBefore(words: readonly Word[], at: number): Side | null {
  const name = columnAt(words[at - 1]);
  if (name === null) return null;
  const isQualified = words[at - 2]?.text === '.';
  const before = words[at - (isQualified ? 4 : 2)];
  return endsSide(before) ? { qualifier: isQualified ? nameOf(words[at - 3]) : null, name } : null;
}

function sideAfter(words: readonly Word[], at: number): Side | null {
  const isQualified = words[at + 2]?.text === '.';
  const name = columnAt(words[at + (isQualified ? 3 : 1)]);
  if (name === null) return null;
  const after = words[at + (isQualified ? 4 : 2)];
  return endsSide(after) ? { qualifier: isQualified ? nameOf(words[at + 1]) : null, name } : null;
}

function columnAt(word: Word | undefined): string | null {
  return word === undefined || word.kind === 'string' || notColumns.has(word.key) ? null : nameOf(word);
}

/** Whether a word ends a comparison, so that nothing else is computed of its side. */
function endsSide(word: Word | undefined): boolean {
  return word === undefined || ends.has(word.key);
}

const ends: ReadonlySet<string> = new Set(
  '( ) ; , AND OR ON WHERE WHEN THEN HAVING LIMIT ORDER GROUP UNION JOIN LEFT INNER CROSS RETURNING NOT'.split(' '),
);
const notColumns: ReadonlySet<string> = new Set('NULL TRUE FALSE NOT DISTINCT'.split(' '));
const beforeTable: ReadonlySet<string> = new Set(['FROM', 'JOIN', 'UPDATE', 'INTO', ',']);
const afterTable: ReadonlySet<string> = new Set(
  'WHERE JOIN LEFT RIGHT FULL INNER OUTER CROSS NATURAL ON USING SET INDEXED NOT GROUP ORDER LIMIT UNION VALUES SELECT DEFAULT , . ( ) ; FROM AND OR = == IS'.split(
    ' ',
  ),
);
