import type { Database } from '../database/connection.ts';
import type { KeyProfile } from '../model/profile.ts';
import type { Table } from '../model/schema.ts';
import { quoteName } from '../sql/quote.ts';
import { allFilled, readDuplicates, uniqueGroups } from './duplicates.ts';
import { coarse } from './round.ts';
import { isUnique } from './unique.ts';

/** The uniqueness of the lists of two columns and more in the indexes and foreign keys of a table. */
export function readKeys(db: Database, table: Table, rows: number, atLeast: number): KeyProfile[] {
  return columnLists(table).map(({ columns, indexes }) => {
    const filled = countFilled(db, table.name, columns);
    const known = isUnique(table, columns) ? uniqueGroups(filled) : null;
    return {
      columns,
      indexes,
      nulls: Math.ceil(coarse(rows - filled, rows, atLeast)),
      duplicates: readDuplicates(db, table.name, columns, { rows, atLeast, known }),
    };
  });
}

/** A list of columns that an index or a foreign key has. */
export interface ColumnList {
  readonly columns: readonly string[];
  readonly indexes: readonly string[];
}

/** An index with an expression has no list of columns. */
export function columnLists({ indexes, foreignKeys }: Table): ColumnList[] {
  const ofIndexes = indexes.map(({ name, columns }) => ({
    columns: columns.filter((column) => column !== null),
    name,
  }));
  const whole = ofIndexes.filter(({ columns }, i) => columns.length === indexes[i]?.columns.length);
  const all = [...whole, ...foreignKeys.map(({ columns }) => ({ columns, name: null }))];
  const lists = Map.groupBy(
    all.filter(({ columns }) => columns.length > 1),
    ({ columns }) => JSON.stringify(columns),
  );
  return [...lists.values()].flatMap((list) => {
    const indexes = list.map(({ name }) => name).filter((name) => name !== null);
    return list.slice(0, 1).map(({ columns }) => ({ columns, indexes: indexes.sort() }));
  });
}

function countFilled(db: Database, table: string, columns: readonly string[]): number {
  const query = `SELECT count(*) FROM main.${quoteName(table)} WHERE ${allFilled(columns)}`;
  return db.prepare<[], number>(query).pluck().get() ?? 0;
}
