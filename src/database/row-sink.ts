import { memoized } from '../memoized.ts';
import type { SqlValue } from '../model/connection.ts';
import type { Insertion, Loader, Refusal, RowSink, RowVerdict } from '../model/dataset.ts';
import type { Invariant } from '../model/invariant.ts';
import type { Schema, Table } from '../model/schema.ts';
import { affinityOf } from '../sql/affinity.ts';
import { quoteName, quoteNames } from '../sql/quote.ts';
import { tableNamed } from '../sql/tables.ts';
import { type Database, sqliteError } from './connection.ts';
import type { DriverStatement } from './engine.ts';
import { readSchema } from './introspect.ts';
import { type InvariantWatch, watchInvariants } from './invariant-watch.ts';
import { refusalOf } from './refusal.ts';
import { ended, rowTransactions } from './row-transactions.ts';
import { rowReading } from './rows-present.ts';

/**
 * Each look at an invariant reads whole tables: after so many rows that it let pass, the others of the kind go
 * unasked.
 */
const guardedRows = 128;

/** The parts of a sink. */
interface Parts {
  readonly db: Database;
  readonly watch: InvariantWatch;
  /** A statement that is prepared once. */
  readonly prepared: (sql: string) => DriverStatement<SqlValue[]>;
  /** The columns of a table to which a REAL is as good as an integer. */
  readonly numericIn: (table: string) => ReadonlySet<string>;
}

/** The rows that a loader is for. */
interface Loading extends Pick<Insertion, 'lenient' | 'deleted'> {
  readonly table: string;
  readonly columns: readonly string[];
  readonly guarded: boolean;
}

/**
 * Makes the sink over a connection, whose settings decide which rows it accepts. It must be outside a transaction,
 * because `PRAGMA foreign_keys` has no effect inside one (https://sqlite.org/pragma.html#pragma_foreign_keys).
 * @param invariants those in force, which rows must not break either
 * @param schema that of the database, where it is known
 */
export function createRowSink(
  db: Database,
  invariants: readonly Invariant[] = [],
  schema: Schema | null = null,
): RowSink {
  const watch = watchInvariants(db, invariants);
  const statements = new Map<string, DriverStatement<SqlValue[]>>();
  const prepared = (sql: string): DriverStatement<SqlValue[]> => {
    const statement = statements.get(sql) ?? db.prepare<SqlValue[]>(sql);
    statements.set(sql, statement);
    return statement;
  };
  const numeric = new Map<string, ReadonlySet<string>>();
  let present = schema;
  const numericIn = (table: string): ReadonlySet<string> => {
    present ??= readSchema(db);
    const known = numeric.get(table) ?? numericColumns(tableNamed(present, table));
    numeric.set(table, known);
    return known;
  };
  const parts = { db, watch, prepared, numericIn };
  const transactions = rowTransactions(db);
  return {
    insert: (table, row, { lenient = false, enforced = true, deleted = false } = {}) => {
      const put = (): RowVerdict =>
        loaderOf(parts, { table, columns: [...row.keys()], guarded: true, lenient, deleted })([...row.values()]);
      return enforced ? put() : transactions.unenforced(put);
    },
    loader: (table, columns, guarded) => loaderOf(parts, { table, columns, guarded }),
    broken: () => watch.broken().map(({ invariant: { name }, rows }) => ({ invariant: name, rows })),
    advance: (table, by) => advance(db, table, by),
    instructions: (table) => {
      present ??= readSchema(db);
      const known = instructionsOf(present);
      const count = known.get(table) ?? countInstructions(db, insertInto(table, [], 1));
      known.set(table, count);
      return count;
    },
    ...rowReading(db, prepared),
    ...transactions,
  };
}

/** The numbers of instructions by table, which depend on the schema alone. */
const instructionsOf = memoized((_: Schema) => new Map<string, number>());

/** https://sqlite.org/lang_explain.html */
function countInstructions(db: Database, sql: string): number {
  try {
    // One column each: chained triggers make ten thousands of them.
    return db.prepare(`EXPLAIN ${sql}`).pluck().all().length;
  } catch (error) {
    if (sqliteError(error) === null) throw error;
    return 1;
  }
}

