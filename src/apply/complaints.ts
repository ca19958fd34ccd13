import type { Database } from '../database/connection.ts';
import { checkRows } from '../database/integrity.ts';
import type { Snapshot } from '../database/snapshot.ts';
import type { State } from '../model/outcome.ts';

/**
 * The state before a step with the complaints of SQLite about its rows, which nobody has asked for on a file whose pages
 * were sound: most steps end without a complaint, and then there is nothing to compare them with.
 */
export function withComplaints(before: State, after: State, db: Database, snapshot: Snapshot): State {
  if (after.integrity.length + after.unreadable.length === 0) return before;
  const tables = before.schema.tables.filter(({ name }) => before.rows.get(name) !== 0);
  const { lines, unreadable } = snapshot.attach(db, (schema) => checkRows(db, tables, before.unreadable, schema));
  return { ...before, integrity: lines, unreadable: [...before.unreadable, ...unreadable] };
}
