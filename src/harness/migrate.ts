import { existsSync } from 'node:fs';
import { type MigrateResult, migrate } from '../database/migrator.ts';
import { plan, planNew } from '../database/plan.ts';
import { HarnessError } from '../errors.ts';
import type { Fault } from '../model/fault.ts';
import type { History, Migration } from '../model/history.ts';
import type { MigrateRequest } from '../model/request.ts';
import { withoutWords } from '../sql/messages.ts';
import { readCopy } from './on-copy.ts';
import type { ProjectSources } from './project.ts';
import { rowsInTheWay } from './rows-in-the-way.ts';
import { sealed } from './sealed.ts';

/** The result of a migration, and the rows on which it failed; null where it did not, or where nobody can tell them. */
export interface MigrateOutcome extends MigrateResult {
  readonly inTheWay: Fault | null;
}

/**
 * Brings a database up to date with the built-in migrator.
 * @param applied called after each migration that was applied, which a later error does not undo.
 * @throws HarnessError when the file, its ledger or the history cannot be used. Unless values may be shown, neither an
 * error nor the message of a failure quotes a row.
 */
export async function migrateFile(
  sources: ProjectSources,
  request: MigrateRequest,
  applied?: (migration: Migration) => void,
): Promise<MigrateOutcome> {
  const { config } = sources;
  const { includeValues } = config;
  const result = await sealed(includeValues, () => run(sources, request, applied));
  if (result.failed === null) return { ...result, inTheWay: null };
  const { migration, failure } = result.failed;
  const inTheWay = await sealed(includeValues, () => rowsInTheWay(request.file, migration, failure, config));
  if (includeValues || failure.harmless) return { ...result, inTheWay };
  return { ...result, failed: { migration, failure: { ...failure, message: withoutWords(failure) } }, inTheWay };
}

async function run(
  { history: read, config }: ProjectSources,
  { file, dryRun = false, ...range }: MigrateRequest,
  applied?: (migration: Migration) => void,
): Promise<MigrateResult> {
  const { settings } = config;
  const history = asOurs(read);
  const { runner } = history;
  if (runner.tool !== 'plain' && runner.tool !== 'rowproof') {
    throw new HarnessError(
      'unsupported',
      `${history.directory} is a folder of ${runner.title}, which keeps a ledger of its own.`,
      {
        remedy: `Migrate with ${runner.title}.`,
        facts: { directory: history.directory, tool: runner.tool },
      },
    );
  }
  if (settings.transaction !== 'per-migration') {
    throw new HarnessError(
      'unsupported',
      `The built-in migrator runs each migration in its own transaction, not ${settings.transaction}.`,
      {
        remedy: 'Leave `transaction` out, or migrate with the tool that uses this mode.',
      },
    );
  }
  if (!dryRun)
    return migrate(file, history, settings, {
      ...range,
      applied,
      integrity: config.integrity,
      now: () => new Date().toISOString(),
    });
  const wanted = existsSync(file)
    ? await readCopy(file, config, (db) => plan(db, file, history, range))
    : planNew(file, history, settings, range);
  return { applied: wanted, failed: null };
}

/** The history as the built-in migrator runs it: what another runner switches off before a file has no part in it. */
function asOurs(history: History): History {
  const migrations = history.migrations.map((migration): Migration => {
    const { keysOffBy, settings: _theirs, ...own } = migration;
    return keysOffBy === undefined ? migration : own;
  });
  return { ...history, migrations };
}
