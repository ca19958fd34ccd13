import { type Dirent, existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ResolvedConfig } from '../config.ts';
import { HarnessError } from '../errors.ts';

/** Where the tools keep their migrations, from the root of a package on. */
const usualPlaces = [
  'migrations',
  'db/migrations',
  'database/migrations',
  'src/db/migrations',
  'src/migrations',
  'sql/migrations',
  'drizzle',
  'src/drizzle',
  'prisma/migrations',
  'src-tauri/migrations',
  'sql',
  'changelog',
];

/** Folders whose folders are packages of their own, in a repository of several. */
const packagesIn = ['packages', 'apps', 'services', 'workers'];

/**
 * The folder of migrations: the one named, or the one usual place that holds any.
 * @throws HarnessError `folder-missing` when no place holds any, or when several do
 */
export function findMigrations(named: string | null): string {
  if (named !== null) return named;
  const packages = packagesIn.flatMap((folder) => foldersIn(folder).map((name) => `${folder}/${name}/`));
  const found = ['', ...packages].flatMap((root) => usualPlaces.map((place) => root + place)).filter(holdsMigrations);
  const [first] = found;
  if (first !== undefined && found.length === 1) return first;
  if (first !== undefined) {
    throw new HarnessError('folder-missing', `Several folders here hold migrations: ${found.join(', ')}.`, {
      remedy: `Name one: ${found.map((place) => `rowproof check ${place}`).join('; ')}`,
      facts: { places: found.join(', ') },
    });
  }
  throw new HarnessError('folder-missing', `No migrations folder here; looked for ${usualPlaces.join(', ')}.`, {
    remedy: 'Name it: rowproof check path/to/migrations',
  });
}

function foldersIn(folder: string): string[] {
  return entriesOf(folder)
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/** Whether a folder has a SQL file, or a numbered program, in it or one level below. */
function holdsMigrations(folder: string): boolean {
  return entriesOf(folder).some(
    (entry) =>
      /\.sql$|^\d.*\.\w+$/i.test(entry.name) ||
      (entry.isDirectory() && entriesOf(join(folder, entry.name)).some(({ name }) => /\.sql$/i.test(name))),
  );
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    // It is not there, or is none of ours to read.
    return [];
  }
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
