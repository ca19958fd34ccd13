import { HarnessError } from '../errors.ts';
import type { History, Migration, MigrationRef } from '../model/history.ts';
import { closestNames } from '../text/closest-name.ts';
import { numberIn, versionText } from './number.ts';

/** The migrations behind a reference: those with the id, the name or the ledger's name; otherwise those with the number. */
export function meantBy(migrations: readonly Migration[], said: MigrationRef): readonly Migration[] {
  const text = String(said);
  const named = migrations.filter(({ id, name, ledgerId }) => id === text || name === text || ledgerId === text);
  if (named.length > 0 || !/^\d+$/.test(text)) return named;
  const number = BigInt(text);
  return migrations.filter(({ id }) => numberIn(id) === number);
}

/**
 * The place of the migration behind a reference, from 1 on; 0 stands for the base, unless a migration has that number.
 * @param flag its name in the error, such as `--at`.
 * @throws HarnessError `unknown-version`
 */
export function findPosition(history: History, said: MigrationRef, flag: string): number {
  const meant = meantBy(history.migrations, said);
  const [first, second] = meant;
  if (first !== undefined && second !== undefined) throw ambiguous(said, first, second, flag);
  if (first !== undefined) return first.position;
  if (isBase(said)) return 0;
  const how = isNumber(said) ? 'version' : 'id';
  throw new HarnessError('unknown-version', `${flag} ${said}: no migration in ${history.directory} has that ${how}.`, {
    remedy: suggest(history.migrations, String(said)),
    facts: { version: said },
  });
}

/**
 * The place that a database has reached at an id or a number; a number that no migration has stands for the last one
 * below it.
 * @returns null for an unknown id or a number beyond all.
 */
export function positionUpTo(migrations: readonly Migration[], said: MigrationRef): number | null {
  const last = meantBy(migrations, said).at(-1);
  if (last !== undefined) return last.position;
  if (!isNumber(said)) return null;
  const number = BigInt(said);
  const numbers = migrations.map(({ id }) => numberIn(id) ?? -1n);
  if (!isBase(said) && !numbers.some((each) => each > number)) return null;
  return (
    migrations.findLast((_, place) => (numbers[place] ?? -1n) >= 0n && (numbers[place] ?? 0n) < number)?.position ?? 0
  );
}

/** The suggestion for a wrong reference: the nearest names and ids, otherwise the ends of the history. */
export function suggest(migrations: readonly Migration[], said: string): string {
  // All short numbers are similar.
  const among = (names: readonly string[]): string[] => (said.length < 4 ? [] : closestNames(said, names, 3));
  const byId = among(migrations.map(({ id }) => id));
  const near = byId.length > 0 ? byId : among(migrations.map(({ name }) => name));
  if (near.length > 0) return `Did you mean ${near.join(' or ')}?`;
  return `The versions there go from ${versionText(migrations, 1)} to ${versionText(migrations, migrations.length)}.`;
}

function isNumber(said: MigrationRef): boolean {
  return /^\d+$/.test(String(said));
}

function isBase(said: MigrationRef): boolean {
  return /^0+$/.test(String(said));
}

function ambiguous(said: MigrationRef, first: Migration, second: Migration, flag: string): HarnessError {
  return new HarnessError('unknown-version', `${flag} ${said} may mean ${first.name} or ${second.name}.`, {
    remedy: 'Give the whole name.',
    facts: { version: said },
  });
}
