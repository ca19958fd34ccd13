import type { Database } from '../database/connection.ts';
import type { StorageClass } from '../model/column-profile.ts';
import type { Column, Table } from '../model/schema.ts';
import { affinityOf } from '../sql/affinity.ts';
import { quoteName, sameName } from '../sql/quote.ts';
import { type Aggregates, count, type Measured, measure } from './aggregates.ts';

const storageAggregates = {
  null: count('? IS NULL'),
  integer: count(`typeof(?) = 'integer'`),
  real: count(`typeof(?) = 'real'`),
  text: count(`typeof(?) = 'text'`),
  blob: count(`typeof(?) = 'blob'`),
} as const satisfies Aggregates;

/** How many values of each storage class a column holds. */
export type Storage = Measured<typeof storageAggregates>;

/** The classes of a column's values, and what its ends say where all values are of one class. */
export interface Classes {
  readonly storage: Storage;
  /** The smallest and the largest number; null where not all are numbers. */
  readonly bounds: { readonly min: number; readonly max: number } | null;
  /** Null where not all are texts. */
  readonly texts: TextEnds | null;
}

/** The facts about texts that follow from the first and the last of them in the order of their bytes. */
export interface TextEnds {
  readonly hasEmpty: boolean;
  /** Whether one may begin as a JSON object or array does. */
  readonly mayBeDocuments: boolean;
}

/** The classes of a column's least and greatest value, and those of numbers. */
interface Ends {
  readonly filled: number;
  /** Null where they were not counted. */
  readonly integers: number | null;
  readonly least: StorageClass | 'null';
  readonly greatest: StorageClass | 'null';
  readonly min: number | null;
  readonly max: number | null;
  readonly texts: TextEnds;
}

const numbers: ReadonlySet<string> = new Set(['integer', 'real']);

/** Columns of a table in one SELECT, which has eight results for each; SQLite allows 2000. https://sqlite.org/limits.html#max_column */
const columnLimit = 200;

/**
 * Counts the values of each class in each column of a table. Every number stands before every text and every blob
 * (https://sqlite.org/datatype3.html#sort_order), so the ends of a column tell the class of all its values, if they agree;
 * only the others are looked at one by one.
 * @param rows those of the table
 */
export function readClasses(db: Database, table: Table, rows: number): Map<Column, Classes> {
  const { columns } = table;
  const ends = new Map<Column, Ends>();
  for (let start = 0; start < columns.length; start += columnLimit) {
    const some = columns.slice(start, start + columnLimit);
    for (const [i, found] of readEnds(db, table, some, rows).entries()) {
      const column = some[i];
      if (column !== undefined) ends.set(column, found);
    }
  }
  const settled = new Map([...ends].map(([column, found]) => [column, settle(found, rows)]));
  const mixed = columns.filter((column) => settled.get(column) == null);
  const counted = measure(
    db,
    table.name,
    mixed.map(({ name }) => ({ column: name, aggregates: storageAggregates })),
  );
  for (const [i, column] of mixed.entries()) settled.set(column, { ...noClasses, storage: counted[i] ?? nothing });
  return new Map([...settled].map(([column, classes]) => [column, classes ?? noClasses]));
}

const nothing: Storage = { null: 0, integer: 0, real: 0, text: 0, blob: 0 };

/** Those of a column of which nothing is known. */
export const noClasses: Classes = { storage: nothing, bounds: null, texts: null };

