import type { Step } from '../apply/walk.ts';
import { forecastOf, type RowsOf } from '../cost/forecast.ts';
import { measureGrowth } from '../cost/growth.ts';
import { countLeniently } from '../cost/lenient.ts';
import { readPlans } from '../cost/repeated-reads.ts';
import { findSuspects, type Suspects } from '../cost/suspects.ts';
import { loadStepCounter } from '../database/step-counter.ts';
import type { DatasetRecipe } from '../datasets/recipe.ts';
import { withDifferences } from '../judge/added.ts';
import type { Judgement, JudgementTerms } from '../judge/judge.ts';
import type { Budgets, StepCost } from '../model/cost.ts';
import type { DatasetName, Side } from '../model/dataset.ts';
import type { Growth, Stake } from '../model/growth.ts';
import type { Note } from '../model/note.ts';
import { asStep, onDataset } from '../watch/activity.ts';
import { contentOf, hasOwnRows, sourcesOf } from './growth-samples.ts';

/** The migrations that are measured; one of a hundred needs it, so that only odd histories have more. */
const tries = 40;

/** The time that a statement may take without a budget, in milliseconds. */
const usualLimit = 60_000;

/** A forecast in milliseconds below which the rows of production rule a warning out. */
const harmless = 1_000;

/** The facts about production. */
export interface ProductionFacts {
  /** The rows of a table by a profile, by its name; null without one. */
  readonly rowsOf: RowsOf | null;
  /** The time that a statement may take there; a usual limit without one. */
  readonly budgets: Budgets;
}

/** Measures how the work of migrations grows with the rows. */
export interface GrowthWatch {
  /** Adds to a judgement what the step's statements cost with more rows. */
  readonly tell: (step: Step, judgement: Judgement, cost?: StepCost | null) => Promise<Judgement>;
  readonly notes: () => readonly Note[];
}

/** Starts to watch. @param datasets those of the run: a dataset that nobody asked for measures nothing. */
export function watchGrowth(
  recipe: DatasetRecipe,
  datasets: readonly DatasetName[],
  terms: JudgementTerms,
  { rowsOf, budgets }: ProductionFacts,
): GrowthWatch {
  const unmeasured: Unmeasured[] = [];
  const unconnected: Unmeasured[] = [];
  const { settings } = terms;
  const limit = budgets.lock ?? budgets.time ?? usualLimit;
  let left = tries;
  return {
    tell: async (step, judgement, cost = null) => {
      const { baseline, migration: written } = step;
      const empty = step.snapshots.get('empty');
      if (baseline.status !== 'applied' || empty === undefined || left === 0) return judgement;
      const migration = baseline.ran ?? written;
      if (migration.callsProgram === true || migration.program !== undefined) return judgement;
      const { before } = baseline;
      const look = (): Suspects | null => findSuspects(() => empty.open(settings), migration, settings, before.schema);
      const suspects = onDataset('empty', () => asStep(`Explaining ${migration.name}`, look));
      if (suspects === null) return judgement;
      left -= 1;
      const count = await loadStepCounter();
      if (count === null) {
        unmeasured.push({ migration: migration.name, statements: suspects.statements.length });
        return judgement;
      }
      const workload = { count: countLeniently(count), migration, settings };
      const { reads, unrun } = readPlans(workload, contentOf(empty, settings), suspects.statements);
      if (unrun.length > 0) unconnected.push({ migration: migration.name, statements: unrun.length });
      const material = { recipe, suspects, reads, before, settings };
      const stakeOf = (growth: Growth): Stake => {
        const took = cost?.statements.find(({ statement }) => statement === growth.statement)?.milliseconds ?? 0;
        return { forecast: forecastOf(growth, rowsOf), tooLong: took > limit ? took : null, limit };
      };
      const sides = datasets.flatMap((name): GrowthOnSide[] => {
        const measure = (): Growth[] =>
          sourcesOf(name, step, material).flatMap((samples) => measureGrowth(workload, samples, reads));
        const growths = onDataset(name, () => asStep(`Measuring ${migration.name} with more rows`, measure));
        const told = firstOf(growths)
          .map((growth) => ({ ...growth, ...stakeOf(growth) }))
          .filter((growth) => !dependsOnReality(growth) || hasOwnRows(name, step) || growth.tooLong !== null)
          .filter(({ forecast }) => forecast === null || forecast.milliseconds >= harmless);
        return told.length === 0 ? [] : [{ side: name, growths: told }];
      });
      return withDifferences(
        judgement,
        agreeing(sides).map(({ side, growths }) => ({
          ...{ migration, side },
          differences: growths.map((growth) => ({ kind: 'slow-growth' as const, ...growth })),
        })),
        terms,
      );
    },
    notes: () => [...noteOf('growth-unmeasured', unmeasured), ...noteOf('growth-needs-connect', unconnected)],
  };
}

/** The number of statements of a migration that were not measured. */
interface Unmeasured {
  readonly migration: string;
  readonly statements: number;
}

function noteOf(code: 'growth-unmeasured' | 'growth-needs-connect', all: readonly Unmeasured[]): Note[] {
  if (all.length === 0) return [];
  const statements = all.reduce((sum, each) => sum + each.statements, 0);
  return [{ code, facts: { statements, migrations: all.map(({ migration }) => migration) } }];
}

/** The statements of a migration whose work was measured to grow faster than the rows of a side. */
interface GrowthOnSide {
  readonly side: Side;
  readonly growths: readonly (Growth & Stake)[];
}

/**
 * Whether made-up rows cannot tell: nearly every schema has foreign keys without an index, and nobody knows how many parents a statement
 * touches; and how many rows share a key of an index is made up too, where no better index is left.
 */
function dependsOnReality({ byForeignKey, byLookup, index }: Growth): boolean {
  return byForeignKey || (byLookup && index === null);
}

/** One growth for each statement, which several tables may show. */
function firstOf(growths: readonly Growth[]): Growth[] {
  return growths.filter((growth, i) => growths.findIndex(({ statement }) => statement === growth.statement) === i);
}

/** The sides, so that all name the same table for a statement: the plan may name another one with other rows. */
function agreeing(sides: readonly GrowthOnSide[]): GrowthOnSide[] {
  const tables = new Map<number, Growth>();
  return sides.map(({ side, growths }) => ({
    side,
    growths: growths.map((growth) => {
      const first = tables.get(growth.statement) ?? growth;
      tables.set(growth.statement, first);
      return first.table === growth.table
        ? growth
        : { ...growth, table: first.table, plan: first.plan, index: first.index };
    }),
  }));
}
