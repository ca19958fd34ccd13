import type { Step } from '../apply/walk.ts';
import { excessesOfForecast, totalForecast } from '../cost/budgets.ts';
import { type SampleRun, watchRun } from '../cost/sample-run.ts';
import { forecastStep } from '../cost/step-forecast.ts';
import { isWrapped } from '../database/execute.ts';
import { loadStepCounter } from '../database/step-counter.ts';
import type { ProfileMaterial } from '../datasets/profile.ts';
import type { Recipe } from '../datasets/recipe.ts';
import { withDifferences } from '../judge/added.ts';
import type { Judgement, Terms } from '../judge/judge.ts';
import type { Budgets, CostForecast, StepForecast } from '../model/cost.ts';
import type { Migration } from '../model/history.ts';
import type { ForecastObstacle, Note } from '../model/note.ts';
import { asStep, onDataset } from '../watch/activity.ts';
import { type ShrunkDatabases, shrinkProfile } from './forecast-samples.ts';

/** The migrations with a forecast; those that are not applied yet are few. */
const tries = 40;

/** The steps that a migration may take on one size: about a second. */
const allowed = 60_000_000;

/** Forecasts what migrations cost in production, by its profile. */
export interface ForecastWatch {
  /** Adds to a judgement the budgets that the forecast exceeds from its migration on. */
  readonly tell: (step: Step, judgement: Judgement) => Promise<Judgement>;
  /** Null where nothing was forecast. */
  readonly forecast: () => CostForecast | null;
  readonly notes: () => readonly Note[];
  readonly dispose: () => void;
}

/** The watch of a run without a profile. */
export const noForecast: ForecastWatch = {
  tell: async (_step, judgement) => judgement,
  forecast: () => null,
  notes: () => [],
  dispose: () => {},
};

/** Starts to forecast. */
export function watchForecast(
  recipe: Recipe,
  material: ProfileMaterial,
  terms: Terms,
  budgets: Budgets,
): ForecastWatch {
  const { settings } = terms;
  const { source, tables } = material.profile;
  const largest = tables.toSorted((one, other) => other.rows - one.rows)[0];
  const obstacles = new Map<ForecastObstacle, string[]>();
  const steps: StepForecast[] = [];
  const told = new Set<keyof Budgets>();
  const sizes: number[] = [];
  let databases: ShrunkDatabases | null = null;
  let isOver = false;
  let bytes = source.pageSize * source.pageCount;

  const leaveOut = ({ name }: Migration, reason: ForecastObstacle): void => {
    obstacles.set(reason, [...(obstacles.get(reason) ?? []), name]);
  };
  const total = (): CostForecast['total'] => totalForecast(steps, settings.transaction === 'all-pending');
  const end = (): void => {
    databases?.close();
    isOver = true;
  };

  /** The forecast for a step; null where it has none, and the reason is noted. */
  const measure = async (step: Step, migration: Migration, at: ShrunkDatabases): Promise<StepForecast | null> => {
    const count = await loadStepCounter();
    if (count === null) {
      leaveOut(migration, 'no-counter');
      return null;
    }
    const samples = at.samples();
    if (sizes.length === 0) sizes.push(...samples.map(({ rows }) => rows));
    const ground = { count, migration, settings };
    const runs = samples.map((sample) => watchRun(ground, sample, allowed));
    if (!at.apply(migration)) {
      leaveOut(migration, 'fails');
      end();
      return null;
    }
    const done = runs.filter((run) => isWhole(run, migration));
    if (done.length < 2) {
      leaveOut(migration, runs.some(({ isExhausted }) => isExhausted) ? 'much-work' : 'connect');
      return null;
    }
    const production = { rows: largest?.rows ?? 1, bytes };
    return forecastStep(migration, done, production, isWrapped(step.migration, settings));
  };

  return {
    tell: async (step, judgement) => {
      const { baseline, migration: written } = step;
      const empty = step.snapshots.get('empty');
      if (isOver || largest === undefined || baseline.status !== 'applied' || empty === undefined) return judgement;
      if (steps.length >= tries) return judgement;
      const migration = baseline.ran ?? written;
      const shrink = (): ShrunkDatabases | null =>
        databases ?? shrinkProfile(recipe, material, largest, empty, written, settings);
      databases = onDataset('profile', () => asStep(`Making rows of the profile for ${written.name}`, shrink));
      if (databases === null) return judgement;
      if (migration.callsProgram === true || migration.program !== undefined) {
        leaveOut(migration, 'program');
        end();
        return judgement;
      }
      const forecast = await measure(step, migration, databases);
      if (forecast === null) return judgement;
      bytes = forecast.bytesAfter;
      steps.push(forecast);
      const excesses = excessesOfForecast(total(), budgets).filter(({ budget }) => !told.has(budget));
      for (const { budget } of excesses) told.add(budget);
      const differences = excesses.map((excess) => ({ kind: 'over-budget' as const, ...excess }));
      return withDifferences(judgement, [{ migration, side: 'profile', differences }], terms);
    },
    forecast: () =>
      steps.length === 0 || largest === undefined
        ? null
        : {
            ...{ profile: material.file, table: largest.name, tableRows: largest.rows, sizes },
            ...{ steps, total: total() },
          },
    notes: () =>
      [...obstacles].map(([reason, migrations]): Note => ({ code: 'not-forecast', facts: { reason, migrations } })),
    dispose: end,
  };
}

/** Whether every statement came to its end. */
function isWhole({ works, isExhausted }: SampleRun, { statements }: Migration): boolean {
  return !isExhausted && statements.every(({ index }) => works.has(index));
}
