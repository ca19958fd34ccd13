import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { ResolvedConfig } from '../config.ts';
import { HarnessError } from '../errors.ts';
import { isOfOtherDatabase } from '../tools/dialect.ts';
import { discoverMigrations } from '../tools/discover.ts';
import { openFolder } from '../tools/folder.ts';

/** Several folders hold migrations, and one has to be named. */
export class SeveralFolders extends HarnessError {
  /** Sorted, as the root was given. */
  readonly places: readonly string[];

  constructor(places: readonly string[], where: string) {
    super('folder-missing', `${places.length} folders ${where} hold migrations.`, {
      remedy: `Name one: ${places.join(', ')}`,
      facts: { places: places.join(', ') },
    });
    this.places = places;
  }
}

/**
 * The folder of migrations: the one named, or the one in the folder named, or the one here.
 * @throws SeveralFolders when there are several; HarnessError `folder-missing` when there is none, `unsupported` when the only one is for
 * another database and nobody has named it
 */
export function findMigrations(named: string | null): string {
  const root = named ?? '.';
  const found = discoverMigrations(root);
  const [first, second] = found;
  if (first !== undefined && second === undefined) {
    if (resolve(first) !== resolve(root) && isOfOtherDatabase(openFolder(first))) throw ofOtherDatabase(first);
    return first;
  }
  if (first !== undefined) throw new SeveralFolders(found, inside(named));
  // A named folder is read directly, so the error says why it has no migrations.
  if (named !== null) return named;
  throw new HarnessError('folder-missing', 'This folder and those below it hold no migrations.', {
    remedy: 'Name the folder that holds them: rowproof check path/to/migrations',
  });
}

/** Migrations that nobody has named, and that no SQLite can run. */
function ofOtherDatabase(place: string): HarnessError {
  return new HarnessError('unsupported', `${place} holds migrations for another database, and rowproof runs SQLite.`, {
    remedy: `Name the folder with those for SQLite: rowproof check path/to/migrations. If SQLite runs these, name it: rowproof check ${place}`,
    facts: { place },
  });
}

function inside(named: string | null): string {
  return named === null ? 'here' : `in ${named}`;
}

/** The folder of seeds: the one named, or `seeds` beside the migrations if there is one, or null. */
export function findSeeds(named: string | null, migrations: string): string | null {
  if (named !== null) return named;
  const beside = join(dirname(migrations), 'seeds');
  return existsSync(beside) ? beside : null;
}

/** The file of the profile: the one named, or `production.profile.json` in the folder of seeds if it is there, or null. */
export function findProfile({ profile }: ResolvedConfig, seeds: string | null): string | null {
  if (profile !== null) return profile;
  const usual = seeds === null ? null : join(seeds, 'production.profile.json').replaceAll('\\', '/');
  return usual !== null && existsSync(usual) ? usual : null;
}
