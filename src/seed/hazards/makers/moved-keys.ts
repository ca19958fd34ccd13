import type { SqlValue } from '../../../model/connection.ts';
import type { Hazard, HazardRow } from '../../../model/hazard.ts';
import type { Statement } from '../../../model/history.ts';
import { columnNamed } from '../../../sql/tables.ts';
import { readRenamings, readShifts } from '../../reading/changed-keys.ts';
import { hazardOf } from '../hazard-of.ts';
import type { HazardRequest } from '../request.ts';
import { statementsOn, wholeKeysOf } from '../whole-keys.ts';

/** Two rows that are equal but for a column of a key: one holds what an UPDATE renames there, the other what it becomes. */
export function hazardsOfRenamedKeys(request: HazardRequest): Hazard[] {
  const { table, plain, isOwn } = request;
  if (isOwn(table.name)) return [];
  return updatesOf(request).flatMap((statement) =>
    readRenamings(statement).flatMap(({ column: written, from, to }): Hazard[] => {
      const { column, key } = keyOf(request, written);
      if (key === undefined) return [];
      const label = `renamed ${statement.index} ${column}`;
      // Another awkward row may hold the old value already.
      const before = plain.get(column) === from ? [] : (twinWith(request, `${label} from`, column, from) ?? []);
      const after = twinWith(request, `${label} to`, column, to);
      const subject = { table: table.name, key, values: [[to]], renamed: { column, from, to } };
      return hazardOf('taken-key', subject, after && [...before, ...after]);
    }),
  );
}

/** A row beside the plain one, as far from it in a column of a key as an UPDATE moves both. */
export function hazardsOfShiftedKeys(request: HazardRequest): Hazard[] {
  const { table, plain } = request;
  return updatesOf(request).flatMap((statement) =>
    readShifts(statement).flatMap(({ column: written, by }): Hazard[] => {
      const { column, key } = keyOf(request, written);
      const held = plain.get(column);
      if (key === undefined || typeof held !== 'number') return [];
      const rows = twinWith(request, `shifted ${statement.index} ${column}`, column, held + by);
      return hazardOf('taken-key', { table: table.name, key, values: [], shifted: { column, by } }, rows);
    }),
  );
}

function updatesOf(request: HazardRequest): Statement[] {
  return statementsOn(request).filter(({ head }) => head.verb === 'update');
}

/** A column as the table writes it, and the whole key that it is in. */
function keyOf({ table }: HazardRequest, written: string): { readonly column: string; readonly key?: string[] } {
  const column = columnNamed(table, written)?.name ?? '';
  const key = wholeKeysOf(table).find((names) => names.includes(column));
  return key === undefined ? { column } : { column, key };
}

function twinWith(
  { table, host }: HazardRequest,
  label: string,
  column: string,
  value: SqlValue,
): readonly HazardRow[] | null {
  return host({ table, label, values: new Map([[column, value]]), twin: true });
}
