import type { Settings } from '../../model/settings.ts';
import { readHead } from '../../sql/heads.ts';
import { onlyReads } from '../../sql/reading.ts';
import { significantTokens } from '../../sql/tokens.ts';
import { type Database, openMemory } from '../connection.ts';
import { runPermitted } from '../guard/permit.ts';
import { snapshotMemory } from '../snapshot.ts';

/** Bytes of a database up to which logged statements are tried. */
const limit = 64 * 1024 * 1024;

/** Whether a database is larger than that. https://sqlite.org/pragma.html#pragma_page_count */
export function isBeyondLog(db: Database): boolean {
  return Number(db.pragma('page_count', { simple: true })) * Number(db.pragma('page_size', { simple: true })) > limit;
}

const wrapping: ReadonlySet<string> = new Set(['begin', 'commit', 'rollback', 'savepoint', 'release']);

/**
 * The form in which logged statements make of one database what a process made of it, with foreign keys on or off and with the
 * transactions that the log names or without: a log does not tell what a driver does by itself. Null where no form does, because
 * the log lacks statements or values.
 * @param hasFailed whether the process failed, so that a statement has to.
 */
export function formOfLog(
  before: Buffer,
  after: Buffer,
  logged: readonly string[],
  hasFailed: boolean,
  settings: Settings,
): readonly string[] | null {
  if (logged.length === 0 || after.length > limit || logged.some(lacksValues)) return null;
  const { lendsDatabases: _, ...own } = settings;
  // SQLite tells its trace of a DROP TABLE again for the rows that refer to it. https://sqlite.org/c3ref/c_trace.html
  const once = logged.filter((sql, place) => sql !== logged[place - 1]);
  const texts = once.length < logged.length ? [logged, once] : [logged];
  const withoutTransactions = texts.map((each) => each.filter((sql) => !wrapping.has(readHead(sql).verb)));
  const other = `PRAGMA foreign_keys = ${settings.foreignKeys ? 'OFF' : 'ON'}`;
  const forms = [...texts, ...withoutTransactions].flatMap((each) => [each, [other, ...each]]);
  return forms.find((form) => makes(before, after, form, hasFailed, own)) ?? null;
}

/** A parameter without its value is NULL here, which it was not. */
function lacksValues(sql: string): boolean {
  return !onlyReads(sql, readHead(sql)) && significantTokens(sql).some(({ text }) => text === '?');
}

function makes(
  before: Buffer,
  after: Buffer,
  statements: readonly string[],
  hasFailed: boolean,
  settings: Settings,
): boolean {
  const db = openMemory(settings, before);
  try {
    if (runAll(db, statements) === hasFailed) return false;
    if (db.inTransaction) db.exec('ROLLBACK');
    const made = snapshotMemory(db);
    const real = openMemory(settings, after);
    try {
      const ledgers = (settings.toolTables ?? []).map((table) => `changed rows of ${table}`);
      return made.differences(real, settings).every((difference) => ledgers.includes(difference));
    } finally {
      real.close();
    }
  } finally {
    db.close();
  }
}

/** Whether all of them ran. */
function runAll(db: Database, statements: readonly string[]): boolean {
  try {
    for (const sql of statements) runPermitted(db, sql, { file: 'the log of the migrator', line: null });
    return true;
  } catch {
    // A text that is no statement, and one that is refused, tell nothing either.
    return false;
  }
}
