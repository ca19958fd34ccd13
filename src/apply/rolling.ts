import { type Database, openMemory } from '../database/connection.ts';
import type { OnFiles } from '../database/on-files.ts';
import { revisionOf } from '../database/revision.ts';
import type { Snapshot } from '../database/snapshot.ts';
import type { Outcome, State } from '../model/outcome.ts';
import type { Settings } from '../model/settings.ts';
import type { Application } from './application.ts';
import { applyStep } from './apply.ts';
import type { Dataset } from './dataset.ts';
import { carryRows } from './restart.ts';

/** A database that keeps its rows from step to step, so that they grow old as in production. */
export interface Rolling {
  db: Database;
  restarted: boolean;
  /** Its state after the last step, and what `revisionOf` said then. */
  known: { readonly state: State; readonly revision: string } | null;
}

/** A rolling database with the maker of its rows. */
export interface Candidate extends Rolling {
  /** Where it lies; null for memory. */
  readonly files: OnFiles | null;
  /** All datasets that have its rows; the first makes them. */
  readonly datasets: readonly [Dataset, ...Dataset[]];
}

/** Datasets in groups that share a database: those with the rows of another one stand beside it. */
export function sharing(datasets: readonly Dataset[]): (readonly [Dataset, ...Dataset[]])[] {
  const isShared = ({ rowsOf }: Dataset): boolean => datasets.some(({ name }) => name === rowsOf);
  return datasets
    .filter((dataset) => !isShared(dataset))
    .map((first) => [first, ...datasets.filter(({ rowsOf }) => rowsOf === first.name)]);
}

/** Starts a candidate. @param base a database with the base alone. */
export function startCandidate(base: Database, datasets: Candidate['datasets'], files: OnFiles): Candidate {
  const [{ name, isLarge }] = datasets;
  if (isLarge !== true) return { ...roll(base), datasets, files: null };
  const db = files.open(name, base.serialize());
  base.close();
  return { ...roll(db), datasets, files };
}

/** A database that has made no step yet. */
export function roll(db: Database): Rolling {
  return { db, restarted: false, known: null };
}

/** The state of a database where nothing was changed since the last step. */
export function knownState({ db, known }: Rolling): State | null {
  return known !== null && known.revision === revisionOf(db) ? known.state : null;
}

/** Applies a step to a database, whose state is read only where it is not known. @throws HarnessError as `applyStep` */
export function applyTo(rolling: Rolling, step: Omit<Application, 'db' | 'before'>): Outcome {
  const before = knownState(rolling);
  const outcome = applyStep({ ...step, db: rolling.db, ...(before && { before }) });
  rolling.known = outcome.status === 'applied' ? { state: outcome.after, revision: revisionOf(rolling.db) } : null;
  return outcome;
}

/** Goes on with another database. The old one is closed last, for the new one may be told from it. */
export function renew(rolling: Rolling, db: Database): void {
  rolling.db.close();
  rolling.db = db;
  rolling.known = null;
}

/**
 * Replaces a database on which a step failed.
 * @param bytes the database without rows after the step.
 * @param lost the candidate before the step.
 */
export function replace(candidate: Candidate, bytes: Buffer, lost: Snapshot, settings: Settings): void {
  const [{ name, carriesOver }] = candidate.datasets;
  const db = candidate.files === null ? openMemory(settings, bytes) : candidate.files.open(name, bytes);
  if (carriesOver) carryRows(db, lost, settings);
  renew(candidate, db);
  candidate.restarted = true;
}
