import type { SqlValue } from '../../../model/connection.ts';
import type { Hazard } from '../../../model/hazard.ts';
import { foldName } from '../../../sql/quote.ts';
import { type Way, waysOf } from '../../reading/ways.ts';
import { isUnguessable } from '../draft.ts';
import { hazardOf } from '../hazard-of.ts';
import type { HazardRequest } from '../request.ts';

/**
 * Rows of two tables with one key, which a migration brings into one table: there they are duplicates.
 * @returns the hazards of the table, for the keys of each table that goes before it.
 */
export function hazardsOfSharedKeys(request: HazardRequest): Hazard[] {
  const { table, migration, schema } = request;
  const into = Map.groupBy(waysOf(migration, schema), ({ target }) => foldName(target));
  return [...into.values()].flatMap((ways): Hazard[] => {
    const own = ways.findLast((way) => way.table === table);
    if (own === undefined) return [];
    const others = new Map(ways.filter((way) => way.table !== table).map((way) => [way.table, way]));
    return own.into.keys.flatMap((key) => [...others.values()].flatMap((other) => sharedBy(request, key, own, other)));
  });
}

/** A row with the key of a row of another table, by the ways of both into one. */
function sharedBy(request: HazardRequest, key: readonly string[], own: Way, other: Way): Hazard[] {
  const { table, before, host } = request;
  const held = before(other.table)?.plain;
  const awkward = new Map<string, SqlValue>();
  const otherColumns: string[] = [];
  for (const name of key) {
    const [column, theirs] = [own.columns.get(foldName(name)), other.columns.get(foldName(name))];
    const value = theirs === undefined ? null : (held?.get(theirs) ?? null);
    if (column === undefined || theirs === undefined || value === null) return [];
    if (isUnguessable(request, column, value)) return [];
    awkward.set(column, value);
    otherColumns.push(theirs);
  }
  const columns = [...awkward.keys()];
  const rows = host({ table, label: `shared ${other.table.name} ${key.join()}`, values: awkward });
  return hazardOf('shared-key', { table: table.name, columns, other: other.table.name, otherColumns }, rows);
}
