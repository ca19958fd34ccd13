import { HarnessError } from '../errors.ts';
import type { Invariant } from '../model/invariant.ts';
import type { State, Violations } from '../model/outcome.ts';
import type { Schema } from '../model/schema.ts';
import { holdsNoValue } from '../sql/messages.ts';
import { quoteName } from '../sql/quote.ts';
import { subquery } from '../sql/subquery.ts';
import { findBroken } from './broken.ts';
import { type Database, sqliteError } from './connection.ts';
import { readSchema } from './introspect.ts';
import { countOrphans } from './orphans.ts';

/** SELECTs that one compound may hold: https://sqlite.org/limits.html#max_compound_select says 500. */
const termLimit = 400;

/**
 * Reads what steps are compared by: schema, rows per table, orphans, integrity, the rows that invariants return, and what
 * of the schema does not compile.
 * @param invariants those in force at this moment.
 * @throws HarnessError `bad-invariant` when one cannot run on this schema.
 */
export function readState(db: Database, invariants: readonly Invariant[]): State {
  const schema = readSchema(db);
  return {
    schema,
    rows: countRows(db, schema),
    sequences: readSequences(db, schema),
    orphans: countOrphans(db),
    integrity: checkIntegrity(db),
    violations: invariants.map((invariant) => findViolations(db, invariant)),
    broken: findBroken(db, schema),
  };
}

function countRows(db: Database, schema: Schema): Map<string, number> {
  const names = schema.tables.filter(({ kind }) => kind !== 'shadow').map(({ name }) => name);
  const counts: number[] = [];
  for (let start = 0; start < names.length; start += termLimit) {
    const terms = names.slice(start, start + termLimit).map((name) => `SELECT count(*) FROM main.${quoteName(name)}`);
    counts.push(...db.prepare<[], number>(terms.join(' UNION ALL ')).pluck().all());
  }
  return new Map(names.map((name, i) => [name, counts[i] ?? 0]));
}

function readSequences(db: Database, { tables }: Schema): Map<string, number> {
  if (!tables.some(({ autoincrement }) => autoincrement)) return new Map();
  const rows = db.prepare<[], [string, number]>('SELECT name, seq FROM main.sqlite_sequence').raw().all();
  return new Map(rows);
}

function checkIntegrity(db: Database): string[] {
  const lines = db.prepare<[], string>('PRAGMA integrity_check(100)').pluck().all();
  return lines.filter((line) => line !== 'ok');
}

function findViolations(db: Database, { name, file, sql }: Invariant): Violations {
  try {
    const rows = db.prepare<[], Record<string, unknown>>(asQuery(sql)).safeIntegers().all();
    return { invariant: name, file, rows: rows.map(canonical) };
  } catch (cause) {
    const said = sqliteError(cause);
    if (said === null) throw cause;
    // A query that does not compile is quoted; one that fails on a row may quote the row.
    const words = compiles(db, sql) && !holdsNoValue(said) ? `a row stopped it (${said.code})` : said.message;
    throw new HarnessError('bad-invariant', `${file} cannot run: ${words}.`, {
      remedy: 'Correct it, or end it with `-- rowproof: until=VERSION` at the last version that it holds for.',
      facts: { file },
      cause,
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
