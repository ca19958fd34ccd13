import type { TableProfile } from '../../model/profile.ts';
import type { Table } from '../../model/schema.ts';
import { includesName } from '../../sql/quote.ts';
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
export function findFollowings(request: ListRequest): ReadonlyMap<string, Following> {
  const followings = new Map<string, Following>();
  const { layouts } = request;
  const follow = (names: readonly string[], manner: Following['manner']): void => {
    const columns = freeColumns(request, names);
    if (columns.some((name) => layouts.get(name)?.groups === layouts.get(name)?.rows)) return;
    const leader = leaderOf(request, names, columns);
    if (leader === null) return;
    const followers = columns.filter((name) => leader.kind === 'link' || leader.column !== name);
    for (const name of manner === 'distinct-within' ? followers.slice(0, 1) : followers)
      if (!followings.has(name)) followings.set(name, { leader, manner });
  };
  for (const { unique, columns } of request.table.indexes) {
    const names = columns.filter((column) => column !== null);
    if (unique && names.length > 1) follow(names, 'distinct-within');
  }
  for (const { columns, duplicates } of request.profile.keys)
    if (duplicates !== null) follow(columns, 'constant-within');
  return followings;
}

/** The columns of a list that point nowhere, those of most values first. */
function freeColumns({ layouts, links }: ListRequest, names: readonly string[]): string[] {
  return [...layouts]
    .filter(([name]) => includesName(names, name) && !links.some(({ columns }) => includesName(columns, name)))
    .sort(([, a], [, b]) => b.groups - a.groups)
    .map(([name]) => name);
}

/** The reference or the column of a list with most values. */
function leaderOf({ layouts, links }: ListRequest, names: readonly string[], free: readonly string[]): Leader | null {
  const [link] = links
    .filter(({ columns }) => columns.every((column) => includesName(names, column)))
    .sort((a, b) => b.parents - a.parents);
  const [column] = free;
  const groups = layouts.get(column ?? '')?.groups ?? 0;
  if (link !== undefined && (column === undefined || link.parents >= groups)) return { kind: 'link', link };
  return column === undefined ? null : { kind: 'column', column };
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
