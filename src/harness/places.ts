import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ResolvedConfig } from '../config.ts';
import { HarnessError } from '../errors.ts';

/** Where migrations are looked for when nobody names a folder. */
const usualPlaces = [
  'migrations',
  'db/migrations',
  'database/migrations',
  'src/db/migrations',
  'src/migrations',
  'sql/migrations',
  'drizzle',
  'src/drizzle',
  'sql',
  'changelog',
  'prisma/migrations',
];

/**
 * The folder of migrations: the one named, or the first of the usual places that is there.
 * @throws HarnessError `folder-missing` when none is there
 */
export function findMigrations(named: string | null): string {
  const found = named ?? usualPlaces.find((place) => existsSync(place));
  if (found !== undefined) return found;
  throw new HarnessError('folder-missing', `No migrations folder here; looked for ${usualPlaces.join(', ')}.`, {
    remedy: 'Name it: rowproof check path/to/migrations',
  });
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
