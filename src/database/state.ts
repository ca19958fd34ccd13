import { HarnessError } from '../errors.ts';
import type { Invariant } from '../model/invariant.ts';
import type { Orphans, State, Unreadable, Violations } from '../model/outcome.ts';
import type { Schema, Table } from '../model/schema.ts';
import { foldName, quoteName, sameName } from '../sql/quote.ts';
import { schemaDelta } from '../sql/schema-delta.ts';
import { subquery } from '../sql/subquery.ts';
import { moduleTables, tableNamed } from '../sql/tables.ts';
import { asStatement } from '../watch/activity.ts';
import { findBroken } from './broken.ts';
import { type Database, sqliteError } from './connection.ts';
import { toolTablesOf } from './family.ts';
import { isUnbound } from './guard/permit.ts';
import { type Complaints, checkIntegrity, checkRows, checkTables, wholeTable } from './integrity.ts';
import { readSchema } from './introspect.ts';
import { keepsKeys } from './key-parts.ts';
import { countOrphans, recountOrphans } from './orphans.ts';
import { type ReadResult, readRows } from './reading.ts';
import { RowCounts } from './row-counts.ts';
import { findUnreadable } from './unreadable.ts';
import { judgeWords } from './words.ts';

/** SELECTs that one compound may hold: https://sqlite.org/limits.html#max_compound_select says 500. */
const termLimit = 400;

/** A state that was read earlier, with what is known of the time since. */
export interface Since {
  readonly state: State;
  /** The present schema. */
  readonly schema: Schema;
  /** The tables whose rows may have been written since, folded, an upper bound; null where all may. */
  readonly written: ReadonlySet<string> | null;
  /** Whether every row and the schema are surely what they were. */
  readonly isSame?: boolean;
  /** The present orphans where somebody has counted them; null where nobody has. */
  readonly orphans?: readonly Orphans[] | null;
}

/**
 * How much is taken for sound: nothing; or the file as it came, whose pages were checked, so that only the rows are asked
 * that a migration may have touched, and only for what SQLite does not uphold by itself.
 */
export type Trust = 'nothing' | 'file';

/**
 * Reads what steps are compared by: schema, rows per table, orphans, integrity, the rows that invariants return, and what
 * of the schema does not compile or of the rows cannot be read. After an earlier reading it looks at those tables alone
 * that may be other ones.
 * @param invariants those in force at this moment.
 * @throws HarnessError `bad-invariant` when one cannot run on this schema, `function-missing`
 */
export function readState(
  db: Database,
  invariants: readonly Invariant[],
  since: Since | null = null,
  trust: Trust = 'nothing',
): State {
  const schema = since?.schema ?? readSchema(db);
  const touched = findTouched(since, trust);
  const tables =
    since === null || touched === null ? readTables(db, schema, trust) : readTouched(db, since, touched, trust);
  return {
    schema,
    ...tables,
    violations: invariants.map((invariant) => findViolations(db, invariant)),
    broken: findBroken(db, schema),
  };
}

type TableStates = Pick<State, 'rows' | 'sequences' | 'orphans' | 'integrity' | 'unreadable'>;

function readTables(db: Database, schema: Schema, trust: Trust): TableStates {
  const counted = countRows(db, schema.tables);
  const columns = findUnreadable(db, schema.tables);
  const known = [...counted.unreadable, ...columns];
  const integrity = trust === 'file' ? noComplaints : checkIntegrity(db, schema.tables, known);
  return {
    rows: new RowCounts(
      schema,
      schema.tables.map(({ name }) => counted.rows.get(name)),
    ),
    sequences: readSequences(db, schema),
    orphans: countOrphans(db),
    integrity: integrity.lines,
    unreadable: [...known, ...integrity.unreadable],
  };
}

const noComplaints: Complaints = { lines: [], unreadable: [] };

/** The parts that may have changed. */
interface Touched {
  /** Tables of now. */
  readonly tables: readonly Table[];
  /** The folded names of the tables, including those that are gone, whose rows or keys may be other ones. */
  readonly keyed: ReadonlySet<string>;
}

