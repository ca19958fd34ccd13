import type { Snapshot } from '../database/snapshot.ts';
import type { Hazard } from '../model/hazard.ts';
import type { Migration, Statement } from '../model/history.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Schema } from '../model/schema.ts';
import { readLineage } from '../sql/lineage.ts';
import { foldName, sameName } from '../sql/quote.ts';
import { asStep } from '../watch/activity.ts';
import type { Application } from './application.ts';
import { applyStep } from './apply.ts';
import type { HazardDataset } from './hazard-dataset.ts';

/** A run of a step that stops because a row has no parent under a key that was declared all along. */
export interface StrayRun {
  readonly outcome: Outcome;
  /** The database before the step, the rows in it. */
  readonly snapshot: Snapshot;
  /** The rows that are to blame. */
  readonly hazards: readonly Hazard[];
}

/** How many runs of a step look for one key after the other. */
const runLimit = 4;

/**
 * Runs a step with rows that have no parent although a key is declared and enforced: they date from connections that did not
 * enforce it. They stand apart from other hazards, which they would hide, and each run leaves out what the runs before blamed.
 * @param base the database before the step, with plain rows alone.
 * @param plain what the step comes to on those.
 */
export function tryStrays(
  dataset: HazardDataset,
  step: Omit<Application, 'db' | 'snapshot' | 'before'>,
  base: Snapshot,
  plain: Outcome,
): StrayRun[] {
  const { settings, migration, from } = step;
  if (!settings.foreignKeys || plain.status !== 'applied' || !migration.statements.some(mayCheckAgain)) return [];
  const runs: StrayRun[] = [];
  let told: readonly Hazard[] = [];
  for (let i = 0; i < runLimit; i++) {
    const db = base.open(settings);
    try {
      const planted = asStep(`Making rows without parents for ${migration.name}`, () =>
        dataset.plantStrays(db, migration, from, told),
      );
      if (planted.length === 0) break;
      const snapshot = base.keep(db);
      const outcome = applyStep({ ...step, db, snapshot });
      if (outcome.status !== 'failed' || !isOfKeys(outcome.failure)) break;
      const blamed = blamedIn(planted, migration, outcome.failure.statement);
      runs.push({ outcome, snapshot, hazards: blamed });
      told = [...told, ...blamed];
    } finally {
      db.close();
    }
  }
  return runs;
}

/** Whether a migration checks declared keys of rows again that were there before it. */
export function checksKeysAgain({ statements }: Migration, { tables }: Schema): boolean {
  return tables.some(({ foreignKeys }) => foreignKeys.length > 0) && statements.some(mayCheckAgain);
}

/** Whether a statement puts rows in that were there before, takes parents away or asks for all keys. */
function mayCheckAgain({ head, sql }: Statement): boolean {
  if (head.verb === 'pragma') return /foreign_key_check/i.test(sql);
  return head.verb === 'drop-table' || ((head.verb === 'insert' || head.verb === 'replace') && head.sources.length > 0);
}

function isOfKeys({ code, at }: { readonly code: string; readonly at: string }): boolean {
  return /FOREIGNKEY/.test(code) || at === 'check';
}

/** The rows of tables that the statement names; all where it names none of them, or where no statement is to blame. */
function blamedIn(planted: readonly Hazard[], migration: Migration, index: number | null): readonly Hazard[] {
  const head = migration.statements.find((statement) => statement.index === index)?.head;
  if (head === undefined || index === null) return planted;
  const { nameAtStart } = readLineage(migration);
  const names = [head.target, ...head.sources].flatMap((name) =>
    name === null ? [] : [name, nameAtStart(name, index) ?? name],
  );
  const named = planted.filter(({ table }) => names.some((name) => sameName(name, table)));
  return named.length > 0 ? named : planted;
}

/** The identity of a key, for the rows that were reported. */
export function keyOfStray({ table, columns }: Pick<Hazard, 'table' | 'columns'>): string {
  return [table, ...columns].map(foldName).join('\0');
}
