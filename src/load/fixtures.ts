import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { HarnessError } from '../errors.ts';
import { type Named, readFileName } from '../identity/file-names.ts';
import { suggest } from '../identity/find.ts';
import { numberOf } from '../identity/number.ts';
import type { Fixture, Seed } from '../model/fixture.ts';
import type { History, Migration } from '../model/history.ts';
import { splitStatements } from '../sql/statements.ts';
import { type Ignored, ignoredAmong, isSqlFile } from './ignored.ts';
import { importDefault } from './module.ts';
import { readSqlText } from './text.ts';

const form = /^(.*)\.(?:sql|[cm]?[jt]s)$/is;

/** A file of hand-written rows on disk: SQL, or a program that has not run yet. */
export type SeedFile = Extract<Fixture, { kind: 'sql' }> | Omit<Extract<Fixture, { kind: 'module' }>, 'seed'>;

/**
 * Reads the hand-written rows of a folder: `.sql` files and TypeScript or JavaScript modules whose names begin with the
 * id or the number of the migration after which they go in. Modules without one are shared code and are ignored. No
 * module is run.
 * @returns them in the order in which they run: by migration, then by name.
 * @throws HarnessError `bad-seed`, `file-unreadable`, `file-not-utf8`, `folder-missing`
 */
export function listFixtures(directory: string, history: History): SeedFile[] {
  const listed = readNames(directory).flatMap((name): SeedFile[] => {
    const file = join(directory, name).replaceAll('\\', '/');
    const bare = /\.d\.[cm]?ts$/i.test(name) ? undefined : form.exec(name)?.[1];
    const named = bare === undefined ? null : readFileName(history.migrations, bare);
    if (named !== null && bare !== undefined) return [readSeedFile(file, migrationOf(file, bare, named, history))];
    if (isSqlFile(name)) throw unnamed(file, bare ?? name, history);
    return [];
  });
  return listed.sort((a, b) => a.position - b.position);
}

/**
 * Loads the programs among the files of hand-written rows.
 * @throws HarnessError `bad-seed` for one that cannot be loaded or exports no function.
 */
export async function importFixtures(files: readonly SeedFile[]): Promise<Fixture[]> {
  const fixtures: Fixture[] = [];
  // One after the other: the modules may depend on the order of loading.
  for (const seed of files) fixtures.push(seed.kind === 'sql' ? seed : { ...seed, seed: await importSeed(seed.file) });
  return fixtures;
}

/**
 * The entries of a folder of seeds or invariants that look like SQL but are not read.
 * @param read the folders below that are read
 * @throws HarnessError `folder-missing`
 */
export function ignoredIn(directory: string, read: readonly string[] = []): Ignored[] {
  const shown = (name: string): string => join(directory, name).replaceAll('\\', '/');
  const entries = readEntries(directory);
  const json = entries.filter((entry) => !entry.isDirectory() && /\.json$/i.test(entry.name));
  const unread = json
    .filter(({ name }) => !/(?:^|\.)profile\.json$/i.test(name))
    .map(({ name }) => ({ file: shown(name), reason: 'rows are read from .sql and .ts files' }));
  return [...ignoredAmong(directory, entries, shown, read), ...unread];
}

/** The file names of a folder, sorted. @throws HarnessError `folder-missing` */
export function readNames(directory: string): string[] {
  return readEntries(directory)
    .filter((entry) => !entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

function readEntries(directory: string): Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch (cause) {
    throw new HarnessError('folder-missing', `${directory} is not a folder that can be read.`, {
      remedy: 'Name the folder that holds the seeds, or leave it out.',
      facts: { directory },
      cause,
    });
  }
}

/** The migration that a name begins with; null, the base, for the number 0 where no migration has it. */
function migrationOf(file: string, name: string, { meant, number }: Named, { migrations }: History): Migration | null {
  const [first, second] = meant;
  if (first !== undefined && second !== undefined)
    throw badSeed(file, `it may mean ${first.name} or ${second.name}`, `Name it like ${second.name}.sql.`);
  if (first !== undefined) return first;
  if (number === 0n) return null;
  throw badSeed(file, `no migration has version ${number}`, suggest(migrations, name));
}

function readSeedFile(file: string, after: Migration | null): SeedFile {
  const [position, id, version] = after === null ? [0, null, 0] : [after.position, after.id, numberOf(after)];
  const place = { position, id, version, file };
  if (!isSqlFile(file)) return { kind: 'module', ...place };
  return { kind: 'sql', ...place, statements: splitStatements(readSqlText(file)) };
}

function unnamed(file: string, name: string, { migrations }: History): HarnessError {
  const isNumbered = migrations.every(({ id }) => /^\d+$/.test(id));
  const remedy = isNumbered ? 'Name it like 0003_name.sql.' : suggest(migrations, name);
  return badSeed(file, `its name does not begin with a version${isNumbered ? '' : ' or an id'}`, remedy);
}

async function importSeed(file: string): Promise<Seed> {
  const seed = await importDefault(file, file, 'bad-seed');
  if (isSeed(seed)) return seed;
  throw badSeed(
    file,
    'its default export is not a function',
    'Write `export default defineSeed(({ insert }) => { … })`.',
  );
}

function isSeed(value: unknown): value is Seed {
  return typeof value === 'function';
}

function badSeed(file: string, why: string, remedy: string): HarnessError {
  return new HarnessError('bad-seed', `${file} is not usable: ${why}.`, { remedy, facts: { file } });
}
