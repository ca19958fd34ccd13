import { readPending } from '../database/plan.ts';
import { readCopy } from './on-copy.ts';
import type { Project } from './project.ts';
import { sealed } from './sealed.ts';

/**
 * A run that leaves out the migrations that a database file has, by its ledger. The file is opened read-only.
 * @param file null leaves the run unchanged.
 * @throws HarnessError `ledger-missing`, `ledger-foreign`, `ledger-ahead`, and those of a copy. No error quotes a row,
 * unless values may be shown.
 */
export async function withLedgerOf(project: Project, file: string | null): Promise<Project> {
  if (file === null) return project;
  const { history, config, applied } = project;
  try {
    const pending = await sealed(config.includeValues, () =>
      readCopy(file, config, (db) => new Set(readPending(db, file, history).pending.map(({ position }) => position))),
    );
    // A file that its tool skips for ever is left alone as well.
    const known = history.migrations.map(({ position }) => position).filter((position) => !pending.has(position));
    return { ...project, applied: new Set([...applied, ...known]), ledger: file };
  } catch (error) {
    project.programs?.dispose();
    throw error;
  }
}