function loaderOf(parts: Parts, { table, columns, guarded, lenient, deleted }: Loading): Loader {
  const { db, watch } = parts;
  let run: ReturnType<typeof runnerOf>;
  try {
    run = runnerOf(parts, table, columns, deleted === true);
  } catch (error) {
    const never = refusalOf(db, error, true);
    return () => never;
  }
  const load: Loader = (values) => {
    const { stackTraceLimit } = Error;
    // Taking the stack of a refusal, which nobody reads, takes longer than the insertion.
    Error.stackTraceLimit = 0;
    try {
      return run(values) === 0 ? ignored : null;
    } catch (error) {
      return refusalOf(db, error, false);
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  };
  if (!guarded && !watch.watches(table)) return load;
  let taken = 0;
  return (values) => {
    // The savepoint undoes the changes of triggers before one of them refused with RAISE(FAIL).
    db.exec('SAVEPOINT rowproof_row');
    const verdict = load(values) ?? (taken < guardedRows ? watch.check(table, lenient === true) : null) ?? release(db);
    if (verdict === null) taken += 1;
    // RAISE(ROLLBACK) has already removed the savepoint.
    else if (db.inTransaction) db.exec('ROLLBACK TO rowproof_row; RELEASE rowproof_row');
    return verdict;
  };
}

/** Inserts one row, or several in one list; returns how many went in. */
function runnerOf(
  { prepared, numericIn }: Parts,
  table: string,
  columns: readonly string[],
  deleted: boolean,
): (values: readonly SqlValue[]) => number {
  const one = prepared(insertInto(table, columns, 1));
  const lists = new Map([[columns.length, one]]);
  const bind = binderOf(columns, numericIn(table));
  return (values) => {
    const known = lists.get(values.length);
    const insert = known ?? prepared(insertInto(table, columns, values.length / columns.length));
    if (known === undefined) lists.set(values.length, insert);
    const { changes, lastInsertRowid } = insert.run(...bind(values));
    if (deleted) prepared(`DELETE FROM main.${quoteName(table)} WHERE rowid = ?`).run(lastInsertRowid);
    return changes;
  };
}

/**
 * Either engine binds every number as REAL, so that 1 would be 1.0 in a column without a type and '1.0' in TEXT. A column
 * whose type says INT or REAL makes the right number of it, and a BigInt takes longer to bind.
 * https://sqlite.org/datatype3.html#type_affinity
 */
function binderOf(
  columns: readonly string[],
  numeric: ReadonlySet<string>,
): (values: readonly SqlValue[]) => readonly SqlValue[] {
  const width = columns.length;
  const open = columns.flatMap((column, place) => (numeric.has(column) ? [] : [place]));
  return (values) => {
    let bound: SqlValue[] | null = null;
    for (let start = 0; start < values.length; start += width) {
      for (const place of open) {
        const value = values[start + place];
        if (typeof value !== 'number' || !Number.isSafeInteger(value)) continue;
        bound ??= [...values];
        bound[start + place] = BigInt(value);
      }
    }
    return bound ?? values;
  };
}

/**
 * The columns of a table that make the right number of a REAL; the module of a virtual table may keep what is bound.
 */
function numericColumns(table: Table | undefined): ReadonlySet<string> {
  const columns = table?.kind === 'table' ? table.columns : [];
  const numeric = columns.filter(({ type }) => ['integer', 'real'].includes(affinityOf(type)));
  return new Set(numeric.map(({ name }) => name));
}

const ignored: Refusal = {
  code: 'SQLITE_CONSTRAINT_TRIGGER',
  message: 'a trigger ignores the row or deletes it',
  ofAnyRow: false,
};

function insertInto(table: string, columns: readonly string[], rows: number): string {
  const target = `INSERT INTO main.${quoteName(table)}`;
  if (columns.length === 0) return `${target} DEFAULT VALUES`;
  const row = `(${columns.map(() => '?').join(', ')})`;
  return `${target} (${quoteNames(columns)}) VALUES ${Array(rows).fill(row).join(', ')}`;
}

/** The outermost savepoint is a transaction: deferred keys are checked here. https://sqlite.org/lang_savepoint.html */
function release(db: Database): RowVerdict {
  return db.inTransaction ? ended(db, 'RELEASE rowproof_row') : null;
}

function advance(db: Database, table: string, by: number): void {
  // A number would make the counter a REAL. https://sqlite.org/autoinc.html
  const { changes } = db.prepare('UPDATE main.sqlite_sequence SET seq = seq + ? WHERE name = ?').run(BigInt(by), table);
  if (changes === 0) db.prepare('INSERT INTO main.sqlite_sequence (name, seq) VALUES (?, ?)').run(table, BigInt(by));
}
