import type { Database } from '../database/connection.ts';
import { countMissing } from '../database/row-diff.ts';
import type { TableChange } from '../model/change.ts';
import type { State } from '../model/outcome.ts';
import type { Table } from '../model/schema.ts';
import type { Flow } from '../sql/flow.ts';
import { foldName, sameName } from '../sql/quote.ts';
import { pairOf } from './identity.ts';
import { pairColumns } from './pairing.ts';

/**
 * A table that is gone: another one may have all its rows. All its columns but the key must be copied there as they are,
 * as far as anything is.
 */
export function findMove(db: Database, schema: string, flow: Flow, table: Table, after: State): TableChange[] {
  const moved = flow.tables.flatMap((end): number[] => {
    const now = after.schema.tables.find(({ name, kind }) => kind === 'table' && sameName(name, end.name));
    if (now === undefined || !end.sources.has(foldName(table.name))) return [];
    const columns = pairColumns(table, now, end, { flow, referrers: [], moved: true });
    const rest = table.columns.filter(
      ({ name, generated }) => generated === 'no' && !table.primaryKey.some((key) => sameName(key, name)),
    );
    const isWhole = rest.every(({ name }) => columns.some((column) => sameName(column.before, name)));
    const exact = columns.filter(({ beforeAffinity, afterAffinity }) => beforeAffinity === afterAffinity);
    return isWhole && exact.length > 0 ? [countMissing(db, pairOf({ schema, before: table, after: now }, exact))] : [];
  });
  if (moved.length === 0) return [];
  return [
    {
      table: table.name,
      now: null,
      lost: Math.min(...moved),
      duplicated: 0,
      changed: 0,
      columns: [],
      swapped: [],
      copiedBy: null,
      keys: { columns: [], rows: [] },
    },
  ];
}
