import type { Statement } from '../model/history.ts';
import { readChoices } from '../sql/choices.ts';
import type { Database } from './connection.ts';
import { readRows } from './reading.ts';

/** A column that an UPDATE is about to set from one of several rows. */
export interface Chosen {
  readonly statement: number;
  /** By its name at that statement. */
  readonly table: string;
  readonly column: string;
  /** The rows with several values to take. */
  readonly rows: number;
}

/** Asks, before an UPDATE runs, for how many rows it finds several values and takes any of them. */
export function choicesOf(db: Database, { index, head, sql }: Statement): Chosen[] {
  const { verb, target } = head;
  if (verb !== 'update' || target === null) return [];
  return readChoices(sql).flatMap(({ column, query }): Chosen[] => {
    const counted = readRows(db, () => db.prepare<[], number>(query).pluck().get() ?? 0);
    const rows = 'value' in counted ? counted.value : 0;
    return rows > 0 ? [{ statement: index, table: target, column, rows }] : [];
  });
}
