// This room makes the rows that a database holds before a step, one kind of dataset a file.
import { inForce } from '../apply/apply.ts';
import type { FillResult } from '../apply/dataset.ts';
import type { Database } from '../database/connection.ts';
import { createRowSink } from '../database/row-sink.ts';
import type { RowSink, Unfilled } from '../model/dataset.ts';
import type { History } from '../model/history.ts';
import type { Invariant } from '../model/invariant.ts';
import type { State } from '../model/outcome.ts';
import type { Schema } from '../model/schema.ts';
import type { OverridesOf } from '../seed/overrides.ts';
import type { FillOptions } from '../seed/plan.ts';
import { keptEmpty } from '../seed/reading/emptied.ts';
import { type TextReader, textReader } from '../seed/reading/schema-texts.ts';
import { loadVocabulary, type Vocabulary } from '../seed/values/vocabulary.ts';
import { type RefusingInserts, refusedBefore } from './refused-before.ts';
import { type RememberingSink, remembering } from './remembering-sink.ts';

/** The sources of every dataset of made-up rows. */
export interface DatasetRecipe {
  readonly history: History;
  readonly invariants: readonly Invariant[];
  readonly seed: number;
  readonly vocabulary: Vocabulary;
  /** The project's own makers. */
  readonly overrides?: OverridesOf | undefined;
  /** The reader of schemas and migrations, which reads each once for all datasets. */
  readonly texts: TextReader;
}

/** Loads the parts of a recipe that a project does not have itself. */
export async function loadRecipe(parts: Omit<DatasetRecipe, 'vocabulary' | 'texts'>): Promise<DatasetRecipe> {
  return { ...parts, vocabulary: await loadVocabulary(parts.seed), texts: textReader() };
}

/**
 * Prepares to fill a database at a position of the history: a sink that knows the invariants, and the options.
 * @param state that of the database, where it is known.
 */
export function prepareFilling(
  { history, invariants, seed, vocabulary, overrides, texts }: DatasetRecipe,
  db: Database,
  position: number,
  schema: Schema,
  state: State | null,
): {
  readonly sink: RememberingSink;
  readonly options: FillOptions;
  readonly keepSearches: RefusingInserts['keepSearches'];
} {
  const later = history.migrations.filter((migration) => migration.position > position);
  const direct = createRowSink(db, inForce(invariants, position), schema);
  const { keepSearches, ...inserts } = refusedBefore(direct, db, schema);
  const sink = remembering({ ...direct, ...inserts }, schema, state?.rows ?? null);
  const last = history.migrations.find((migration) => migration.position === position);
  const options = { later, keptEmpty: keptEmpty(last, later[0]), texts, seed, vocabulary, overrides };
  return { sink, options, keepSearches };
}

/** Tells the invariants that the rows of a filling break, unless a later row mends that. */
export function notesOnBroken(sink: RowSink): FillResult['notes'] {
  return sink.broken().map((facts) => ({ code: 'invariant-unkept', facts }));
}

/** Whether every table has rows but those that are known to stay empty. */
export function isFull({ rows }: State, unfilled: readonly Unfilled[]): boolean {
  const known = new Set(unfilled.map(({ table }) => table));
  return rows.withAtMost(0).every((table) => known.has(table));
}
