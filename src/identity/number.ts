// This room knows which migration is meant: by its position in the history, by the id of its tool, or by its number.
import type { Migration } from '../model/history.ts';

/** A day in the name of a file, with or without a time: `2024-01-31`, `2024-01-31-0930`. */
const day = /^(\d{4})-(\d{2})-(\d{2})(?:[-_T ]?(\d{2})[-:]?(\d{2})(?:[-:]?(\d{2}))?)?$/;

/** A number at the start of an id that is not a part of a longer form such as `1.10`. */
const leading = /^(\d+)(?=$|[_ ]|[-.]?[A-Za-z])/;

/** The number in an id: `2` of `0002` and `0002_posts`, the digits of a date; null where the id has none, as `1.10`. */
export function numberIn(id: string): bigint | null {
  const date = day.exec(id);
  if (date !== null) return BigInt(date.slice(1).join('').padEnd(14, '0'));
  const digits = leading.exec(id)?.[1];
  return digits === undefined ? null : BigInt(digits);
}

/**
 * The number of a migration, for fields that hold only numbers: rowproof's own ledger and `version` in JSON. It is the
 * place in the history if the id has no number, or one that JavaScript cannot hold.
 */
export function numberOf({ id, position }: Pick<Migration, 'id' | 'position'>): number {
  const number = Number(numberIn(id) ?? position);
  return Number.isSafeInteger(number) ? number : position;
}

/** The words for the version of a database at a place in a history; 0 stands for the base. */
export function versionText(migrations: readonly Migration[], position: number): string {
  const migration = migrations[position - 1];
  return migration === undefined ? '0' : shortId(migration);
}

/** The id of a migration, without the zeros before a number. */
export function shortId({ id }: Pick<Migration, 'id'>): string {
  return /^\d+$/.test(id) ? String(BigInt(id)) : id;
}
