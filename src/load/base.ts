import { constants } from 'node:buffer';
import { HarnessError } from '../errors.ts';
import type { Base } from '../model/history.ts';
import { splitStatements } from '../sql/statements.ts';
import { isSqlFile } from './ignored.ts';
import { readSqlText } from './text.ts';

/**
 * Reads the start of version 0: the statements of a SQL file, or the name of a database.
 * @throws HarnessError `bad-base` for SQL without a statement, `file-unreadable`, `file-not-utf8`
 */
export function readBase(file: string): Base {
  if (!isSqlFile(file)) return { file, kind: 'database', statements: [] };
  // A dump holds data, so only Node's limit for strings applies.
  const statements = splitStatements(readSqlText(file, file, constants.MAX_STRING_LENGTH));
  if (statements.length > 0) return { file, kind: 'sql', statements };
  throw new HarnessError('bad-base', `${file} holds no SQL statement.`, {
    remedy: 'Name the file that version 0 starts from.',
    facts: { file },
  });
}
