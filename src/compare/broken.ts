import type { Difference } from '../model/comparison.ts';
import type { BrokenObject, State } from '../model/outcome.ts';
import { type Lineage, survivor } from '../sql/lineage.ts';
import { sameName } from '../sql/quote.ts';
import { tableNamed } from '../sql/tables.ts';

/**
 * Objects that compile before a step and not after it. New objects count where they stop something that worked: a
 * trigger on a table that was there, a foreign key of one. A new table or view that names what a later migration makes
 * stops nothing.
 */
export function findBrokenObjects(lineage: Lineage, before: State, after: State): Difference[] {
  if (after.broken.length === 0) return [];
  const isThere = (name: string): boolean => tableNamed(after.schema, name) !== undefined;
  const nameNow = (table: string): string => survivor(lineage, table, isThere) ?? table;
  const hadNames = before.schema.objects
    .filter(({ type }) => type === 'table' || type === 'view')
    .map(({ name }) => name);
  const stood = (name: string): boolean => hadNames.some((had) => sameName(had, name) || sameName(nameNow(had), name));
  const wasBroken = (now: BrokenObject): boolean =>
    before.broken.some(
      ({ type, name, table }) =>
        type === now.type && (sameName(name, now.name) || (type !== 'trigger' && sameName(nameNow(table), now.table))),
    );
  return after.broken
    .filter((object) => stood(object.table) && !wasBroken(object))
    .map((object) => ({ kind: 'broken-object', ...object, statement: null }));
}
