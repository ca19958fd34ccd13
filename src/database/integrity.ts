import type { ErrorWords, Unreadable } from '../model/outcome.ts';
import type { Table } from '../model/schema.ts';
import { quoteName, quoteString } from '../sql/quote.ts';
import type { Database } from './connection.ts';
import { type ReadResult, readRows } from './reading.ts';

/** The complaints of SQLite about tables. */
export interface Complaints {
  readonly lines: readonly string[];
  /** Columns and tables that the check could not compute. */
  readonly unreadable: readonly Unreadable[];
}

/**
 * The lines of `PRAGMA integrity_check`, which computes generated columns, CHECKs and expressions of indexes, and ends at
 * the first that cannot be computed. Then tables are asked one by one.
 * @param known what is known to be unreadable, and need not be told twice.
 */
export function checkIntegrity(db: Database, tables: readonly Table[], known: readonly Unreadable[]): Complaints {
  const whole = ask(db, 'PRAGMA integrity_check(100)');
  return 'value' in whole ? { lines: whole.value.filter(isComplaint), unreadable: [] } : checkTables(db, tables, known);
}

/** https://sqlite.org/pragma.html#pragma_integrity_check: with the name of a table, it is of that and its indexes alone. */
export function checkTables(db: Database, tables: readonly Table[], known: readonly Unreadable[]): Complaints {
  return each(tables, known, ({ name }) => ask(db, `PRAGMA integrity_check(${quoteString(name)})`));
}

/**
 * Checks tables of a file whose pages and indexes were sound: what of their rows breaks a constraint or cannot be
 * computed. SQLite itself keeps an index of plain columns equal to its table; one with an expression or a condition depends
 * on functions, and on names that a migration gives another meaning.
 * @param schema the name of their database.
 */
export function checkRows(
  db: Database,
  tables: readonly Table[],
  known: readonly Unreadable[],
  schema = 'main',
): Complaints {
  return each(tables, known, (table) => {
    const check = table.indexes.some(isComputed) ? 'integrity_check' : 'quick_check';
    return ask(db, `PRAGMA ${quoteName(schema)}.${check}(${quoteString(table.name)})`);
  });
}

/** A table that cannot be read, or not be checked. */
export function wholeTable(table: string, words: ErrorWords): Unreadable {
  return { table, column: null, rows: null, keys: { columns: [], rows: [] }, ...words };
}

function each(
  tables: readonly Table[],
  known: readonly Unreadable[],
  check: (table: Table) => ReadResult<string[]>,
): Complaints {
  const lines: string[] = [];
  const unreadable: Unreadable[] = [];
  for (const table of tables) {
    const own = check(table);
    if ('value' in own) lines.push(...own.value.filter(isComplaint));
    else if (!known.some((other) => other.table === table.name)) unreadable.push(wholeTable(table.name, own.words));
  }
  return { lines: [...new Set(lines)], unreadable };
}

function isComputed({ partial, columns }: Table['indexes'][number]): boolean {
  return partial || columns.includes(null);
}

function ask(db: Database, pragma: string): ReadResult<string[]> {
  return readRows(db, () => db.prepare<[], string>(pragma).pluck().all());
}

function isComplaint(line: string): boolean {
  return line !== 'ok';
}
