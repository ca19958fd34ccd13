import type { SqlValue } from '../../model/connection.ts';
import { type Groups, groupsOf, lastStart, startsOf } from './groups.ts';
import type { Part, Values } from './parts.ts';
import type { Run } from './runs.ts';

/** The values of a column: the rows that hold one are dealt out to groups of equal value. */
export interface Layout extends Groups {
  readonly valueAt: (group: number) => SqlValue;
  /** A value that no group has. */
  readonly freshValue: (number: number) => SqlValue;
}

/** A part with the groups that it got. */
export interface Laid {
  readonly part: Part;
  readonly runs: readonly Run[];
}

/** Where the groups of a part begin. */
interface Area {
  readonly part: Part;
  readonly values: Values;
  readonly rank: number;
  readonly rows: number;
  readonly group: number;
  readonly groups: number;
}

/** The first texts of an area that are other spellings of texts, which begin with the group `of`. */
interface Spellings {
  readonly count: number;
  readonly of: number;
}

/**
 * Lays parts out one after the other.
 * @param variants how many texts are there in two spellings
 */
export function layOut(laid: readonly Laid[], variants: number): Layout {
  const dealt = groupsOf(laid.flatMap(({ runs }) => runs));
  const areas = areasOf(laid);
  const firsts = areas.map(({ group }) => group);
  const spellings = pairSpellings(areas, variants);
  const [main] = areas.toSorted((a, b) => b.rows - a.rows);
  const valueAt = (group: number): SqlValue => {
    const area = areas[lastStart(firsts, firsts.length, group)];
    if (area === undefined) return null;
    const inside = group - area.group;
    const { count, of } = spellings.get(area) ?? { count: 0, of: 0 };
    if (inside < count) return otherSpelling(valueAt(of + inside));
    const [start, end] = [dealt.startOf(group), dealt.startOf(group + 1)];
    // The first is the shortest.
    const place = start === area.rank ? 0 : ((start + end) / 2 - area.rank) / area.rows;
    return area.values(inside, place);
  };
  return { ...dealt, valueAt, freshValue: (number) => main?.values(main.groups + number, 0.5) ?? null };
}

function areasOf(laid: readonly Laid[]): Area[] {
  const dealt = laid.map(({ runs }) => groupsOf(runs));
  const ranks = startsOf(dealt.map(({ rows }) => rows));
  const firsts = startsOf(dealt.map(({ groups }) => groups));
  return laid.map(({ part }, i) => {
    const [rank = 0, group = 0] = [ranks[i], firsts[i]];
    const { rows = 0, groups = 0 } = dealt[i] ?? {};
    return { part, values: part.values(groups, group), rank, rows, group, groups };
  });
}

/** Makes the first texts with capitals other spellings of texts in small letters, or of their own neighbours. */
function pairSpellings(areas: readonly Area[], variants: number): ReadonlyMap<Area, Spellings> {
  const [small] = areas.filter(({ part }) => part.spelling === 'small').sort((a, b) => b.groups - a.groups);
  let missing = variants;
  return new Map(
    areas.flatMap((area): [Area, Spellings][] => {
      if (area.part.spelling !== 'capital') return [];
      const most = small === undefined ? Math.floor(area.groups / 2) : Math.min(small.groups, area.groups);
      const count = Math.min(missing, most);
      missing -= count;
      return [[area, { count, of: small?.group ?? area.group + count }]];
    }),
  );
}

/** The same text with capitals; one that begins with a capital in capitals alone. */
function otherSpelling(value: SqlValue): SqlValue {
  if (typeof value !== 'string') return value;
  const first = value.search(/[a-z]/);
  if (first < 0) return value;
  return /[A-Z]/.test(value)
    ? value.toUpperCase()
    : value.slice(0, first) + value.charAt(first).toUpperCase() + value.slice(first + 1);
}
