import { existsSync } from 'node:fs';
import { openFile } from '../database/connection.ts';
import { copyDatabase } from '../database/copy.ts';
import { type MigrateResult, migrate, readPending } from '../database/migrator.ts';
import { createWorkspace } from '../database/workspace.ts';
import { HarnessError } from '../errors.ts';
import type { History, Migration } from '../model/history.ts';
import type { Settings } from '../model/settings.ts';
import type { Project } from './project.ts';

/** What the migrator is asked. */
export interface MigrateRequest {
  /** The database, which is made when there is none. */
  readonly file: string;
  readonly to?: number | undefined;
  readonly at?: number | undefined;
  /** Read what is pending from a copy and change nothing; `applied` then lists what would be. */
  readonly dryRun?: boolean | undefined;
}

/**
 * Brings a database up to date with the built-in migrator.
 * @throws HarnessError when the file, its ledger or the history cannot be used.
 */
export async function migrateFile(
  { history, config }: Project,
  { file, to, at, dryRun = false }: MigrateRequest,
): Promise<MigrateResult> {
  if (config.settings.transaction !== 'per-migration') {
    throw new HarnessError(
      'unsupported',
      `The built-in migrator runs each migration in its own transaction, not ${config.settings.transaction}.`,
      {
        remedy: 'Leave `transaction` out, or migrate with the tool whose mode that is.',
      },
    );
  }
  if (!dryRun) return migrate(file, history, config.settings, { to, at, now: () => new Date().toISOString() });
  const pending = existsSync(file) ? await pendingOf(history, config.settings, file, at) : history.migrations;
  return { applied: pending.filter(({ version }) => to === undefined || version <= to), failed: null };
}

/** Reads the ledger from a copy, because opening a file in WAL mode, even to read, leaves files beside it. */
async function pendingOf(
  history: History,
  settings: Settings,
  file: string,
  at: number | undefined,
): Promise<readonly Migration[]> {
  const workspace = createWorkspace();
  try {
    const copy = workspace.path('copy.db');
    await copyDatabase(file, copy);
    const db = openFile(copy, settings, { mustExist: true });
    try {
      return readPending(db, file, history, at).pending;
    } finally {
      db.close();
    }
  } finally {
    workspace.dispose();
  }
}
