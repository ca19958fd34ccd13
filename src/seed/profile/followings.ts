import { includesName } from '../../sql/quote.ts';
import type { TableShape } from './table-shape.ts';
import type { Track } from './track.ts';

/** How a column follows another track, so that several columns together repeat as often as they should. */
export interface Following {
  readonly leader: Track;
  /** Whether rows that share the leader's value have different ones, or the same. */
  readonly manner: 'distinct-within' | 'constant-within';
}

/** Finds, for the columns of each index, which of them follows which; the leader is the track of most values. */
export function findFollowings(
  { table, profile }: TableShape,
  links: readonly Track[],
  columns: readonly Track[],
): ReadonlyMap<string, Following> {
  const followings = new Map<string, Following>();
  const free = columns.filter(({ columns: [name = ''] }) => !links.some((link) => includesName(link.columns, name)));
  const follow = (names: readonly string[], manner: Following['manner']): void => {
    const isInside = (track: Track): boolean => track.columns.every((name) => includesName(names, name));
    const own = free.filter(isInside);
    const [leader, ...others] = [...links.filter(isInside), ...own].sort((a, b) => b.groups - a.groups);
    if (leader === undefined || own.some(({ rows, groups }) => rows === groups)) return;
    const followers = others.filter((track) => own.includes(track));
    for (const {
      columns: [name = ''],
    } of manner === 'distinct-within' ? followers.slice(0, 1) : followers)
      if (!followings.has(name)) followings.set(name, { leader, manner });
  };
  for (const { unique, columns: members } of table.indexes) {
    const names = members.filter((column) => column !== null);
    if (unique && names.length > 1) follow(names, 'distinct-within');
  }
  for (const { columns: members, duplicates } of profile.keys)
    if (duplicates !== null) follow(members, 'constant-within');
  return followings;
}
