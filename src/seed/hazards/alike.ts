import { describeHazard } from '../../hazards/hazards.ts';
import type { SqlValue } from '../../model/connection.ts';
import type { Hazard, HazardRow } from '../../model/hazard.ts';
import type { Migration } from '../../model/history.ts';
import type { Column, Table } from '../../model/schema.ts';
import { foldName, includesName, quoteName, quoteString } from '../../sql/quote.ts';
import { isNullable } from '../nulls.ts';
import { groupingsIn, standInsIn } from '../reading/groupings.ts';
import type { Hosts } from './hosts.ts';
import type { Sources } from './sources.ts';
import type { Children } from './with-children.ts';

/** How many lots of columns of one table get rows. */
const limit = 12;

/**
 * Rows that are equal but for NULLs, which UNIQUE tells apart (https://sqlite.org/nulls.html): two with NULL in the
 * same columns, as GROUP BY, DISTINCT and PARTITION BY take them together, and one with NULL beside one with what the
 * migration puts in the place of NULL.
 */
export function hazardsOfNulls(
  table: Table,
  plain: ReadonlyMap<string, SqlValue>,
  { statements }: Migration,
  { newKeysOf }: Sources,
  hosts: Hosts,
  childrenOf: Children,
): Hazard[] {
  const texts = statements.map(({ sql }) => sql);
  const standIns = new Map(texts.flatMap((sql) => standInsIn(sql)));
  // NULL takes the place of nothing unless something takes the place of NULL.
  const replaces = standIns.size > 0 || texts.some((sql) => /\b(?:COALESCE|IFNULL|IIF|CASE)\b/i.test(sql));
  const existing = table.indexes
    .filter(({ unique }) => unique)
    .map(({ columns }) => columns.flatMap((name) => name ?? []));
  const keys = [...texts.flatMap((sql) => groupingsIn(sql)), ...(replaces ? [...newKeysOf(table), ...existing] : [])];
  const lots = new Map<string, readonly Column[]>();
  for (const names of keys) {
    const optional = table.columns.filter(
      (column) =>
        includesName(names, column.name) && isNullable(table, column) && (plain.get(column.name) ?? null) !== null,
    );
    for (const some of [...(optional.length > 1 ? [optional] : []), ...optional.map((column) => [column])])
      lots.set(some.map(({ name }) => name).join('\0'), some);
  }
  return [...lots.values()].slice(0, limit).flatMap((optional): Hazard[] => {
    const nulls = new Map(optional.map(({ name }): [string, SqlValue] => [name, null]));
    const label = `alike ${optional.map(({ name }) => name).join()}`;
    const one = hosts({ table, label: `${label} one`, awkward: nulls, twin: true });
    if (one === null) return [];
    const words = new Map(
      optional.flatMap(({ name }): [string, string | number][] => {
        const word = standIns.get(foldName(name));
        return word === undefined ? [] : [[name, word]];
      }),
    );
    const expressions = new Map(optional.map(({ name }) => [name, coalesced(name, words.get(name))] as const));
    const pairWith = (values: ReadonlyMap<string, SqlValue>, which: string): Hazard[] => {
      const other = hosts({ table, label: `${label} ${which}`, awkward: values, twin: true });
      return other === null ? [] : pairOf(table, one, other, expressions, childrenOf);
    };
    return [...pairWith(nulls, 'other'), ...(words.size === optional.length ? pairWith(words, 'in words') : [])];
  });
}

function pairOf(
  { name: table }: Table,
  one: readonly HazardRow[],
  other: readonly HazardRow[],
  expressions: ReadonlyMap<string, string>,
  childrenOf: Children,
): Hazard[] {
  const [first, second] = [one.at(-1), other.at(-1)];
  if (first === undefined || second === undefined) return [];
  const columns = [...second.values]
    .filter(([name, value]) => expressions.has(name) || (value !== null && value === first.values.get(name)))
    .map(([name]) => name);
  if (columns.length === 0) return [];
  // Nobody knows which of them stays.
  const rows = [first, second].flatMap((row, i) => childrenOf(row, `${columns.join()} ${i}`));
  return [
    {
      kind: 'duplicate',
      table,
      columns,
      ...describeHazard('duplicate', { table, columns, likeness: { expressions } }),
      expressions,
      rows: [...one, ...other, ...rows],
    },
  ];
}

/** The expression in which a NULL and its stand-in are equal. */
function coalesced(name: string, word: string | number | undefined): string {
  if (word === undefined) return quoteName(name);
  return `coalesce(${quoteName(name)}, ${typeof word === 'string' ? quoteString(word) : word})`;
}
