import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { type MigrateOptions, type MigrateResult, migrate } from '../../src/database/migrator.ts';
import { HarnessError } from '../../src/errors.ts';
import type { Settings } from '../../src/model/settings.ts';
import { readHistory } from '../../src/tools/history.ts';
import { buildSettings } from '../build.ts';
import { folderWith } from '../temporary.ts';

/** When every migration of these tests is applied. */
export const noon = '2026-06-01T12:00:00.000Z';

/** A project on disk: a folder of migrations and a path for its database. */
export interface Project {
  readonly directory: string;
  readonly file: string;
  write(name: string, sql: string): void;
  remove(name: string): void;
  migrate(options?: Partial<MigrateOptions>, settings?: Partial<Settings>): MigrateResult;
}

/** Makes a project with the given migrations, by the name of their files. There is no database yet. */
export function project(migrations: Readonly<Record<string, string>>, database = 'app.db'): Project {
  const directory = folderWith(migrations);
  const file = join(folderWith(), database);
  return {
    directory,
    file,
    write: (name, sql) => writeFileSync(join(directory, name), sql),
    remove: (name) => rmSync(join(directory, name)),
    migrate: (options, settings) =>
      migrate(file, readHistory(directory), buildSettings(settings), { now: () => noon, ...options }),
  };
}

/** The names of the migrations that a run applied. It is an error when one failed. */
export function appliedBy({ applied, failed }: MigrateResult): string[] {
  if (failed !== null) throw new Error(`${failed.migration.name}: ${failed.failure.message}`);
  return applied.map(({ name }) => name);
}

/** Runs statements on a connection of another program, as SQLite's library opens it: foreign keys are off. */
export function run(file: string, sql: string): void {
  const db = new Sqlite(file);
  try {
    db.exec(`PRAGMA foreign_keys = OFF; ${sql}`);
  } finally {
    db.close();
  }
}

/** The rows of a query, each an array of its values. */
export function rows(file: string, sql: string): unknown[] {
  const db = new Sqlite(file, { fileMustExist: true });
  try {
    return db.prepare(sql).raw().all();
  } finally {
    db.close();
  }
}

/** The files of the folder of a database, each with a hash of its content. */
export function fingerprint(file: string): Record<string, string> {
  const folder = dirname(file);
  const hash = (name: string): string =>
    createHash('sha256')
      .update(readFileSync(join(folder, name)))
      .digest('hex');
  return Object.fromEntries(readdirSync(folder).map((name) => [name, hash(name)]));
}

/** The HarnessError that `work` ends with; it is an error when it ends with none. */
export function refusal(work: () => unknown): HarnessError {
  try {
    work();
  } catch (error) {
    if (error instanceof HarnessError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
