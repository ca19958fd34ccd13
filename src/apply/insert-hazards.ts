import type { Database } from '../database/connection.ts';
import { createRowSink } from '../database/row-sink.ts';
import type { HazardRow } from '../model/hazard.ts';

/**
 * Inserts rows, each once. Refused rows are left out: without the rows that it went in with first, a trigger may refuse
 * one.
 */
export function insertHazards(db: Database, rows: Iterable<HazardRow>): void {
  const sink = createRowSink(db);
  for (const row of new Set(rows)) sink.insert(row.table, row.values, row);
}
