import type { SqlValue } from '../../../model/connection.ts';
import type { Hazard, HazardRow } from '../../../model/hazard.ts';
import { foldName, includesName, quoteName, quoteString } from '../../../sql/quote.ts';
import { isNullable } from '../../nulls.ts';
import { groupingsIn, standInsIn } from '../../reading/groupings.ts';
import { hazardOf } from '../hazard-of.ts';
import type { HazardRequest } from '../request.ts';

/** How many lots of columns of one table get rows. */
const limit = 12;

/**
 * Rows that are equal but for NULLs, which UNIQUE tells apart (https://sqlite.org/nulls.html): two with NULL in the
 * same columns, as GROUP BY, DISTINCT and PARTITION BY take them together, and one with NULL beside one with what the
 * migration puts in the place of NULL.
 */
export function hazardsOfNulls(request: HazardRequest): Hazard[] {
  const { table, host, migration } = request;
  const standIns = new Map(migration.statements.flatMap(({ sql }) => standInsIn(sql)));
  return lotsOf(request, standIns.size > 0).flatMap((lot): Hazard[] => {
    const label = `alike ${lot.join()}`;
    const rowsWith = (awkward: ReadonlyMap<string, SqlValue>, which: string): readonly HazardRow[] | null =>
      host({ table, label: `${label} ${which}`, values: awkward, twin: true });
    const nulls = new Map(lot.map((name) => [name, null] as const));
    const words = new Map(
      lot.flatMap((name): [string, string | number][] => {
        const word = standIns.get(foldName(name));
        return word === undefined ? [] : [[name, word]];
      }),
    );
    const one = rowsWith(nulls, 'one');
    if (one === null) return [];
    const expressions = new Map(lot.map((name) => [name, coalesced(name, words.get(name))] as const));
    return [
      ...pairOf(request, one, rowsWith(nulls, 'other'), expressions),
      ...(words.size < lot.length ? [] : pairOf(request, one, rowsWith(words, 'in words'), expressions)),
    ];
  });
}

/** Optional columns of each key: all of them together, and one by one. @param hasStandIns whether a word takes the place of NULL */
function lotsOf({ table, plain, migration, ofStep }: HazardRequest, hasStandIns: boolean): string[][] {
  const texts = migration.statements.map(({ sql }) => sql);
  // NULL takes the place of nothing unless something takes the place of NULL.
  const replaces = hasStandIns || texts.some((sql) => /\b(?:COALESCE|IFNULL|IIF|CASE)\b/i.test(sql));
  const existing = table.indexes
    .filter(({ unique }) => unique)
    .map(({ columns }) => columns.flatMap((name) => name ?? []));
  const coming = ofStep.uniques.map(({ names }) => names);
  const keys = [...texts.flatMap((sql) => groupingsIn(sql)), ...(replaces ? [...coming, ...existing] : [])];
  const lots = keys.flatMap((names) => {
    const optional = table.columns
      .filter((column) => includesName(names, column.name) && isNullable(table, column))
      .map(({ name }) => name)
      .filter((name) => (plain.get(name) ?? null) !== null);
    return [...(optional.length > 1 ? [optional] : []), ...optional.map((name) => [name])];
  });
  return [...new Map(lots.map((lot) => [lot.join('\0'), lot])).values()].slice(0, limit);
}

function pairOf(
  { table, withChildren }: HazardRequest,
  one: readonly HazardRow[],
  other: readonly HazardRow[] | null,
  expressions: ReadonlyMap<string, string>,
): Hazard[] {
  const [first, second] = [one.at(-1), other?.at(-1)];
  if (other === null || first === undefined || second === undefined) return [];
  const columns = [...second.values]
    .filter(([name, value]) => expressions.has(name) || (value !== null && value === first.values.get(name)))
    .map(([name]) => name);
  // Nobody knows which of them stays.
  const rows = [one, other].flatMap((each, i) => withChildren(each, `${columns.join()} ${i}`, true) ?? []);
  const subject = { table: table.name, columns, likeness: { expressions } };
  return hazardOf('duplicate', subject, rows, { expressions });
}

/** The expression in which a NULL and its stand-in are equal. */
function coalesced(name: string, word: string | number | undefined): string {
  if (word === undefined) return quoteName(name);
  return `coalesce(${quoteName(name)}, ${typeof word === 'string' ? quoteString(word) : word})`;
}
