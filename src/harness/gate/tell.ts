import { compareDrift, compareHeads } from '../../compare/compare.ts';
import type { DatasetRecipe } from '../../datasets/recipe.ts';
import { assumptionText } from '../../directives/assumptions.ts';
import { explain } from '../../explain/explain.ts';
import { explainLedger } from '../../explain/ledger.ts';
import { explainAssumption } from '../../explain/rules/invariant-broken/assumption.ts';
import { upgradeDiffers } from '../../explain/rules/upgrade-differs/rule.ts';
import type { RehearsalStep } from '../../gate/rehearsal.ts';
import { numberOf } from '../../identity/number.ts';
import { watchDeploy } from '../../judge/deploy.ts';
import { type JudgementTerms, judgeStep } from '../../judge/judge.ts';
import type { Budgets } from '../../model/cost.ts';
import type { History, Migration, MigrationRef } from '../../model/history.ts';
import type { LedgerReading } from '../../model/ledger.ts';
import type { Report } from '../../model/report.ts';
import { watchGrowth } from '../growth.ts';
import type { RunRecord } from '../record.ts';
import type { Reproducer } from '../reproductions.ts';
import type { Corrections } from './corrections.ts';
import { watchCosts } from './costs.ts';

/** The inputs of telling. */
export interface Telling {
  readonly history: History;
  readonly terms: JudgementTerms;
  readonly budgets: Budgets;
  /** The recipe for rows, where the copy has too many to measure growth on it. */
  readonly recipe: DatasetRecipe;
  readonly record: RunRecord;
  readonly reproducer: Reproducer;
  readonly corrections: Corrections;
  /** The production file, as given. */
  readonly file: string;
  /** The place where its user says that it stands. */
  readonly at: MigrationRef | undefined;
}

/** Records a rehearsal, step by step. */
export interface Teller {
  readonly tell: (event: RehearsalStep) => Promise<void>;
  /** Adds the findings of the deploy as a whole and ends the report; called once, after the last step. */
  readonly end: () => Report;
}

/** Starts to record a rehearsal; its steps are judged as they come. */
export function createTeller(telling: Telling): Teller {
  const { history, terms, budgets, recipe, record, reproducer, corrections, file, at } = telling;
  let about: Report['gate'] = null;
  let pending: readonly Migration[] = [];
  let deploy = watchDeploy([], terms);
  const costs = watchCosts(terms, budgets);
  const growth = watchGrowth(recipe, ['copy'], terms, { rowsOf: null, budgets });
  return {
    tell: async (event) => {
      switch (event.kind) {
        case 'ledger':
          pending = event.reading.pending;
          corrections.begin(event.reading.position);
          deploy = watchDeploy(pending, terms);
          about = describeLedger(file, history, event.reading);
          record.found(event.reading.problems.map((problem) => explainLedger(problem, history.runner)));
          return;
        case 'assumption': {
          const { directive, migration, table } = event.assumed;
          const broken = { text: assumptionText(directive), line: directive.line, table, rows: event.rows };
          record.found([explainAssumption(broken, { migration, side: 'copy' })]);
          return;
        }
        case 'drift': {
          const drift = compareDrift(event.migration, event.baseline, event.production);
          const { findings } = explain([drift], terms, history.runner);
          record.found(
            at === undefined ? findings : findings.map((each) => ({ ...each, why: `${notThere(at)} ${each.why}` })),
          );
          return;
        }
        case 'head': {
          const objects = compareHeads(event.before, event.after);
          const last = pending.at(-1);
          if (objects.length > 0 && last !== undefined) record.found([upgradeDiffers(last, objects)]);
          return;
        }
        case 'step': {
          const { step } = event;
          const judgement = corrections.tell(step, reproducer.tell(step, judgeStep(step, terms), terms));
          const told = costs.tell(step.migration, event.cost, deploy.tell(step, judgement));
          record.step(step.migration, await growth.tell(step, told, event.cost));
        }
      }
    },
    end: () => {
      record.found(deploy.only());
      for (const note of growth.notes()) record.note(note);
      const cost = costs.cost();
      return { ...record.report(pending, about), ...(cost !== null && { cost }) };
    },
  };
}

/** A database without a ledger is where somebody says that it is. */
function notThere(at: MigrationRef): string {
  return `Either --at ${at} is not the last migration of this database, or the following holds.`;
}

function describeLedger(file: string, { migrations }: History, reading: LedgerReading): Report['gate'] {
  const { version, position, pending } = reading;
  const last = migrations[position - 1];
  // A row of the ledger may be newer than the last file below it.
  const isThere = last !== undefined && numberOf(last) === version;
  return { file, version, position, id: last?.id ?? null, name: isThere ? last.name : null, pending: pending.length };
}
