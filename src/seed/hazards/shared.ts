import { describeHazard } from '../../hazards/hazards.ts';
import { isHandle } from '../../hazards/names.ts';
import type { SqlValue } from '../../model/connection.ts';
import type { Hazard } from '../../model/hazard.ts';
import type { Migration } from '../../model/history.ts';
import type { Schema, Table } from '../../model/schema.ts';
import { foldName } from '../../sql/quote.ts';
import { waysOf } from '../reading/ways.ts';
import type { Hosts } from './hosts.ts';
import type { Sources } from './sources.ts';

/**
 * Rows of two tables with one key, which a migration brings into one table: there they are duplicates.
 * @returns the hazards of `table`, for the keys of each table that goes before it.
 */
export function hazardsOfSharedKeys(
  table: Table,
  migration: Migration,
  schema: Schema,
  { plainOf, referencesOf }: Sources,
  hosts: Hosts,
): Hazard[] {
  const into = Map.groupBy(waysOf(migration, schema), ({ target }) => foldName(target));
  return [...into.values()].flatMap((ways): Hazard[] => {
    const last = ways.findLast((way) => way.table === table);
    if (last === undefined) return [];
    const others = new Map(ways.filter((way) => way.table !== table).map((way) => [way.table, way]));
    return last.into.keys.flatMap((key): Hazard[] =>
      [...others.values()].flatMap((other): Hazard[] => {
        const pairs = key.map((name) => [last.columns.get(foldName(name)), other.columns.get(foldName(name))] as const);
        const held = plainOf(other.table);
        const values = new Map<string, SqlValue>();
        for (const [own, theirs] of pairs) {
          const value = theirs === undefined ? null : (held?.get(theirs) ?? null);
          if (own === undefined || value === null) return [];
          const points = referencesOf(table).some(({ columns }) => columns.includes(own));
          if (isHandle(own, value) && !points) return [];
          values.set(own, value);
        }
        const rows = hosts({ table, label: `shared ${other.table.name} ${key.join()}`, awkward: values });
        if (rows === null) return [];
        const columns = [...values.keys()];
        const said = describeHazard('shared-key', {
          table: table.name,
          columns,
          other: other.table.name,
          otherColumns: pairs.flatMap(([, theirs]) => theirs ?? []),
        });
        return [{ kind: 'shared-key', table: table.name, columns, ...said, rows }];
      }),
    );
  });
}
