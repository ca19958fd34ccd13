import { closeSync, openSync, readSync } from 'node:fs';
import type { ResolvedConfig } from '../config.ts';
import { fileError, machineError } from '../database/connection.ts';
import { copyDatabase } from '../database/copy.ts';
import { readPageFill } from '../database/page-fill.ts';
import { openScratchFile } from '../database/scratch-file.ts';
import { createWorkspace } from '../database/workspace.ts';
import { HarnessError } from '../errors.ts';
import { refuseSpecial } from '../files/regular.ts';
import type { MigrationRef } from '../model/history.ts';
import type { Profile, ProfiledFile, ProfileRequest } from '../model/profile.ts';
import type { Settings } from '../model/settings.ts';
import { captureProfile } from '../profile/capture.ts';
import { version } from '../version.ts';
import { asStep } from '../watch/activity.ts';
import { readSources } from './project.ts';
import { sealed } from './sealed.ts';

/**
 * Captures the shape of a production file from a private copy of it.
 * @throws HarnessError when the file or the folder of migrations cannot be used, or the request names what is not
 * there. No error quotes a row.
 */
export async function profileFile(config: ResolvedConfig, request: ProfileRequest): Promise<Profile> {
  return sealed(config.includeValues, () => capture(config, request));
}

async function capture(config: ResolvedConfig, request: ProfileRequest): Promise<Profile> {
  const { file, keepValues = [], keepKeys = [], atLeast = 5, progress = () => {} } = request;
  if (!(Number.isSafeInteger(atLeast) && atLeast >= 2)) throw tooFew(atLeast);
  const migrations = readMigrations(config);
  refuseSpecial(file, file, 'database-unreadable');
  // A copy that SQLite makes is written by the SQLite of this process.
  const sqliteVersion = readWriter(file);
  const workspace = createWorkspace();
  try {
    const copy = workspace.path('copy.db');
    progress(`copying ${file}`);
    await copyDatabase(file, copy, config.integrity);
    // Any engine reads a file, and node:sqlite cannot stand in for modules that are missing.
    const settings: Settings = { ...config.settings, engine: 'better-sqlite3', doubleQuotedStrings: false };
    const pageFill = readPageFill(copy);
    const db = openScratchFile(copy, settings, { mustExist: true });
    try {
      const capture = (): Profile =>
        captureProfile(db, {
          ...{
            rowproof: version,
            ...told(request.at),
            sqliteVersion,
            pageFill,
            atLeast,
            keepValues,
            keepKeys,
            migrations,
          },
          next: (table, position, total) => progress(`${position}/${total} ${table}`),
        });
      return asStep(`Reading the shape of ${file}`, capture);
    } finally {
      db.close();
    }
  } catch (error) {
    throw fileError(file, machineError(error, `The copy of ${file} cannot be read`));
  } finally {
    workspace.dispose();
  }
}

/** The value of `--at`, which need not occur in any folder: a number, or an id. */
function told(at: MigrationRef | undefined): Pick<ProfiledFile, 'at' | 'atId'> {
  if (at === undefined) return { at: null };
  const isNumber = /^\d+$/.test(String(at)) && Number.isSafeInteger(Number(at));
  return isNumber ? { at: Number(at) } : { at: null, atId: String(at) };
}

/** The SQL of the project. A capture needs no folder, so a folder that is not named need not be usable. */
function readMigrations(config: ResolvedConfig): string[] {
  try {
    const { history } = readSources(config);
    return history.migrations.flatMap(({ statements }) => statements.map(({ sql }) => sql));
  } catch (error) {
    if (config.migrations === null && error instanceof HarnessError) return [];
    throw error;
  }
}

/**
 * The version of the SQLite that wrote a file last, at byte 96 of its header; null where the header is not readable.
 * https://sqlite.org/fileformat2.html#the_database_header
 */
function readWriter(file: string): string | null {
  const header = Buffer.alloc(100);
  try {
    const descriptor = openSync(file, 'r');
    try {
      if (readSync(descriptor, header, 0, header.length, 0) < header.length) return null;
    } finally {
      closeSync(descriptor);
    }
  } catch {
    // The copy reports faults of the file.
    return null;
  }
  const number = header.readUInt32BE(96);
  return number === 0 ? null : [Math.trunc(number / 1e6), Math.trunc(number / 1e3) % 1e3, number % 1e3].join('.');
}

function tooFew(atLeast: number): HarnessError {
  return new HarnessError(
    'bad-flag',
    `--at-least ${atLeast}: a value that only one row holds would identify that row.`,
    {
      remedy: 'Give a whole number of at least 2; 5 is the default.',
      facts: { atLeast },
    },
  );
}
