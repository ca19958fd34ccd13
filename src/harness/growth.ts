import type { Step } from '../apply/walk.ts';
import { measureGrowth, type Samples } from '../cost/growth.ts';
import { type ReadsByStatement, type RepeatedRead, readPlans } from '../cost/repeated-reads.ts';
import { findSuspects, type Suspects } from '../cost/suspects.ts';
import { thinned } from '../cost/thinned.ts';
import type { Database } from '../database/connection.ts';
import type { Snapshot } from '../database/snapshot.ts';
import { loadStepCounter } from '../database/step-counter.ts';
import { growRows } from '../datasets/grown.ts';
import type { Recipe } from '../datasets/recipe.ts';
import { withDifferences } from '../judge/added.ts';
import type { Judgement, Terms } from '../judge/judge.ts';
import type { Budgets, StepCost } from '../model/cost.ts';
import type { DatasetName, Side } from '../model/dataset.ts';
import type { Forecast, Growth, Stake } from '../model/growth.ts';
import type { Migration } from '../model/history.ts';
import type { Note } from '../model/note.ts';
import type { State } from '../model/outcome.ts';
import type { Settings } from '../model/settings.ts';
import { foldName } from '../sql/quote.ts';
import { tableNamed } from '../sql/tables.ts';
import { asStep, onDataset } from '../watch/activity.ts';

/** Rows in each table of the largest generated sample; the others have a half and a quarter. */
const most = 400;

/** Rows in all tables of a sample together: with many tables, each has fewer. */
const inAll = 4_000;

/** The migrations that are measured; one of a hundred needs it, so that only odd histories have more. */
const tries = 40;

/** The rows up to which copies of them in memory cost little. */
const largest = 50_000;

/** The time that a statement may take without a budget, in milliseconds. */
const usualLimit = 60_000;

/** Steps in a millisecond: what a laptop was measured to take, at the least. */
const pace = 50_000;

/** A forecast in milliseconds below which the rows of production rule a warning out. */
const harmless = 1_000;

