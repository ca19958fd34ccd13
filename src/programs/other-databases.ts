import process from 'node:process';
import { HarnessError } from '../errors.ts';
import { beginsDatabase, readHeader } from '../files/database-header.ts';
import type { MigratorCommand } from '../model/tool.ts';
import { shellWords } from './shell-words.ts';

/** The database file that a word names, as a path or as a url; null where there is none. */
function databaseIn(word: string): string | null {
  const path = word.replace(/^(?:jdbc:)?(?:sqlite3?|file|libsql):(?:\/\/)?/i, '').replace(/[?#].*$/, '');
  // Three slashes are a path from the working directory for SQLAlchemy, and from the root for others.
  return [path, path.replace(/^\//, '')].find(isDatabase) ?? null;
}

function isDatabase(path: string): boolean {
  if (path === '') return false;
  try {
    return beginsDatabase(readHeader(path));
  } catch {
    // A command cannot work on a database here that cannot be read.
    return false;
  }
}

/**
 * Refuses a command that names a database of the project: it would be migrated there, and not on the scratch copy.
 * @throws HarnessError `bad-programs`
 */
export function refuseOtherDatabases({ up, list, env }: MigratorCommand): void {
  const fill = (text: string): string => text.replaceAll('{project}', process.cwd());
  const words = [...[up, list ?? ''].flatMap((command) => shellWords(fill(command))), ...Object.values(env).map(fill)];
  for (const word of words) {
    const path = databaseIn(word);
    if (path === null) continue;
    throw new HarnessError('bad-programs', `The migrator names the database ${path}, and would change it.`, {
      remedy: 'Write {file} in its place: it stands for the scratch database of the step.',
      facts: { file: path },
    });
  }
}

/** The environment of a command without the variables that name a database: a tool would take that one without being told. */
export function environmentWithoutDatabases(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([, value]) => value === undefined || databaseIn(value) === null),
  );
}
