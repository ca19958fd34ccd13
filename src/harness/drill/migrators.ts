import { engineError, openFile } from '../../database/connection.ts';
import { execute, type Hooks } from '../../database/execute.ts';
import { entryOf, openLedger, recordApplied } from '../../database/ledger.ts';
import { migrate } from '../../database/migrator.ts';
import { readPending } from '../../database/plan.ts';
import type { Migrator, RunEnding, RunOptions } from '../../drill/migrator.ts';
import { HarnessError } from '../../errors.ts';
import type { History, Migration } from '../../model/history.ts';
import type { Settings } from '../../model/settings.ts';
import { hasPrograms } from '../programs.ts';
import type { ProjectSources } from '../project.ts';

/** The time of every entry in the ledger, so that two runs leave the same. */
const now = (): string => '2026-01-01T00:00:00.000Z';

/** The way in which a project's migrations are run in a drill. */
export type MigratorForm = 'own' | 'programs' | 'emulated' | 'command';

/** A migrator, how it is run here, and the tables in which it notes what is applied. */
export interface DrilledMigrator extends Pick<Migrator, 'title' | 'run' | 'isOpen'> {
  readonly form: MigratorForm;
  readonly ledger: readonly string[];
}

/** The migrator of a project whose migrations SQL or programs apply in this process. */
export function createMigrator({ history, config }: ProjectSources): DrilledMigrator {
  const { settings } = config;
  const { tool, title } = history.runner;
  if (hasPrograms(history) || history.migrations.some(({ program }) => program !== undefined)) {
    const run: Migrator['run'] = (file, to, options) => runPending(file, to, history, settings, options);
    return { form: 'programs', title, run, isOpen: true, ledger: settings.toolTables ?? [] };
  }
  if ((tool === 'plain' || tool === 'rowproof') && settings.transaction === 'per-migration') {
    const run: Migrator['run'] = (file, to, options) => runOwn(file, to, history, settings, options);
    return { form: 'own', title: 'rowproof migrate', run, isOpen: true, ledger: ['_migrations'] };
  }
  // The ledger of rowproof stands for that of the tool, written where the transaction of the tool ends.
  const emulated = { ...history, ledger: null };
  const run: Migrator['run'] = (file, to, options) => runPending(file, to, emulated, settings, options, noting);
  const isPlain = tool === 'plain' || tool === 'rowproof';
  const named = isPlain ? anonymous[settings.transaction] : title;
  return { form: 'emulated', title: named, run, isOpen: true, ledger: ['_migrations'] };
}

/** A migrator of which only the transactions are known. */
const anonymous: Readonly<Record<Settings['transaction'], string>> = {
  none: 'a migrator without transactions',
  'per-migration': 'a migrator with a transaction for each migration',
  'all-pending': 'a migrator with one transaction for all',
};

function runOwn(
  file: string,
  to: Migration,
  history: History,
  settings: Settings,
  options: RunOptions = {},
): RunEnding {
  const { drill, applied } = options;
  return endingOf(() => {
    const result = migrate(file, history, { ...settings, drill }, { to: to.id, now, applied });
    return result.failed === null ? null : result.failed.failure.message;
  });
}

/** The hooks that write the ledger for a migration. */
type Noting = (db: Parameters<typeof execute>[0], migration: Migration) => Hooks;

const noting: Noting = (db, migration) => ({
  committing: () => {
    openLedger(db);
    recordApplied(db, entryOf(migration), now());
  },
});

/** Runs what is pending, one migration after the other, on one connection as the tool does. */
function runPending(
  file: string,
  to: Migration,
  history: History,
  settings: Settings,
  { drill, applied }: RunOptions = {},
  hooksFor: Noting = () => ({}),
): RunEnding {
  const drilled = { ...settings, drill };
  return endingOf(() => {
    const db = openFile(file, drilled);
    try {
      const { pending } = readPending(db, file, history);
      for (const migration of pending.filter(({ position }) => position <= to.position)) {
        const failure = execute(db, migration, drilled, hooksFor(db, migration));
        if (failure !== null) return failure.message;
        applied?.(migration);
      }
      return null;
    } finally {
      db.close();
    }
  });
}

/** The ending of a run; an error of SQLite or of the ledger is the migrator's, and any other is a bug of ours. */
function endingOf(run: () => string | null): RunEnding {
  try {
    return { error: run() };
  } catch (error) {
    if (error instanceof HarnessError) return { error: error.message };
    const said = engineError(error);
    if (said === null) throw error;
    return { error: said.message };
  }
}
