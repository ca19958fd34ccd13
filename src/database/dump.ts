import { HarnessError } from '../errors.ts';
import type { Settings } from '../model/settings.ts';
import { type StreamedStatement, streamStatements } from '../sql/statement-stream.ts';
import { type Database, fileError, isMachineFault, sqliteError } from './connection.ts';
import { runPermitted } from './guard/permit.ts';
import { openScratchFile } from './scratch-file.ts';

/**
 * Builds a database from a dump: SQL that makes it from nothing, such as `.dump` of the sqlite3 shell prints. Each
 * statement is guarded, as those of a base are.
 * @param target the path of the new database.
 * @param shownAs the dump in words.
 * @throws HarnessError `bad-dump` where a statement fails, or where the text ends too early; `statement-refused`,
 * `file-not-utf8`
 */
export async function buildFromDump(
  parts: AsyncIterable<Uint8Array>,
  target: string,
  settings: Settings,
  shownAs: string,
): Promise<void> {
  const db = openScratchFile(target, settings);
  try {
    // A dump fills children before parents.
    db.exec('PRAGMA foreign_keys = OFF; PRAGMA journal_mode = MEMORY');
    const run = (statements: readonly StreamedStatement[]): void => {
      for (const statement of statements) runStatement(db, statement, shownAs);
    };
    const stream = streamStatements();
    for await (const text of decode(parts, shownAs)) run(stream.add(text));
    run(stream.end());
    if (db.inTransaction) throw isCut(shownAs, 'ends inside a transaction');
    if (db.prepare('SELECT 1 FROM sqlite_schema').get() === undefined) throw isCut(shownAs, 'makes no table');
  } finally {
    db.close();
  }
}

function runStatement(db: Database, { sql, line, isOpen }: StreamedStatement, shownAs: string): void {
  try {
    runPermitted(db, sql, { file: shownAs, line });
  } catch (cause) {
    if (cause instanceof HarnessError || isMachineFault(cause)) throw cause;
    const message = sqliteError(cause)?.message;
    if (message === undefined) throw fileError(shownAs, cause);
    if (isOpen) throw isCut(shownAs, 'ends inside a statement', cause);
    throw new HarnessError('bad-dump', `${shownAs}:${line} cannot run: ${message}.`, {
      remedy: 'A dump must run on an empty database by itself. A backup file (VACUUM INTO) also holds virtual tables.',
      facts: { file: shownAs, line },
      cause,
    });
  }
}

async function* decode(parts: AsyncIterable<Uint8Array>, shownAs: string): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const read = (part?: Uint8Array): string => {
    const text = decodeWith(decoder, part, shownAs);
    // SQLite would read no further.
    if (text.includes('\0')) throw isCut(shownAs, 'holds a NUL');
    return text;
  };
  for await (const part of parts) yield read(part);
  yield read();
}

function decodeWith(decoder: InstanceType<typeof TextDecoder>, part: Uint8Array | undefined, shownAs: string): string {
  try {
    return part === undefined ? decoder.decode() : decoder.decode(part, { stream: true });
  } catch (cause) {
    throw new HarnessError('file-not-utf8', `${shownAs} is neither a SQLite database nor text in UTF-8.`, {
      remedy: 'Name a database file, or a dump in UTF-8.',
      facts: { file: shownAs },
      cause,
    });
  }
}

function isCut(shownAs: string, how: string, cause?: unknown): HarnessError {
  return new HarnessError('bad-dump', `${shownAs} ${how}, so it is no complete dump.`, {
    remedy: 'Make the dump again, and check that its command succeeded (in a shell: set -o pipefail).',
    facts: { file: shownAs },
    ...(cause !== undefined && { cause }),
  });
}
