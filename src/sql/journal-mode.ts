import type { Migration } from '../model/history.ts';
import { foldName, unquote } from './quote.ts';
import { readWords } from './words.ts';

/** Whether a database keeps a write-ahead log, which is part of its file, or a rollback journal of any kind. */
export type Journal = NonNullable<Migration['journal']>;

const modes: ReadonlyMap<string, Journal> = new Map([
  ['wal', 'wal'],
  ['delete', 'rollback'],
  ['truncate', 'rollback'],
  ['persist', 'rollback'],
  ['memory', 'rollback'],
]);

/**
 * The journal that `PRAGMA [schema.]journal_mode = …` asks for; null for other statements, for a question, and for `off`,
 * which the defensive mode of the engines ignores. https://sqlite.org/pragma.html#pragma_journal_mode
 */
export function journalAskedFor(sql: string): Journal | null {
  const [pragma, ...rest] = readWords(sql).filter(({ text }) => text !== ';');
  if (pragma?.key !== 'PRAGMA') return null;
  const words = (rest[1]?.text === '.' ? rest.slice(2) : rest).map(({ text }) => foldName(unquote(text)));
  const [name, sign, mode = ''] = words;
  return name === 'journal_mode' && (sign === '=' || sign === '(') ? (modes.get(mode) ?? null) : null;
}

/**
 * Says of each migration which journal the file has when it runs, where that is known: an earlier migration has set it, and
 * would have failed if it could not.
 * @param start the journal before the first, where it is known.
 */
export function withJournals(migrations: readonly Migration[], start?: Journal): Migration[] {
  let journal = start;
  return migrations.map((migration) => {
    const known = journal === undefined ? migration : { ...migration, journal };
    for (const { sql } of migration.statements) journal = journalAskedFor(sql) ?? journal;
    return known;
  });
}
