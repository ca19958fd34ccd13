import type { Hazard, HazardRow } from '../../../model/hazard.ts';
import type { Narrowing } from '../../../model/history.ts';
import { foldName, includesName } from '../../../sql/quote.ts';
import type { NamedRow } from '../../nearest.ts';
import { newPartialKeys, valuesInside } from '../../partial-keys.ts';
import { keysOnTheWay } from '../../reading/ways.ts';
import { waysOutOf } from '../draft.ts';
import { hazardOf } from '../hazard-of.ts';
import type { HazardRequest } from '../request.ts';

/** A twin, with the row that it repeats. */
interface Twin {
  readonly rows: readonly HazardRow[] | null;
  readonly other: NamedRow;
}

/**
 * Twins of the plain row, inside each partial unique index that the migration makes too. Of several keys that the
 * migration makes, each gets a row that repeats that key alone: a twin fails at the first.
 */
export function hazardsOfTwins(request: HazardRequest): Hazard[] {
  const hazards: Hazard[] = [];
  for (const twin of twinsOf(request)) hazards.push(...duplicateOf(request, twin, `duplicate ${hazards.length}`));
  return hazards;
}

/** One after the other: the children of a twin go in before the next one. */
function* twinsOf(request: HazardRequest): Generator<Twin> {
  const { table, plain, host, ofStep, migration, schema } = request;
  const isPartial = table.indexes.some((index) => waysOutOf(request, index).length > 0);
  yield { rows: host({ table, label: 'duplicate', twin: true }), other: plain };
  if (isPartial) yield { rows: host({ table, label: 'duplicate outside', twin: true, outside: true }), other: plain };
  const onTheWay = keepsOne(request) ? keysOnTheWay(table, migration, schema) : [];
  const named = [...ofStep.uniques.map(({ names }) => names), ...onTheWay];
  const keys = [...new Map(named.map((key) => [key.map(foldName).join('\0'), key])).values()];
  yield* twinsInKeys(request, keys);
  yield* twinsInPartialKeys(request, keys.length < 2);
}

/**
 * Rows that repeat one of several keys alone, or the only one where a copy keeps one of the rows that share it: rows that are
 * equal in all else would be the same row there.
 */
function* twinsInKeys(request: HazardRequest, keys: readonly (readonly string[])[]): Generator<Twin> {
  const { table, plain, host } = request;
  const outside = keepsOne(request);
  if (keys.length < (outside ? 1 : 2)) return;
  for (const names of keys) {
    const awkward = valuesOf(names, plain);
    if (awkward.size === 0) continue;
    yield { rows: host({ table, label: `duplicate ${names.join()}`, values: awkward, outside }), other: plain };
  }
}

/** Whether a copy of the migration keeps one of the rows that share a key, or of those that share more than that. */
function keepsOne({ migration }: HazardRequest): boolean {
  return migration.statements.some(({ head: { narrowings } }) => narrowings.some((each) => keeping.has(each)));
}

const keeping: ReadonlySet<Narrowing> = new Set(['or-ignore', 'or-replace', 'distinct', 'group-by']);

/** Pairs of rows inside partial unique indexes that the plain row is outside of. @param twin whether all else is equal */
function* twinsInPartialKeys({ table, plain, migration, host }: HazardRequest, twin: boolean): Generator<Twin> {
  for (const [i, { names, condition }] of newPartialKeys(migration, table).entries()) {
    const values = valuesInside(condition ?? '', table);
    if ([...values].every(([column, value]) => plain.get(column) === value)) continue;
    const label = `duplicate within ${i}`;
    const one = host({ table, label: `${label} one`, values, twin });
    const held = one?.at(-1)?.values ?? plain;
    const awkward = twin ? values : new Map([...valuesOf(names, held), ...values]);
    const other = host({ table, label: `${label} other`, values: awkward, twin });
    yield { rows: one && other && [...one, ...other], other: held };
  }
}

function duplicateOf({ table, withChildren }: HazardRequest, { rows, other }: Twin, label: string): Hazard[] {
  const twin = rows?.at(-1);
  if (twin === undefined) return [];
  const columns = [...twin.values]
    .filter(([name, value]) => value !== null && value === other.get(name))
    .map(([name]) => name);
  if (columns.length === 0) return [];
  return hazardOf('duplicate', { table: table.name, columns }, withChildren(rows, label, true));
}

/** The values of a row in those of the names that are columns. */
function valuesOf(names: readonly string[], row: NamedRow): NamedRow {
  return new Map([...row].filter(([column]) => includesName(names, column)));
}
