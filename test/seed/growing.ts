import type { FillResult } from '../../src/apply/dataset.ts';
import type { Database } from '../../src/database/connection.ts';
import { loadRecipe } from '../../src/datasets/recipe.ts';
import { typicalDataset } from '../../src/datasets/typical.ts';
import type { SqlValue } from '../../src/model/connection.ts';
import type { Invariant } from '../../src/model/invariant.ts';
import { quoteName } from '../../src/sql/quote.ts';
import { buildHistory, buildMigration } from '../build.ts';
import { emptyDatabase } from './filling.ts';

/** The options for growing a schema. */
export interface Growing {
  readonly rows?: number;
  readonly seed?: number;
  readonly foreignKeys?: boolean;
  /** SQL of a migration that is still to come. */
  readonly later?: string;
  readonly invariants?: readonly string[];
}

/** A database with the schema of `sql` and typical rows. */
export async function grown(sql: string, growing: Growing = {}): Promise<{ db: Database; filling: FillResult }> {
  const { rows = 40, seed = 1, foreignKeys = true, later, invariants = [] } = growing;
  const db = emptyDatabase(sql, foreignKeys);
  const history = buildHistory(later === undefined ? [] : [buildMigration(later, { position: 2 })]);
  const recipe = await loadRecipe({ history, invariants: invariants.map(invariant), seed });
  const filling = typicalDataset(recipe, rows).fill(db, { position: 1, restarted: false, state: null });
  return { db, filling };
}

function invariant(sql: string, i: number): Invariant {
  return { name: `rule_${i}`, file: `0001_rule_${i}.sql`, sql, from: 1, until: null };
}

/** The values of a column, in the order of the rows. */
export function column(db: Database, table: string, name: string): SqlValue[] {
  return db
    .prepare<[], SqlValue>(`SELECT ${quoteName(name)} FROM ${quoteName(table)}`)
    .pluck()
    .all();
}

/** The number of rows of a table. */
export function size(db: Database, table: string): number {
  return (
    db
      .prepare<[], number>(`SELECT count(*) FROM ${quoteName(table)}`)
      .pluck()
      .get() ?? 0
  );
}

/** The first column of the first row that a query gives. */
export function one(db: Database, sql: string): SqlValue {
  return db.prepare<[], SqlValue>(sql).pluck().get() ?? null;
}
