import { dirname, join } from 'node:path';
import type { Migration } from '../model/history.ts';
import { type Journal, journalAskedFor } from '../sql/journal-mode.ts';
import { codeFiles, textOf } from './code-files.ts';
import type { Folder } from './folder.ts';

/**
 * The journal that the connections of a project have before its migrations run, where one of these asks for the write-ahead log: a
 * program sets it, so the same PRAGMA in a transaction of the migrator finds it set, and does nothing. Nothing is executed.
 * @returns undefined where no program says so. https://sqlite.org/pragma.html#pragma_journal_mode
 */
export function journalInCode(folder: Folder, migrations: readonly Migration[]): Journal | undefined {
  const asks = migrations.some(({ statements }) => statements.some(({ sql }) => journalAskedFor(sql) === 'wal'));
  const manifest = asks ? folder.above(/^(?:package\.json|Cargo\.toml|go\.mod)$/) : null;
  if (manifest === null) return undefined;
  const root = dirname(manifest.path);
  const setsWal = (program: string): boolean =>
    textOf(join(root, program))
      .split('\n')
      .some((line) => turnsOn.test(line) && !/^\s*(?:\/\/|\*|#|--)|:memory:/.test(line));
  return codeFiles(root).some(setsWal) ? 'wal' : undefined;
}

/** As a PRAGMA, in the address or the options of a connection, and as sqlx for Rust has it. */
const turnsOn = /journal(?:_?mode)?\b["'`]?\s*[=,(:]+\s*["'`]?(?:SqliteJournalMode::)?wal\b/i;
