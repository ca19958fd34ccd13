import type { Database } from '../database/connection.ts';
import type { TableChange } from '../model/change.ts';
import type { State } from '../model/outcome.ts';
import type { Table } from '../model/schema.ts';
import type { Flow, FlowTable } from '../sql/flow.ts';
import { foldName, sameName } from '../sql/quote.ts';
import { tableNamed } from '../sql/tables.ts';
import { pairOf } from './identity.ts';
import { pairColumns } from './pairing.ts';
import { countMissing } from './row-diff.ts';

/**
 * The successor of a table that is gone, under another name: the only new table that was filled from it alone and has
 * all its columns by name. Rows are compared with it as after a rebuild.
 */
export function findSuccessor(flow: Flow, table: Table, after: State): { table: Table; end: FlowTable } | null {
  const hasAll = (successor: Table): boolean =>
    table.columns.every(
      ({ name, generated }) => generated !== 'no' || successor.columns.some((column) => sameName(column.name, name)),
    );
  const successors = flow.tables.flatMap((end) => {
    const isFilled = end.sources.size === 1 && end.sources.has(foldName(table.name)) && !end.mixed;
    const successor = tableNamed(after.schema, end.name);
    return end.before === null && isFilled && successor?.kind === 'table' && hasAll(successor)
      ? [{ table: successor, end }]
      : [];
  });
  return successors.length === 1 ? (successors[0] ?? null) : null;
}

/**
 * A table that is gone: another one may have all its rows. Those of its columns that are copied there must be copied
 * unchanged, except for the key.
 */
export function findRenamed(db: Database, schema: string, flow: Flow, table: Table, after: State): TableChange[] {
  const moved = flow.tables.flatMap((end): number[] => {
    const now = tableNamed(after.schema, end.name);
    if (now?.kind !== 'table' || !end.sources.has(foldName(table.name))) return [];
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
