import { HarnessError } from '../errors.ts';
import type { Invariant } from '../model/invariant.ts';
import type { State, Unreadable, Violations, Words } from '../model/outcome.ts';
import type { Schema, Table } from '../model/schema.ts';
import { quoteName, quoteString } from '../sql/quote.ts';
import { subquery } from '../sql/subquery.ts';
import { asStatement } from '../watch/activity.ts';
import { findBroken } from './broken.ts';
import { type Database, sqliteError } from './connection.ts';
import { readSchema } from './introspect.ts';
import { countOrphans } from './orphans.ts';
import { type Reading, readRows } from './reading.ts';
import { findUnreadable } from './unreadable.ts';
import { judgeWords } from './words.ts';

/** SELECTs that one compound may hold: https://sqlite.org/limits.html#max_compound_select says 500. */
const termLimit = 400;

/**
 * Reads what steps are compared by: schema, rows per table, orphans, integrity, the rows that invariants return, and what
 * of the schema does not compile or of the rows cannot be read.
 * @param invariants those in force at this moment.
 * @throws HarnessError `bad-invariant` when one cannot run on this schema, `function-missing`
 */
export function readState(db: Database, invariants: readonly Invariant[]): State {
  const schema = readSchema(db);
  const counted = countRows(db, schema.tables);
  const columns = findUnreadable(db, schema.tables);
  const integrity = checkIntegrity(db, schema.tables, [...counted.unreadable, ...columns]);
  return {
    schema,
    rows: counted.rows,
    sequences: readSequences(db, schema),
    orphans: countOrphans(db),
    integrity: integrity.lines,
    violations: invariants.map((invariant) => findViolations(db, invariant)),
    broken: findBroken(db, schema),
    unreadable: [...counted.unreadable, ...columns, ...integrity.unreadable],
  };
}

/** The rows of each table; the module of a virtual one may fail. */
function countRows(db: Database, tables: readonly Table[]): { rows: Map<string, number>; unreadable: Unreadable[] } {
  const names = tables.filter(({ kind }) => kind !== 'shadow').map(({ name }) => name);
  const count = (some: readonly string[]): Reading<number[]> =>
    readRows(db, () => {
      const terms = some.map((name) => `SELECT count(*) FROM main.${quoteName(name)}`);
      return db.prepare<[], number>(terms.join(' UNION ALL ')).pluck().all();
    });
  const rows = new Map<string, number>();
  const unreadable: Unreadable[] = [];
  const read = (some: readonly string[]): void => {
    const counts = count(some);
    if ('value' in counts) some.forEach((name, i) => void rows.set(name, counts.value[i] ?? 0));
    else if (some.length > 1) for (const name of some) read([name]);
    else for (const table of some) unreadable.push(wholeTable(table, counts.words));
  };
  for (let start = 0; start < names.length; start += termLimit) read(names.slice(start, start + termLimit));
  return { rows, unreadable };
}

function wholeTable(table: string, words: Words): Unreadable {
  return { table, column: null, rows: null, keys: { columns: [], rows: [] }, ...words };
}

function readSequences(db: Database, { tables }: Schema): Map<string, number> {
  if (!tables.some(({ autoincrement }) => autoincrement)) return new Map();
  const rows = db.prepare<[], [string, number]>('SELECT name, seq FROM main.sqlite_sequence').raw().all();
  return new Map(rows);
}

/**
 * The lines of the check, which computes generated columns, CHECKs and expressions of indexes, and ends at the first that
 * cannot be computed. Then tables are asked one by one.
 * @param known what is known to be unreadable, and need not be told twice.
 */
function checkIntegrity(
  db: Database,
  tables: readonly Table[],
  known: readonly Unreadable[],
): { lines: string[]; unreadable: Unreadable[] } {
  const check = (what: string): Reading<string[]> =>
    readRows(db, () => db.prepare<[], string>(`PRAGMA integrity_check(${what})`).pluck().all());
  const isComplaint = (line: string): boolean => line !== 'ok';
  const whole = check('100');
  if ('value' in whole) return { lines: whole.value.filter(isComplaint), unreadable: [] };
  const lines: string[] = [];
  const unreadable: Unreadable[] = [];
  for (const { name } of tables) {
    const own = check(quoteString(name));
    if ('value' in own) lines.push(...own.value.filter(isComplaint));
    else if (!known.some(({ table }) => table === name)) unreadable.push(wholeTable(name, own.words));
  }
  return { lines: [...new Set(lines)], unreadable };
}

function findViolations(db: Database, { name, file, sql }: Invariant): Violations {
  try {
    const query = db.prepare<[], Record<string, unknown>>(asQuery(sql)).safeIntegers();
    const rows = asStatement(file, 0, () => query.all());
    return { invariant: name, file, rows: rows.map(canonical) };
  } catch (cause) {
    const said = sqliteError(cause);
    if (said === null) throw cause;
    // A query that does not compile is quoted; one that fails on a row may quote the row.
    const { message, harmless } = judgeWords(db, said, [sql]);
    throw new HarnessError('bad-invariant', `${file} cannot run: ${message}.`, {
      remedy: 'Correct it, or end it with `-- rowproof: until=VERSION` at the last version that it holds for.',
      facts: { file },
      cause,
      vetted: harmless || !compiles(db, sql),
    });
  }
}

/** An invariant is nothing but a query, whatever its text looks like. */
function asQuery(sql: string): string {
  return `SELECT * FROM ${subquery(sql)}`;
}

function compiles(db: Database, sql: string): boolean {
  try {
    db.prepare(asQuery(sql));
    return true;
  } catch {
    return false;
  }
}

/**
 * The violations of invariants that come into force with the next step, as far as they can be asked before it: rows that
 * break them already are not its doing.
 */
export function foreseeViolations(db: Database, invariants: readonly Invariant[]): Violations[] {
  return invariants.filter(({ sql }) => compiles(db, sql)).map((invariant) => findViolations(db, invariant));
}

/** A row as one text that does not depend on the order of its columns. */
function canonical(row: Record<string, unknown>): string {
  const pairs = Object.keys(row)
    .sort()
    .map((column) => [column, printable(row[column])]);
  return JSON.stringify(Object.fromEntries(pairs));
}

function printable(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
  return value instanceof Uint8Array ? `x'${Buffer.from(value).toString('hex')}'` : value;
}
