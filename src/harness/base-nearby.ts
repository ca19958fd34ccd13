import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isSqlFile } from '../load/ignored.ts';
import { readSqlText } from '../load/text.ts';
import type { Finding } from '../model/finding.ts';
import type { History } from '../model/history.ts';
import type { Note } from '../model/note.ts';
import { sameName } from '../sql/quote.ts';
import { splitStatements } from '../sql/statements.ts';

/** How many files of a folder are read. */
const mostFiles = 20;

/**
 * Where the first migrations need a table that none of them makes, the file beside or above their folder that makes it: many
 * projects keep the first tables in a `schema.sql`. None where a base is given.
 */
export function noteBaseNearby({ base, directory }: History, findings: readonly Finding[]): Note[] {
  const table = findings
    .map(({ code, message }) =>
      code === 'fails-on-empty' ? /^no such table: (?:main\.)?(.+)$/.exec(message)?.[1] : undefined,
    )
    .find((name) => name !== undefined);
  if (base !== null || table === undefined) return [];
  const file = sqlFilesNear(directory).find((each) => makes(each, table));
  return file === undefined ? [] : [{ code: 'base-nearby', facts: { table, file } }];
}

/** The SQL files in the folder above the migrations, and in the one above that, if both are in one repository. */
function sqlFilesNear(directory: string): string[] {
  const above = join(directory, '..');
  const folders = existsSync(join(above, '.git')) ? [above] : [above, join(above, '..')];
  return folders.flatMap((folder) =>
    namesIn(folder)
      .filter(isSqlFile)
      .slice(0, mostFiles)
      .map((name) => join(folder, name).replaceAll('\\', '/')),
  );
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

function makes(file: string, table: string): boolean {
  try {
    return splitStatements(readSqlText(file)).some(
      ({ head }) => head.verb === 'create-table' && head.target !== null && sameName(head.target, table),
    );
  } catch {
    // A file that is no text makes no table.
    return false;
  }
}