/** Null if most tables changed or an error occurred, so reading all is best. */
function findTouched(since: Since | null, trust: Trust): Touched | null {
  if (since === null) return null;
  const { schema, state } = since;
  const isThrifty = trust === 'file';
  const all = isThrifty ? new Set([...state.schema.tables, ...schema.tables].map(({ name }) => foldName(name))) : null;
  const written = since.written ?? all;
  if (written === null) return null;
  // Lines of the check do not all say which table they are about.
  if (!isThrifty && state.integrity.length + state.unreadable.length > 0) return null;
  const named = [...written].flatMap((name) => tableNamed(schema, name) ?? []);
  if (since.isSame === true) return { tables: [], keyed: new Set() };
  // A virtual table keeps its rows wherever its module does.
  const { tables: others, left } = schemaDelta(state.schema, schema);
  const changed = [...others, ...moduleTables(schema)];
  const tables = [...new Set([...named, ...changed])];
  if (!isThrifty && tables.length * 2 > schema.tables.length) return null;
  const names = [...tables, ...left].map(({ name }) => foldName(name));
  const isOther = (name: string): boolean => {
    const [had, has] = [tableNamed(state.schema, name), tableNamed(schema, name)];
    return had === undefined || has === undefined || !keepsKeys(had, has);
  };
  return { tables, keyed: new Set([...names.filter(isOther), ...written]) };
}

function readTouched(
  db: Database,
  { state, schema, orphans }: Since,
  { tables, keyed }: Touched,
  trust: Trust,
): TableStates {
  const counted = countRows(db, tables);
  const columns = findUnreadable(db, tables);
  const known = [...counted.unreadable, ...columns];
  const held = tables.filter(({ name }) => counted.rows.get(name) !== 0);
  const integrity = (trust === 'file' ? checkRows : checkTables)(db, held, known);
  return {
    rows: state.rows.carry(
      schema,
      tables.map(({ name }) => name),
      counted.rows,
    ),
    sequences: readSequences(db, schema),
    orphans: orphans ?? recountOrphans(db, state.orphans, schema, keyed),
    integrity: integrity.lines,
    unreadable: [...known, ...integrity.unreadable],
  };
}

/** The rows of each table; the module of a virtual one may fail. */
function countRows(db: Database, tables: readonly Table[]): { rows: Map<string, number>; unreadable: Unreadable[] } {
  const names = tables.filter(({ kind }) => kind !== 'shadow').map(({ name }) => name);
  const count = (some: readonly string[]): ReadResult<number[]> =>
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

function readSequences(db: Database, { tables }: Schema): Map<string, number> {
  if (!tables.some(({ autoincrement }) => autoincrement)) return new Map();
  const rows = db.prepare<[], [string, number]>('SELECT name, seq FROM main.sqlite_sequence').raw().all();
  const own = toolTablesOf(db);
  return new Map(rows.filter(([table]) => !own.some((name) => sameName(name, table))));
}

function findViolations(db: Database, { name, file, sql }: Invariant): Violations {
  try {
    const query = db.prepare<[], Record<string, unknown>>(asQuery(sql)).safeIntegers();
    const rows = asStatement(file, 0, () => query.all());
    return { invariant: name, file, rows: rows.map(canonical) };
  } catch (cause) {
    if (isUnbound(cause)) throw hasParameter(file, cause);
    const said = sqliteError(cause);
    if (said === null) throw cause;
    // A query that does not compile is quoted; one that fails on a row may quote the row.
    const { message, harmless } = judgeWords(db, said, [sql]);
    throw new HarnessError('bad-invariant', `${file} cannot run: ${message}.`, {
      remedy: 'Correct it, or add `-- rowproof: until=ID` with the last migration that satisfies it.',
      facts: { file },
      cause,
      vetted: harmless || !compiles(db, sql),
    });
  }
}

function hasParameter(file: string, cause: unknown): HarnessError {
  return new HarnessError('bad-invariant', `${file} cannot run: it has a parameter without a value.`, {
    remedy: 'Write the value into the query.',
    facts: { file },
    cause,
  });
}

/** An invariant is only a query, for any text. */
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
