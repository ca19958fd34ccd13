import type { SqlValue } from '../../model/connection.ts';
import type { Column, Table } from '../../model/schema.ts';
import { namesIn } from '../../sql/names.ts';
import { foldName } from '../../sql/quote.ts';
import { varied } from '../../text/vary.ts';
import { isNullable } from '../nulls.ts';
import { streamKey } from '../values/streams.ts';
import { statesOf } from './roles.ts';
import type { Sources } from './sources.ts';

/** Values of other columns, by name. */
export type Companions = readonly (readonly [column: string, value: SqlValue])[];

/** How many rows a column gets for what may stand beside its NULL. */
const limit = 12;

/**
 * Tells what may have to stand beside a NULL before a CHECK that a migration to come puts on the table refuses it:
 * another state, for `state = 'draft' OR slot IS NOT NULL`, or NULL in the other columns too, for `street IS NOT NULL
 * OR url IS NOT NULL`.
 */
export function companionsOfNull(
  table: Table,
  plain: ReadonlyMap<string, SqlValue>,
  { seed, factsOf, checksOf }: Sources,
): (column: Column) => readonly Companions[] {
  const checks = checksOf(table).map(namesIn);
  const otherValues = (other: Column): readonly SqlValue[] => {
    const held = plain.get(other.name) ?? null;
    const states = statesOf(other, factsOf(table)(other.name)).filter((state) => state !== held);
    return states.length > 0 ? states : [varied(held, streamKey(seed, table.name, other.name), true)];
  };
  return (column) => {
    const others = table.columns.filter(
      (other) =>
        other !== column &&
        plain.has(other.name) &&
        checks.some((names) => names.has(foldName(column.name)) && names.has(foldName(other.name))),
    );
    const nulls = others.filter((other) => isNullable(table, other)).map(({ name }) => [name, null] as const);
    const states = others.flatMap((other) => otherValues(other).map((value): Companions => [[other.name, value]]));
    return [...(nulls.length > 0 ? [nulls] : []), ...states.slice(0, limit)];
  };
}
