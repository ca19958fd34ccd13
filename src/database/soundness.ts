import type { Integrity } from '../model/settings.ts';
import { type Database, sqliteError } from './connection.ts';
import { damaged, isOfNewerFormat } from './damage.ts';

/** Lines that SQLite is asked for; those about rows may come first. */
const lineLimit = 200;

/**
 * The damage of the pages, the b-trees and the indexes of a database, in SQLite's words, which hold names and numbers
 * but no values; empty without damage. Rows that break a constraint are not damage: production may hold them for years.
 * Nor is a full-text index that lags behind its table.
 * @param integrity `quick` reads each page once (https://sqlite.org/pragma.html#pragma_quick_check); `full` compares
 * indexes with their tables too
 */
export function findDamage(db: Database, integrity: Integrity): string[] {
  const checked = db.pragma('ignore_check_constraints', { simple: true });
  // A CHECK may call what only the application registers, and is about rows anyway.
  db.pragma('ignore_check_constraints = ON');
  try {
    const check = integrity === 'full' ? 'integrity_check' : 'quick_check';
    const lines = db.prepare<[], string>(`PRAGMA main.${check}(${lineLimit})`).pluck().all();
    return lines.filter((line) => line !== 'ok' && !aboutRows.test(line));
  } catch (error) {
    const { code = '', message = '' } = sqliteError(error) ?? {};
    if (/^SQLITE_CORRUPT/.test(code)) return [message];
    // A function, collation or module that is not here: such parts cannot be judged.
    if (code === 'SQLITE_ERROR' && !isOfNewerFormat(message)) return [];
    throw error;
  } finally {
    db.pragma(`ignore_check_constraints = ${checked === 1 ? 'ON' : 'OFF'}`);
  }
}

/** https://sqlite.org/src/file/src/pragma.c, from "Generate code to report" on */
const aboutRows =
  /^(?:CHECK constraint failed in |NULL value in |(?:non-)?\w+ value in |(?:malformed inverted index|unable to validate the inverted index) for FTS)/;

/**
 * Refuses a database that is damaged, so that nothing is blamed on its rows.
 * @param shownAs the file in words
 * @throws HarnessError `database-damaged`
 */
export function refuseDamage(db: Database, shownAs: string, integrity: Integrity): void {
  const lines = findDamage(db, integrity);
  if (lines.length > 0) throw damaged(shownAs, lines);
}
