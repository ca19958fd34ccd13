import type { Migration } from '../model/history.ts';
import { numberIn } from './number.ts';

/** The parts of the name of a seed or an invariant: its migration, and the rest of the name. */
export interface Named {
  /** The migrations that its beginning may mean; empty without a match. */
  readonly meant: readonly Migration[];
  /** The number that it begins with, or null. */
  readonly number: bigint | null;
  /** The rest of the name. */
  readonly rest: string;
}

/**
 * Reads which migration the name of a file begins with: the longest id or name of one, else a number.
 * @param name without its ending.
 * @returns null where the name begins with neither.
 */
export function readFileName(migrations: readonly Migration[], name: string): Named | null {
  const ids = migrations.flatMap((migration) =>
    [migration.id, migration.name].filter((id) => beginsWith(name, id)).map((id) => ({ id, migration })),
  );
  const longest = Math.max(0, ...ids.map(({ id }) => id.length));
  if (longest > 0) {
    const meant = new Set(ids.filter(({ id }) => id.length === longest).map(({ migration }) => migration));
    return { meant: [...meant], number: numberIn(name.slice(0, longest)), rest: behind(name, longest) };
  }
  const digits = /^\d+/.exec(name)?.[0];
  if (digits === undefined) return null;
  const number = BigInt(digits);
  return {
    meant: migrations.filter(({ id }) => numberIn(id) === number),
    number,
    rest: behind(name, digits.length),
  };
}

/** Whether a name begins with an id that is not the beginning of a longer word or number. */
function beginsWith(name: string, id: string): boolean {
  return id.length > 0 && name.startsWith(id) && !/^[\p{L}\p{N}]/u.test(name.slice(id.length));
}

function behind(name: string, length: number): string {
  return name.slice(length).replace(/^\D/, '');
}
