import type { SqlValue } from '../../../model/connection.ts';
import type { Column } from '../../../model/schema.ts';
import { namesIn } from '../../../sql/names.ts';
import { foldName } from '../../../sql/quote.ts';
import { varied } from '../../../text/vary.ts';
import { isNullable } from '../../nulls.ts';
import { streamKey } from '../../values/streams.ts';
import type { HazardRequest } from '../request.ts';
import { statesOf } from '../roles.ts';

/** Values of other columns, by name. */
export type Companions = readonly (readonly [column: string, value: SqlValue])[];

/** How many rows a column gets for what may stand beside its NULL. */
const limit = 12;

/**
 * Tells what may have to stand beside a NULL before a CHECK that a migration to come puts on the table refuses it:
 * another state, for `state = 'draft' OR slot IS NOT NULL`, or NULL in the other columns too, for `street IS NOT NULL
 * OR url IS NOT NULL`.
 */
export function companionsOfNull({ seed, table, plain, facts, checks }: HazardRequest, column: Column): Companions[] {
  const names = checks.map(namesIn).filter((each) => each.has(foldName(column.name)));
  const others = table.columns.filter(
    (other) => other !== column && plain.has(other.name) && names.some((each) => each.has(foldName(other.name))),
  );
  const nulls = others.filter((other) => isNullable(table, other)).map(({ name }) => [name, null] as const);
  const states = others.flatMap((other) => {
    const held = plain.get(other.name) ?? null;
    const listed = statesOf(other, facts(other.name)).filter((state) => state !== held);
    const values = listed.length > 0 ? listed : [varied(held, streamKey(seed, table.name, other.name), true)];
    return values.map((value): Companions => [[other.name, value]]);
  });
  return [...(nulls.length > 0 ? [nulls] : []), ...states.slice(0, limit)];
}
