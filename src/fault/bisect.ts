import { type Database, sqliteError } from '../database/connection.ts';
import { asShown, rowidName } from '../database/keys.ts';
import type { SqlValue } from '../model/connection.ts';
import type { Fault } from '../model/fault.ts';
import { foldName, quoteName, quoteNames } from '../sql/quote.ts';
import { readSelectParts } from '../sql/select-parts.ts';
import { asOperand } from '../sql/substitute.ts';
import { readWords } from '../sql/words.ts';
import { readWriteText } from '../sql/write-text.ts';
import { countIn } from './ask.ts';
import type { FailedStatement } from './conditions.ts';
import type { Views } from './view.ts';

/** The number of runs of a statement over some of the rows. */
const tryLimit = 64;

/** The number of rows that are named by their keys. */
const shownRows = 3;

/** A statement over the rows of one table whose rowids lie between two, both included. */
interface Ranged {
  readonly table: string;
  readonly rowid: string;
  readonly sql: (from: string, to: string) => string;
}

/**
 * Finds the rows on which a statement fails: runs it over fewer and fewer of them and undoes each run. No query finds
 * them, so the result has none.
 * @returns null where the statement cannot be run over some rows, where no row fails by itself, or where the tries are used up.
 */
export function bisect(db: Database, failed: FailedStatement, views: Views): Fault | null {
  const ranged = rangedBy(failed, views);
  const view = views.get(foldName(ranged?.table ?? ''));
  if (ranged === null || view === undefined) return null;
  const name = `main.${quoteName(view.table.name)}`;
  const middle = db
    .prepare<[bigint, bigint, bigint, bigint], bigint>(
      `SELECT ${ranged.rowid} FROM ${name} WHERE ${ranged.rowid} BETWEEN ? AND ? ORDER BY 1
        LIMIT 1 OFFSET (SELECT (count(*) - 1) / 2 FROM ${name} WHERE ${ranged.rowid} BETWEEN ? AND ?)`,
    )
    .pluck()
    .safeIntegers();
  const ends = db
    .prepare<[], [bigint | null, bigint | null]>(`SELECT min(${ranged.rowid}), max(${ranged.rowid}) FROM ${name}`)
    .raw()
    .safeIntegers()
    .get();
  let tries = 0;
  const guilty: bigint[] = [];
  const isGuilty = (from: bigint, to: bigint): boolean => {
    tries += 1;
    return !passes(db, ranged.sql(String(from), String(to)));
  };
  /** @param isKnown whether the range holds a guilty row for sure, so that only one row by itself has to be tried. */
  const search = (from: bigint, to: bigint, isKnown: boolean): boolean => {
    if (from > to || tries >= tryLimit) return false;
    if ((!isKnown || from === to) && !isGuilty(from, to)) return false;
    const half = middle.get(from, to, from, to);
    if (half === undefined) return false;
    if (from === to) guilty.push(from);
    // The other rowids of the range have no rows.
    else if (half === to) return search(half, half, false);
    else {
      const isLower = search(from, half, false);
      search(half + 1n, to, !isLower);
    }
    return true;
  };
  // The whole statement has failed already: on many rows that run costs most.
  if (ends?.[0] != null && ends[1] !== null) search(ends[0], ends[1], true);
  if (guilty.length === 0 || tries >= tryLimit) return null;
  const { primaryKey } = view.table;
  const columns = primaryKey.length > 0 ? primaryKey : [ranged.rowid];
  const key = db
    .prepare<[bigint], SqlValue[]>(
      `SELECT ${primaryKey.length > 0 ? quoteNames(primaryKey) : ranged.rowid} FROM ${name} WHERE ${ranged.rowid} = ?`,
    )
    .raw()
    .safeIntegers();
  const rows = guilty.slice(0, shownRows).map((rowid) => (key.get(rowid) ?? []).map(asShown));
  const table = view.table.name;
  return { table, rows: guilty.length, of: countIn(db, table), keys: { columns, rows }, query: null };
}

/** Whether a statement succeeds; it is undone in any case. */
function passes(db: Database, sql: string): boolean {
  try {
    db.exec('SAVEPOINT rowproof_bisect');
    db.exec(sql);
    return true;
  } catch (error) {
    if (sqliteError(error) === null) throw error;
    return false;
  } finally {
    // RAISE(ROLLBACK) has ended the transaction already.
    if (db.inTransaction) db.exec('ROLLBACK TO rowproof_bisect; RELEASE rowproof_bisect');
  }
}

/** A copy from one table, or an UPDATE, over a range of its rows. */
function rangedBy({ statement: { head, sql } }: FailedStatement, views: Views): Ranged | null {
  const rangeOf = (table: string): { readonly rowid: string; readonly between: Ranged['sql'] } | null => {
    const own = views.get(foldName(table))?.table;
    const rowid = own === undefined ? null : rowidName(own);
    return rowid === null ? null : { rowid, between: (from, to) => `${rowid} BETWEEN ${from} AND ${to}` };
  };
  if (head.verb === 'update' && head.target !== null && head.sources.length === 0) {
    const range = rangeOf(head.target);
    return range === null
      ? null
      : { table: head.target, rowid: range.rowid, sql: (from, to) => narrowedText(sql, range.between(from, to)) };
  }
  if (head.verb !== 'insert' && head.verb !== 'replace') return null;
  const { query } = readWriteText(sql);
  const parts = query === null ? null : readSelectParts(query);
  const [first, ...others] = parts?.tables ?? [];
  if (query === null || parts === null || parts.isFolded || first === undefined || others.length > 0) return null;
  const range = rangeOf(first.name);
  if (range === null || !sql.includes(query)) return null;
  return {
    table: first.name,
    rowid: range.rowid,
    sql: (from, to) => sql.replace(query, () => narrowedText(query, range.between(from, to))),
  };
}

/** An UPDATE or a SELECT with one more condition. */
function narrowedText(sql: string, condition: string): string {
  const words = readWords(sql).filter(({ text }) => text !== ';');
  const where = words.findIndex(({ key, depth }) => depth === 0 && key === 'WHERE');
  const ends = new Set(['ORDER', 'LIMIT', 'RETURNING', 'ON']);
  const tail = words.findIndex(({ key, depth }, i) => i > where && depth === 0 && ends.has(key));
  const end = tail < 0 ? sql.replace(/;\s*$/, '').length : (words[tail]?.start ?? sql.length);
  const [start, rest] = [words[where]?.start ?? end, sql.slice(end)];
  const said = where < 0 ? null : sql.slice(words[where]?.end ?? end, end);
  return `${sql.slice(0, start)} WHERE ${condition}${said === null ? '' : ` AND ${asOperand(said)}`} ${rest}`;
}
