import { HarnessError } from '../errors.ts';
import type { ErrorWords } from '../model/outcome.ts';
import { type Database, sqliteError } from './connection.ts';
import { judgeWords, missingPart } from './words.ts';

/** The result of reading rows: the value, or SQLite's error. */
export type ReadResult<T> = { readonly value: T } | { readonly words: ErrorWords; readonly cause: unknown };

/** Not of the rows: locks, disks, memory, damage and our own use of SQLite. */
const notOfTheRows =
  /^SQLITE_(?:BUSY|LOCKED|PROTOCOL|INTERRUPT|NOMEM|FULL|IOERR|CANTOPEN|READONLY|PERM|AUTH|CORRUPT|NOTADB|MISUSE)/;

/**
 * Runs `read`, which reads the user's rows: their values, or a function of the application, may stop it. @throws
 * HarnessError `function-missing` where the schema needs an unregistered part; SQLite's own error where neither rows
 * nor the schema are at fault; any error that is not SQLite's
 */
export function readRows<T>(db: Database, read: () => T): ReadResult<T> {
  try {
    return { value: read() };
  } catch (error) {
    const said = sqliteError(error);
    if (said === null || notOfTheRows.test(said.code)) throw error;
    const missing = missingPart(db, said, []);
    if (missing === null) return { words: judgeWords(db, said, []), cause: error };
    throw new HarnessError(
      'function-missing',
      `The schema uses the ${missing.kind} ${missing.name}, which is not registered.`,
      {
        remedy: 'Register what your application registers in connect(db) of rowproof.config.ts.',
        facts: { [missing.kind]: missing.name },
        cause: error,
        vetted: true,
      },
    );
  }
}

/**
 * Runs `read` where nothing sensible can be said without its result.
 * @param what what cannot be done then, as the subject of a sentence: `the rows of t`.
 * @throws HarnessError `rows-unreadable`, and those of `readRows`
 */
export function mustRead<T>(db: Database, what: string, read: () => T): T {
  const reading = readRows(db, read);
  if ('value' in reading) return reading.value;
  const { words, cause } = reading;
  throw new HarnessError('rows-unreadable', `${what} cannot be read: ${words.message}.`, {
    remedy: 'Find the row or the function that fails in SQLite, and correct it first.',
    facts: { sqliteCode: words.code },
    cause,
    vetted: words.harmless,
  });
}
