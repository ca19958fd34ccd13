import type { TableProfile } from '../../model/profile.ts';
import type { Table } from '../../model/schema.ts';
import { foldName, includesName } from '../../sql/quote.ts';
import type { Layout } from './layout.ts';
import type { ParentChoice } from './parent-choice.ts';

/** The leader that the values of a row follow: a reference, or a column whose values rows share. */
export type Leader =
  | { readonly kind: 'link'; readonly link: ParentChoice }
  | { readonly kind: 'column'; readonly column: string };

/** How a column follows a leader, so that several columns together repeat as often as they should. */
export interface Following {
  readonly leader: Leader;
  /** Whether rows that share the leader's value have different ones, or the same. */
  readonly manner: 'distinct-within' | 'constant-within';
}

/** The columns of a table and their references. */
export interface ListRequest {
  readonly table: Table;
  readonly profile: TableProfile;
  readonly layouts: ReadonlyMap<string, Layout>;
  readonly links: readonly ParentChoice[];
}

/** Finds, for the columns of each index, which of them follows which. */
export function findFollowings({ table, profile, layouts, links }: ListRequest): ReadonlyMap<string, Following> {
  const followings = new Map<string, Following>();
  const pointing = new Set(links.flatMap(({ columns }) => columns.map(foldName)));
  const free = (names: readonly string[]): string[] =>
    [...layouts.keys()].filter((name) => !pointing.has(foldName(name)) && includesName(names, name));
  const groupsOf = (name: string): number => layouts.get(name)?.groups ?? 0;
  const isDistinct = (name: string): boolean => groupsOf(name) === layouts.get(name)?.rows;
  const leaderOf = (names: readonly string[]): Leader | null => {
    const inside = links.filter(({ columns }) => columns.every((column) => includesName(names, column)));
    const [link] = inside.sort((a, b) => b.parents - a.parents);
    const [column] = free(names).sort((a, b) => groupsOf(b) - groupsOf(a));
    if (link !== undefined && (column === undefined || link.parents >= groupsOf(column))) return { kind: 'link', link };
    return column === undefined ? null : { kind: 'column', column };
  };
  const follow = (names: readonly string[], manner: Following['manner']): void => {
    const leader = leaderOf(names);
    if (leader === null) return;
    for (const name of free(names)) {
      const isLeader = leader.kind === 'column' && leader.column === name;
      if (!isLeader && !followings.has(name)) followings.set(name, { leader, manner });
      if (manner === 'distinct-within' && !isLeader) return;
    }
  };
  for (const { unique, columns } of table.indexes) {
    const names = columns.filter((column) => column !== null);
    if (!unique || names.length < 2 || free(names).some(isDistinct)) continue;
    follow(names, 'distinct-within');
  }
  for (const { columns, duplicates } of profile.keys) {
    if (duplicates !== null && !free(columns).some(isDistinct)) follow(columns, 'constant-within');
  }
  return followings;
}

/** Finds the links that a unique index covers two by two. */
export function findPairs(
  { indexes }: Table,
  references: readonly (readonly string[])[],
): (readonly [columns: readonly string[], partner: readonly string[]])[] {
  return indexes.flatMap(({ unique, columns }) => {
    const names = columns.filter((column) => column !== null);
    const inside = references.filter((reference) => reference.every((column) => includesName(names, column)));
    const [first, second] = inside;
    const isCovered = names.every((name) => inside.some((reference) => includesName(reference, name)));
    return unique && first !== undefined && second !== undefined && isCovered ? [[second, first] as const] : [];
  });
}
