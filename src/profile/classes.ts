import type { Database } from '../database/connection.ts';
import type { StorageClass } from '../model/column-profile.ts';
import type { Column, Table } from '../model/schema.ts';
import { affinityOf } from '../sql/affinity.ts';
import { quoteName } from '../sql/quote.ts';
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
    for (const [i, found] of readEnds(db, table, some).entries()) {
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

function readEnds(db: Database, { name: table, rowidAlias }: Table, columns: readonly Column[]): Ends[] {
  const lists = columns.map(({ name, type }) => {
    const value = quoteName(name);
    const [least, greatest] = [`min(${value} COLLATE BINARY)`, `max(${value} COLLATE BINARY)`];
    const number = (end: string): string => `CASE WHEN typeof(${end}) IN ('integer', 'real') THEN ${end} END`;
    // A rowid is an integer, and a column that is declared as text makes texts of numbers.
    const counted = affinityOf(type) === 'text' ? 'NULL' : count(`typeof(${value}) = 'integer'`);
    const integers = name === rowidAlias ? `count(${value})` : counted;
    return [
      ...[`count(${value})`, integers, `typeof(${least})`, `typeof(${greatest})`, number(least), number(greatest)],
      ...[`${least} = ''`, `NOT (${beginsNoDocument(least, greatest)})`],
    ];
  });
  const values = db
    .prepare<[], (number | string | null)[]>(`SELECT ${lists.flat().join(', ')} FROM main.${quoteName(table)}`)
    .raw()
    .get();
  return columns.map((_, i) => {
    const [filled, integers, least, greatest, min, max, hasEmpty, mayBe] = (values ?? []).slice(8 * i, 8 * i + 8);
    return {
      ...{ filled: numberOf(filled) ?? 0, integers: numberOf(integers) },
      ...{ least: classOf(least), greatest: classOf(greatest), min: numberOf(min), max: numberOf(max) },
      texts: { hasEmpty: hasEmpty === 1, mayBeDocuments: mayBe === 1 },
    };
  });
}

/**
 * No text between two others begins as an object or an array, nor with white space, by the order of its bytes in any encoding.
 */
function beginsNoDocument(least: string, greatest: string): string {
  return `${least} >= '!' AND ${greatest} < '{' AND (${least} >= '\\' OR ${greatest} < '[')`;
}

function numberOf(value: number | string | null | undefined): number | null {
  return typeof value === 'number' ? value : null;
}

function classOf(value: number | string | null | undefined): StorageClass | 'null' {
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
