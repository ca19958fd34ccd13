import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { HarnessError } from '../errors.ts';
import type { Fixture, Seed } from '../model/fixture.ts';
import type { History } from '../model/history.ts';
import { splitStatements } from '../sql/statements.ts';
import { type Ignored, ignoredAmong, isSqlFile } from './ignored.ts';
import { importDefault } from './module.ts';
import { readSqlText } from './text.ts';

const numbered = /^(\d+)\D?.*\.(sql|[cm]?[jt]s)$/is;

/** A file of hand-written rows as it stands on disk: SQL, or a program that is not run yet. */
export type SeedFile = Extract<Fixture, { kind: 'sql' }> | Omit<Extract<Fixture, { kind: 'module' }>, 'seed'>;

/**
 * Reads the hand-written rows of a folder: `.sql` files and TypeScript or JavaScript modules whose names begin with the
 * version after which they go in. Modules without a number are code that seeds share and are left alone. No module is run.
 * @returns them in the order in which they run: by version, then by name.
 * @throws HarnessError `bad-seed`, `file-unreadable`, `file-not-utf8`, `folder-missing`
 */
export function listFixtures(directory: string, history: History): SeedFile[] {
  const listed = readNames(directory).flatMap((name): SeedFile[] => {
    const file = join(directory, name).replaceAll('\\', '/');
    const match = /\.d\.[cm]?ts$/i.test(name) ? null : numbered.exec(name);
    if (match !== null) return [readSeedFile(file, Number(match[1]), history)];
    if (isSqlFile(name)) throw badSeed(file, 'its name does not begin with a version', 'Name it like 0003_name.sql.');
    return [];
  });
  return listed.sort((a, b) => a.version - b.version);
}

/**
 * Loads the programs among the files of hand-written rows.
 * @throws HarnessError `bad-seed` for one that cannot be loaded or exports no function.
 */
export async function importFixtures(files: readonly SeedFile[]): Promise<Fixture[]> {
  const fixtures: Fixture[] = [];
  // One after the other: the order in which modules are loaded may matter to them.
  for (const seed of files) fixtures.push(seed.kind === 'sql' ? seed : { ...seed, seed: await importSeed(seed.file) });
  return fixtures;
}

/**
 * What in a folder of seeds or invariants looks like SQL and is not read.
 * @param read the folders below that are read
 * @throws HarnessError `folder-missing`
 */
export function ignoredIn(directory: string, read: readonly string[] = []): Ignored[] {
  const shown = (name: string): string => join(directory, name).replaceAll('\\', '/');
  return ignoredAmong(directory, readEntries(directory), shown, read);
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

function readSeedFile(file: string, version: number, history: History): SeedFile {
  if (version !== 0 && !history.migrations.some((migration) => migration.version === version)) {
    const versions = history.migrations.map((migration) => migration.version);
    throw badSeed(
      file,
      `no migration has version ${version}`,
      `The versions of ${history.directory} go from ${versions[0]} to ${versions.at(-1)}.`,
    );
  }
  if (!isSqlFile(file)) return { kind: 'module', version, file };
  return { kind: 'sql', version, file, statements: splitStatements(readSqlText(file)) };
}

async function importSeed(file: string): Promise<Seed> {
  const seed = await importDefault(file, file, 'bad-seed');
  if (isSeed(seed)) return seed;
  throw badSeed(file, 'its default export is no function', 'Write `export default defineSeed(({ insert }) => { … })`.');
}

function isSeed(value: unknown): value is Seed {
  return typeof value === 'function';
}

function badSeed(file: string, why: string, remedy: string): HarnessError {
  return new HarnessError('bad-seed', `${file} is not usable: ${why}.`, { remedy, facts: { file } });
}
