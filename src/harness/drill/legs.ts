import { existsSync } from 'node:fs';
import type { ResolvedConfig } from '../../config.ts';
import { openFile } from '../../database/connection.ts';
import type { Workspace } from '../../database/workspace.ts';
import { copyImage } from '../../drill/image.ts';
import type { Leg } from '../../drill/reference.ts';
import { HarnessError } from '../../errors.ts';
import type { Migration } from '../../model/history.ts';
import type { Settings } from '../../model/settings.ts';
import type { Project } from '../project.ts';
import { seedFile } from '../seed.ts';

/** The journal modes that a database may be in. https://sqlite.org/pragma.html#pragma_journal_mode */
const journals = [
  { name: 'rollback', pragma: 'journal_mode = DELETE' },
  { name: 'wal', pragma: 'journal_mode = WAL' },
] as const;

/** Smaller than usual, so that a few rows take many pages, each a place where a write can fail. */
const pageSize = 1024;

/**
 * The pending migrations of each leg: every migration by itself, and all from the first of them on as one deploy.
 * @param first the place of the first migration that is drilled.
 */
export function pendingOf(migrations: readonly Migration[], first: number): (readonly [Migration, ...Migration[]])[] {
  const drilled = migrations.filter(({ position, kind }) => position >= first && kind === 'sql');
  const single = drilled.map((migration): [Migration, ...Migration[]] => [migration]);
  const [start, ...rest] = drilled;
  return start === undefined || rest.length === 0 ? single : [...single, [start, ...rest]];
}

/**
 * Makes the databases of a leg, one in each journal mode, with the rows that a check would put in before its first
 * migration.
 * @returns none where the history cannot be brought there, which is told by `check`.
 */
export async function makeLegs(
  project: Project,
  pending: readonly [Migration, ...Migration[]],
  workspace: Workspace,
): Promise<Leg[]> {
  const [first] = pending;
  const last = pending.at(-1) ?? first;
  const name = pending.length === 1 ? first.name : `${first.name}..${last.name}`;
  const before = project.history.migrations[first.position - 2];
  const file = workspace.path(`seeded-${first.position}.db`);
  // A number 0 could mean a migration of that number.
  const history = before === undefined ? { ...project.history, migrations: [] } : project.history;
  // The programs are needed afterwards.
  const programs = project.programs === null ? null : { ...project.programs, dispose: () => {} };
  try {
    // The leg of the first migration alone starts from the same database.
    if (!existsSync(file)) await seedFile({ ...project, history, programs }, { file, at: before?.id });
  } catch (error) {
    if (error instanceof HarnessError && error.code === 'migration-failed') return [];
    throw error;
  }
  return journals.map((journal): Leg => {
    const template = workspace.path(`leg-${first.position}-${pending.length}-${journal.name}.db`);
    copyImage(file, template);
    setUp(template, project.config, journal.pragma);
    return { id: `${name}/${journal.name}`, template, pending, last };
  });
}

function setUp(file: string, { settings }: Pick<ResolvedConfig, 'settings'>, journal: string): void {
  const plain: Settings = { ...settings, lendsDatabases: false };
  const db = openFile(file, plain, { mustExist: true });
  try {
    db.pragma(`page_size = ${pageSize}`);
    db.exec('VACUUM');
    db.pragma(journal);
  } finally {
    db.close();
  }
}
