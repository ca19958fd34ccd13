import type { Database } from '../database/connection.ts';
import { readLedger } from '../database/ledger.ts';
import { HarnessError } from '../errors.ts';
import type { ProfiledFile } from '../model/profile.ts';

/** The facts that a connection does not know: they come from the user, or from the file before SQLite opened it. */
export type Given = Pick<ProfiledFile, 'at' | 'atId' | 'sqliteVersion' | 'pageFill'>;

const autoVacuums = ['none', 'full', 'incremental'] as const;

/** The facts of a database file about itself. */
export function readSource(db: Database, { at, atId, sqliteVersion, pageFill }: Given): ProfiledFile {
  const number = (pragma: string): number => Number(db.pragma(pragma, { simple: true }));
  return {
    ledgerVersion: ledgerVersion(db),
    at,
    ...(atId !== undefined && atId !== null && { atId }),
    userVersion: number('user_version'),
    applicationId: number('application_id'),
    sqliteVersion,
    pageSize: number('page_size'),
    pageCount: number('page_count'),
    freePages: number('freelist_count'),
    ...(pageFill !== undefined && { pageFill: pageFill === null ? null : Math.round(100 * pageFill) / 100 }),
    encoding: String(db.pragma('encoding', { simple: true })),
    journalMode: db.pragma('journal_mode', { simple: true }) === 'wal' ? 'wal' : 'rollback',
    autoVacuum: autoVacuums[number('auto_vacuum')] ?? 'none',
  };
}

/** A table of that name that rowproof did not make has no version. */
function ledgerVersion(db: Database): number | null {
  try {
    const versions = readLedger(db)?.map(({ version }) => version) ?? [];
    return versions.length === 0 ? null : Math.max(...versions);
  } catch (error) {
    if (error instanceof HarnessError) return null;
    throw error;
  }
}