/** Asks for the eight facts of each column: of the whole table, and beside it where keys and indexes answer. */
function readEnds(db: Database, table: Table, columns: readonly Column[], rows: number): Ends[] {
  const from = `FROM main.${quoteName(table.name)}`;
  const facts = columns.flatMap((column) => factsOf(table, column, rows, from));
  const ask = (lists: readonly Fact[], source: string): unknown[] => {
    if (lists.length === 0) return [];
    const query = `SELECT ${lists.map(({ sql }) => sql).join(', ')} ${source}`;
    return db.prepare<[], unknown[]>(query).raw().get() ?? [];
  };
  const scanned = ask(
    facts.filter(({ scans }) => scans),
    from,
  );
  const sought = ask(
    facts.filter(({ scans }) => !scans),
    '',
  );
  const [ofScan, ofSeek] = [scanned.values(), sought.values()];
  const values = facts.map(({ scans }) => (scans ? ofScan : ofSeek).next().value);
  return columns.map((_, i) => {
    const [filled, integers, least, greatest, min, max, hasEmpty, mayBe] = values.slice(8 * i, 8 * i + 8);
    return {
      ...{ filled: numberOf(filled) ?? 0, integers: numberOf(integers) },
      ...{ least: classOf(least), greatest: classOf(greatest), min: numberOf(min), max: numberOf(max) },
      texts: { hasEmpty: hasEmpty === 1, mayBeDocuments: mayBe === 1 },
    };
  });
}

/** One result of a query, and whether it takes a scan of the table. */
interface Fact {
  readonly sql: string;
  readonly scans: boolean;
}

function factsOf(table: Table, column: Column, rows: number, from: string): Fact[] {
  const { name, type, notNull, generated } = column;
  const value = quoteName(name);
  const isRowid = name === table.rowidAlias;
  const isSought = isInOrder(table, name);
  const endOf = (end: string): string => `${end}(${value} COLLATE BINARY)`;
  const [least, greatest] = isSought
    ? [`(SELECT ${endOf('min')} ${from})`, `(SELECT ${endOf('max')} ${from})`]
    : [endOf('min'), endOf('max')];
  const number = (end: string): string => `CASE WHEN typeof(${end}) IN ('integer', 'real') THEN ${end} END`;
  const all = { sql: String(rows), scans: false };
  const nothing = { sql: 'NULL', scans: false };
  const counted = { sql: count(`typeof(${value}) = 'integer'`), scans: true };
  const ends = [
    ...[`typeof(${least})`, `typeof(${greatest})`, number(least), number(greatest)],
    ...[`${least} = ''`, `NOT (${beginsNoDocument(least, greatest)})`],
  ];
  return [
    // The check of a copy has looked for NULLs there. https://sqlite.org/pragma.html#pragma_integrity_check
    isRowid || (notNull && generated === 'no') ? all : { sql: `count(${value})`, scans: true },
    // A rowid is an integer, and a column that is declared as text makes texts of numbers.
    isRowid ? all : affinityOf(type) === 'text' ? nothing : counted,
    ...ends.map((sql) => ({ sql, scans: !isSought })),
  ];
}

/** Whether an index, or the table itself, has all rows in the order of a column's bytes, so that its ends need no scan. */
export function isInOrder(table: Table, column: string): boolean {
  return column === table.rowidAlias || leadsIndex(table, column);
}

function leadsIndex({ indexes }: Table, column: string): boolean {
  return indexes.some(
    ({ partial, columns: [first], collations: [collation] }) =>
      !partial && first != null && sameName(first, column) && collation === 'binary',
  );
}

/**
 * No text between two others begins as an object or an array, nor with white space, by the order of its bytes in any encoding.
 */
function beginsNoDocument(least: string, greatest: string): string {
  return `${least} >= '!' AND ${greatest} < '{' AND (${least} >= '\\' OR ${greatest} < '[')`;
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

function classOf(value: unknown): StorageClass | 'null' {
  return value === 'integer' || value === 'real' || value === 'text' || value === 'blob' ? value : 'null';
}

/** Null where the ends do not tell. */
function settle({ filled, integers, least, greatest, min, max, texts }: Ends, rows: number): Classes | null {
  const empty = { ...nothing, null: rows - filled };
  if (filled === 0) return { ...noClasses, storage: empty };
  if (least === 'text' && greatest === 'text') return { storage: { ...empty, text: filled }, bounds: null, texts };
  if (least === 'blob') return { ...noClasses, storage: { ...empty, blob: filled } };
  if (!numbers.has(least) || !numbers.has(greatest) || integers === null || min === null || max === null) return null;
  return { storage: { ...empty, integer: integers, real: filled - integers }, bounds: { min, max }, texts: null };
}
