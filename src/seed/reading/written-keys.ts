import type { Statement } from '../../model/history.ts';
import { clause, inside, items } from '../../sql/nesting.ts';
import { type Constant, type Part, readParts } from '../../sql/parts.ts';
import { sameName } from '../../sql/quote.ts';
import { readWriteText } from '../../sql/write-text.ts';

/** The values of one row that a statement writes, by the column's name as written. */
export type WrittenRow = ReadonlyMap<string, Constant>;

/**
 * Reads the constants that an INSERT writes: of each row of VALUES or of a SELECT without FROM.
 * @param columns of its table, in their order, for an INSERT that names none.
 */
export function readWrittenRows({ sql, head }: Statement, columns: readonly string[]): WrittenRow[] {
  if ((head.verb !== 'insert' && head.verb !== 'replace') || head.sources.length > 0) return [];
  const { into, query } = readWriteText(sql);
  const names = into ?? columns;
  return listsIn(readParts(query ?? '')).map(
    (list) =>
      new Map(
        list.flatMap((constant, i): [string, Constant][] => {
          const name = names[i];
          return name === undefined || constant === null ? [] : [[name, constant]];
        }),
      ),
  );
}

/** The items of each list of values; null for an expression. */
function listsIn(parts: readonly Part[]): (Constant | null)[][] {
  const isSelect = parts[0]?.key === 'SELECT';
  const lists = isSelect
    ? [clause(parts, selecting, choosing) ?? []]
    : parts.flatMap(({ key, depth }, i) => (key === '(' && depth === 0 ? [inside(parts, i)] : []));
  return lists.map((list) => items(list).map(([only, more]) => (more === undefined ? (only?.constant ?? null) : null)));
}

const selecting: ReadonlySet<string> = new Set(['SELECT']);
const choosing: ReadonlySet<string> = new Set(['WHERE']);

/** A value of a column that becomes another one. */
export interface Renaming {
  readonly column: string;
  readonly from: Constant;
  readonly to: Constant;
}

/**
 * Reads the constants that an UPDATE puts in the place of one that it looks for: `SET key = 'new' WHERE key = 'old'`.
 */
export function readRenamings({ sql, head }: Statement): Renaming[] {
  if (head.verb !== 'update') return [];
  const parts = readParts(sql);
  const where = parts.findIndex(({ key }) => key === 'WHERE');
  if (where < 0) return [];
  return parts.slice(0, where).flatMap(({ key, name }, i): Renaming[] => {
    const before = parts[i - 1]?.key;
    const constant = parts[i + 2]?.constant ?? null;
    if (name === null || key === 'SET' || (before !== 'SET' && before !== ',') || constant === null) return [];
    const from = parts.findIndex((part, at) => {
      return at > where && part.name !== null && sameName(part.name, name) && parts[at + 1]?.key === '=';
    });
    const old = from < 0 ? null : (parts[from + 2]?.constant ?? null);
    return parts[i + 1]?.key === '=' && old !== null ? [{ column: name, from: old, to: constant }] : [];
  });
}

/** A number that an UPDATE moves by a few in every row that it meets: `SET place = place + 1`. */
export interface Shift {
  readonly column: string;
  readonly by: number;
}

/** A key that is moved further than that is moved out of the way, and meets nothing. */
const farthest = 10;

/** Reads the columns that an UPDATE moves by a constant. */
export function readShifts({ sql, head }: Statement): Shift[] {
  if (head.verb !== 'update') return [];
  const parts = readParts(sql);
  const isEnd = (key: string | undefined): boolean =>
    key === undefined || [',', ';', 'WHERE', 'FROM', 'RETURNING', 'ORDER', 'LIMIT'].includes(key);
  return parts.flatMap(({ name, depth }, i): Shift[] => {
    const before = parts[i - 1]?.key;
    const [equals, own, sign, amount, end] = parts.slice(i + 1, i + 6);
    if (name === null || depth > 0 || (before !== 'SET' && before !== ',') || equals?.key !== '=') return [];
    if (own?.name == null || !sameName(own.name, name) || !isEnd(end?.key)) return [];
    const by = amount?.constant;
    if (typeof by !== 'number' || by === 0 || Math.abs(by) > farthest) return [];
    if (sign?.key !== '+' && sign?.key !== '-') return [];
    return [{ column: name, by: sign.key === '+' ? by : -by }];
  });
}