/** The facts about production. */
export interface Production {
  /** The rows of a table by a profile, by its name; null without one. */
  readonly rowsOf: ((table: string) => number | null) | null;
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
  recipe: Recipe,
  datasets: readonly DatasetName[],
  terms: Terms,
  { rowsOf, budgets }: Production,
): GrowthWatch {
  const unmeasured: { readonly migration: string; readonly statements: number }[] = [];
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
      const ground = { count, migration, settings };
      const reads = readPlans(ground, contentOf(empty, settings), suspects.statements);
      const material = { recipe, suspects, reads, before, settings };
      const stakeOf = (growth: Growth): Stake => {
        const took = cost?.statements.find(({ statement }) => statement === growth.statement)?.milliseconds ?? 0;
        return { forecast: forecastOf(growth, rowsOf), tooLong: took > limit ? took : null, limit };
      };
      const sides = datasets.flatMap((name): GrowthOnSide[] => {
        const measure = (): Growth[] =>
          sourcesOf(name, step, material).flatMap((samples) => measureGrowth(ground, samples, reads));
        const growths = onDataset(name, () => asStep(`Measuring ${migration.name} with more rows`, measure));
        const told = firstOf(growths)
          .map((growth) => ({ ...growth, ...stakeOf(growth) }))
          // Nearly every schema has such keys, and made-up rows cannot tell how many parents a statement touches.
          .filter((growth) => !growth.byForeignKey || hasOwnRows(name, step) || growth.tooLong !== null)
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
    notes: () =>
      unmeasured.length === 0
        ? []
        : [
            {
              code: 'growth-unmeasured',
              facts: {
                statements: unmeasured.reduce((sum, { statements }) => sum + statements, 0),
                migrations: unmeasured.map(({ migration }) => migration),
              },
            },
          ],
  };
}

/** The statements of a migration whose work was measured to grow faster than the rows of a side. */
interface GrowthOnSide {
  readonly side: Side;
  readonly growths: readonly (Growth & Stake)[];
}

/** The work that production's rows make. Of two tables the product counts: both had as many rows when it was measured. */
function forecastOf({ table, outer, rows, steps, exponent }: Growth, rowsOf: Production['rowsOf']): Forecast | null {
  const own = rowsOf?.(table) ?? null;
  if (own === null) return null;
  const middle = Math.sqrt(own * (rowsOf?.(outer) ?? own));
  const factor = (middle / (rows.at(-1) ?? 1)) ** exponent;
  return { rows: own, milliseconds: Math.round(((steps.at(-1) ?? 0) * factor) / pace) };
}

/** The inputs for the samples of a migration. */
interface Material {
  readonly recipe: Recipe;
  readonly suspects: Suspects;
  readonly reads: ReadsByStatement;
  readonly before: State;
  readonly settings: Settings;
}

/** Whether a dataset has rows of somebody, and few enough to be thinned. */
function hasOwnRows(name: DatasetName, step: Step): boolean {
  const outcome = step.candidates.get(name);
  if (name === 'typical' || name === 'one-row' || name === 'awkward' || outcome === undefined) return false;
  if (!('before' in outcome)) return false;
  return [...outcome.before.rows.values()].reduce((sum, rows) => sum + rows, 0) <= largest;
}

/** The samples of a dataset; none for one whose number of rows tells nothing. A large copy is not thinned, and generated rows stand for it. */
function sourcesOf(name: DatasetName, step: Step, material: Material): Samples[] {
  const { reads, before, settings } = material;
  const own = step.snapshots.get(name);
  const isOwn = hasOwnRows(name, step);
  if (name === 'typical' || (name === 'copy' && !isOwn)) {
    const empty = step.snapshots.get('empty');
    return empty === undefined ? [] : [generated(empty, step.migration, material)];
  }
  if (!isOwn || own === undefined) return [];
  const open = (): Database => own.open(settings);
  return thinnable([...reads.values()].flat(), before).map(
    (tables): Samples =>
      (divisor) =>
        thinned(open, tables, divisor),
  );
}

/**
 * The tables that are thinned together. Where a table is read from end to end for each row of another, both tell how the work grows.
 * Where its rows are looked up, fewer rows of both would leave a quarter of the pairs, which looks like a square.
 */
function thinnable(reads: readonly RepeatedRead[], { schema }: State): string[][] {
  const canBe = (name: string): boolean => {
    const table = tableNamed(schema, name);
    return table !== undefined && table.kind === 'table' && !table.withoutRowid;
  };
  const sets = reads.map(({ table, outer, isSearch }) => [...new Set(isSearch ? [table] : [outer, table])].sort());
  const distinct = new Map(sets.map((tables) => [JSON.stringify(tables), tables]));
  return [...distinct.values()].filter((tables) => tables.every(canBe));
}

/** Samples with generated rows in the tables of a migration. */
function generated(
  empty: Snapshot,
  { position }: Migration,
  { recipe, suspects, before, settings }: Material,
): Samples {
  const known = new Set(before.schema.tables.map(({ name }) => foldName(name)));
  const tables = new Set([...suspects.tables].filter((table) => known.has(table)));
  // A call of a function of the application takes as long as a hundred steps.
  const fits = settings.connect === undefined ? most : most / 4;
  const rows = Math.max(64, Math.min(fits, Math.floor(inAll / Math.max(1, tables.size))));
  return (divisor) =>
    [4, 2, 1].map((part) => {
      const size = Math.floor(rows / divisor / part);
      const db = empty.open(settings);
      try {
        growRows(recipe, db, position - 1, tables, size);
        return { rows: size, content: db.serialize() };
      } finally {
        db.close();
      }
    });
}

function contentOf(snapshot: Snapshot, settings: Settings): Uint8Array {
  const db = snapshot.open(settings);
  try {
    return db.serialize();
  } finally {
    db.close();
  }
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
