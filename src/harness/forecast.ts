import type { Step } from '../apply/walk.ts';
import { excessesOfForecast, totalForecast } from '../cost/budgets.ts';
import { type SampleRun, watchRun } from '../cost/sample-run.ts';
import { productionOf } from '../cost/size-forecast.ts';
import { forecastStep } from '../cost/step-forecast.ts';
import { isWrapped } from '../database/execute.ts';
import { loadStepCounter } from '../database/step-counter.ts';
import type { ProfileMaterial } from '../datasets/profile.ts';
import type { DatasetRecipe } from '../datasets/recipe.ts';
import { withDifferences } from '../judge/added.ts';
import type { Judgement, JudgementTerms } from '../judge/judge.ts';
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
  recipe: DatasetRecipe,
  material: ProfileMaterial,
  terms: JudgementTerms,
  budgets: Budgets,
): ForecastWatch {
  const { settings } = terms;
  const { source, tables } = material.profile;
  const largest = tables.toSorted((one, other) => other.rows - one.rows)[0];
  const obstacles = collectObstacles();
  const steps: StepForecast[] = [];
  const told = new Set<keyof Budgets>();
  const sizes: number[] = [];
  let databases: ShrunkDatabases | null = null;
  let isOver = false;
  let production = productionOf(source, largest?.rows ?? 1);

  const total = (): CostForecast['total'] => totalForecast(steps, settings.transaction === 'all-pending');
  const end = (): void => {
    databases?.close();
    isOver = true;
  };
  /** The forecast for a step; null where it has none, and the reason is noted. */
  const forecastOf = async (written: Migration, migration: Migration): Promise<StepForecast | null> => {
    if (databases === null) return null;
    const isProgram = migration.callsProgram === true || migration.program !== undefined;
    const wrapped = isWrapped(written, settings);
    const measured = isProgram ? 'program' : await measure(databases, migration, settings, wrapped);
    if (measured === 'program' || measured === 'fails') end();
    if (typeof measured === 'string') {
      obstacles.add(migration, measured);
      return null;
    }
    if (sizes.length === 0) sizes.push(...measured.sizes);
    const { forecast, after } = forecastStep(migration, measured.runs, production, wrapped);
    production = after;
    return forecast;
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
      const forecast = await forecastOf(written, migration);
      if (forecast === null) return judgement;
      steps.push(forecast);
      const excesses = excessesOfForecast(total(), budgets).filter(({ budget }) => !told.has(budget));
      for (const { budget } of excesses) told.add(budget);
      const differences = excesses.map((excess) => ({ kind: 'over-budget' as const, ...excess }));
      return withDifferences(judgement, [{ migration, side: 'profile', differences }], terms);
    },
    forecast: () => {
      if (steps.length === 0 || largest === undefined) return null;
      const { name: table, rows: tableRows } = largest;
      return { profile: material.file, table, tableRows, sizes, steps, total: total() };
    },
    notes: obstacles.notes,
    dispose: end,
  };
}

/** The runs of a migration that came to their end, and the sizes of all; or what stands in the way. */
async function measure(
  databases: ShrunkDatabases,
  migration: Migration,
  settings: JudgementTerms['settings'],
  wrapped: boolean,
): Promise<{ sizes: number[]; runs: SampleRun[] } | ForecastObstacle> {
  const count = await loadStepCounter();
  if (count === null) return 'no-counter';
  const samples = databases.samples();
  // A file with its own BEGIN writes to one journal as well.
  const isOne = wrapped || migration.statements.some(({ head }) => head.verb === 'begin');
  const runs = samples.map((sample) => watchRun({ count, migration, settings }, sample, allowed, isOne));
  if (!databases.apply(migration)) return 'fails';
  const done = runs.filter((run) => isWhole(run, migration));
  if (done.length >= 2) return { sizes: samples.map(({ rows }) => rows), runs: done };
  return runs.some(({ isExhausted }) => isExhausted) ? 'much-work' : 'connect';
}

/** Collects the migrations without a forecast, by the reason. */
function collectObstacles(): { add(migration: Migration, reason: ForecastObstacle): void; notes(): Note[] } {
  const obstacles = new Map<ForecastObstacle, string[]>();
  return {
    add: ({ name }, reason) => void obstacles.set(reason, [...(obstacles.get(reason) ?? []), name]),
    notes: () =>
      [...obstacles].map(([reason, migrations]): Note => ({ code: 'not-forecast', facts: { reason, migrations } })),
  };
}

/** Whether every statement came to its end. */
function isWhole({ works, isExhausted }: SampleRun, { statements }: Migration): boolean {
  return !isExhausted && statements.every(({ index }) => works.has(index));
}
