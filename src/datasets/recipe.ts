import { inForce } from '../apply/apply.ts';
import type { Filling } from '../apply/dataset.ts';
import type { Database } from '../database/connection.ts';
import { createJudge } from '../database/judge.ts';
import type { Judge, Unfilled } from '../model/dataset.ts';
import type { History } from '../model/history.ts';
import type { Invariant } from '../model/invariant.ts';
import type { State } from '../model/outcome.ts';
import type { OverridesOf } from '../seed/overrides.ts';
import type { FillOptions } from '../seed/plan.ts';
import { loadVocabulary, type Vocabulary } from '../seed/values/vocabulary.ts';

/** What every dataset of made-up rows is made from. */
export interface Recipe {
  readonly history: History;
  readonly invariants: readonly Invariant[];
  readonly seed: number;
  readonly vocabulary: Vocabulary;
  /** What the project's own makers say of rows. */
  readonly overrides?: OverridesOf | undefined;
}

/** Loads what a recipe needs beside a project's own. */
export async function loadRecipe(parts: Omit<Recipe, 'vocabulary'>): Promise<Recipe> {
  return { ...parts, vocabulary: await loadVocabulary(parts.seed) };
}

/** What fills a database that stands at `version`: a judge that knows the invariants, and what is still to come. */
export function prepareFilling(
  { history, invariants, seed, vocabulary, overrides }: Recipe,
  db: Database,
  version: number,
): {
  readonly judge: Judge;
  readonly options: FillOptions;
} {
  const later = history.migrations.filter((migration) => migration.version > version);
  return { judge: createJudge(db, inForce(invariants, version)), options: { later, seed, vocabulary, overrides } };
}

/** The sentences on invariants that the rows of a filling break, as far as no later row mended it. */
export function describeBroken(judge: Judge): Filling['notes'] {
  return judge
    .broken()
    .map(
      ({ invariant, rows }) =>
        `made-up rows break the invariant ${invariant} (${rows === 1 ? '1 row' : `${rows} rows`}).`,
    );
}

/** Whether every table has rows but those that are known to stay empty. */
export function isFull({ rows }: State, unfilled: readonly Unfilled[]): boolean {
  return [...rows].every(([table, count]) => count > 0 || unfilled.some((known) => known.table === table));
}
