import type { Step } from '../apply/walk.ts';
import type { Samples } from '../cost/growth.ts';
import type { ReadsByStatement, RepeatedRead } from '../cost/repeated-reads.ts';
import type { Suspects } from '../cost/suspects.ts';
import { thinned } from '../cost/thinned.ts';
import type { Database } from '../database/connection.ts';
import type { Snapshot } from '../database/snapshot.ts';
import { growRows } from '../datasets/grown.ts';
import type { DatasetRecipe } from '../datasets/recipe.ts';
import type { DatasetName } from '../model/dataset.ts';
import type { Migration } from '../model/history.ts';
import type { State } from '../model/outcome.ts';
import type { Settings } from '../model/settings.ts';
import { foldName } from '../sql/quote.ts';
import { tableNamed } from '../sql/tables.ts';

/** Rows in each table of the largest generated sample; the others have a half and a quarter. */
const most = 400;

/** Rows in all tables of a sample together: with many tables, each has fewer. */
const inAll = 4_000;

/** The rows up to which copies of them in memory cost little. */
const largest = 50_000;

/** The inputs for the samples of a migration. */
export interface SampleInputs {
  readonly recipe: DatasetRecipe;
  readonly suspects: Suspects;
  readonly reads: ReadsByStatement;
  readonly before: State;
  readonly settings: Settings;
}

/** Whether a dataset has rows of somebody, and few enough to be thinned. */
export function hasOwnRows(name: DatasetName, step: Step): boolean {
  const outcome = step.candidates.get(name);
  if (name === 'typical' || name === 'one-row' || name === 'awkward' || outcome === undefined) return false;
  if (!('before' in outcome)) return false;
  return [...outcome.before.rows.values()].reduce((sum, rows) => sum + rows, 0) <= largest;
}

/** The samples of a dataset; none for one whose number of rows tells nothing. A large copy is not thinned, and generated rows stand for it. */
export function sourcesOf(name: DatasetName, step: Step, material: SampleInputs): Samples[] {
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
  { recipe, suspects, before, settings }: SampleInputs,
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

/** A database as the bytes of its file. */
export function contentOf(snapshot: Snapshot, settings: Settings): Uint8Array {
  const db = snapshot.open(settings);
  try {
    return db.serialize();
  } finally {
    db.close();
  }
}
