import { inForce } from '../apply/apply.ts';
import type { HazardDataset } from '../apply/hazard-dataset.ts';
import { hazardInserter } from '../apply/insert-hazards.ts';
import { keyOfStray } from '../apply/strays.ts';
import { type Database, isMachineFault, sqliteError } from '../database/connection.ts';
import { readSchema } from '../database/introspect.ts';
import { type Assumed, assumptionsAt } from '../directives/assumptions.ts';
import type { SqlValue } from '../model/connection.ts';
import type { Refusal, Verdict } from '../model/dataset.ts';
import type { HazardRow, Hazards } from '../model/hazard.ts';
import type { Migration } from '../model/history.ts';
import type { Invariant } from '../model/invariant.ts';
import type { Schema, Table } from '../model/schema.ts';
import { type HazardOptions, makeHazards } from '../seed/hazards/hazards.ts';
import type { Ground } from '../seed/hazards/sources.ts';
import { foldName, quoteName, quoteNames, sameName } from '../sql/quote.ts';
import { subquery } from '../sql/subquery.ts';
import { assumptionGuard } from './assumed.ts';
import { oneRowDataset } from './one-row.ts';
import type { Recipe } from './recipe.ts';

/**
 * A plain row in every table, as `one-row` makes it, and beside them, for one step at a time, everything awkward that
 * the schema allows in the tables that the step may touch and no assumption rules out.
 */
export function awkwardDataset(recipe: Recipe): HazardDataset {
  const { history, invariants, seed, texts, vocabulary } = recipe;
  const holdsKeys = history.migrations.some(({ directives }) => directives.some(({ kind }) => kind === 'assume-keys'));
  const make = (db: Database, migration: Migration, position: number, strays?: HazardOptions['strays']): Hazards => {
    const later = history.migrations.filter((each) => each.position > position);
    const earlier = history.migrations.filter((each) => each.position <= position);
    const isOwn = (table: string): boolean => earlier.some((each) => writesOut(each, table));
    const schema = readSchema(db);
    const foreignKeys = db.pragma('foreign_keys', { simple: true }) === 1;
    const assumed = assumptionsAt(history.migrations, migration.position);
    const ground = createGround(db, schema, inForce(invariants, position), assumed);
    return makeHazards(schema, ground, { seed, vocabulary, migration, later, texts, foreignKeys, isOwn, strays });
  };
  return {
    name: 'awkward',
    carriesOver: false,
    fill: oneRowDataset(recipe).fill,
    insertHazards: (db, migration, position) => make(db, migration, position),
    plantStrays: (db, migration, position, told) => {
      const known = new Set(told.map(keyOfStray));
      const isOpen = (table: string, columns: readonly string[]): boolean => !known.has(keyOfStray({ table, columns }));
      return holdsKeys ? [] : make(db, migration, position, isOpen).all;
    },
  };
}

/** Whether a migration writes rows of a table out, as a list that the history keeps. */
function writesOut({ statements }: Migration, table: string): boolean {
  return statements.some(
    ({ head: { verb, target, sources } }) =>
      (verb === 'insert' || verb === 'replace') && sources.length === 0 && target !== null && sameName(target, table),
  );
}

function createGround(
  db: Database,
  schema: Schema,
  invariants: readonly Invariant[],
  assumptions: readonly Assumed[],
): Ground {
  const { objects } = schema;
  const ruledOut = assumptionGuard(db, schema, assumptions, (table) => readFirst(db, table));
  const plant = hazardInserter(db);
  const triggered = new Set(objects.filter(({ type }) => type === 'trigger').map(({ table }) => foldName(table)));
  let broken = countViolations(db, invariants);
  const place = (row: HazardRow): Verdict => {
    if (!plant(row)) return notKept;
    const now = countViolations(db, invariants);
    if (now > broken) return { ...notKept, message: 'an invariant of the project forbids the row' };
    broken = now;
    return null;
  };
  return {
    plainRow: (table) => readFirst(db, table),
    insert: (row) => {
      const refusal = ruledOut(row);
      if (refusal !== null) return refusal;
      // The savepoint takes back what triggers did before one refused with RAISE(FAIL). Foreign keys cannot be switched
      // inside it.
      const isGuarded = row.enforced && (invariants.length > 0 || triggered.has(foldName(row.table)));
      if (isGuarded) db.exec('SAVEPOINT rowproof_hazard');
      let verdict: Verdict;
      try {
        verdict = place(row);
      } catch (error) {
        verdict = refusalOf(db, error);
      }
      // RAISE(ROLLBACK) has taken the savepoint away already.
      if (isGuarded && db.inTransaction)
        db.exec(`${verdict === null ? '' : 'ROLLBACK TO rowproof_hazard; '}RELEASE rowproof_hazard`);
      return verdict;
    },
  };
}

const notKept: Refusal = {
  code: 'SQLITE_CONSTRAINT_TRIGGER',
  message: 'a trigger ignores the row',
  ofAnyRow: false,
};

function refusalOf(db: Database, error: unknown): Refusal {
  if (isMachineFault(error, db)) throw error;
  const message = error instanceof Error ? error.message : String(error);
  // What is not SQLite's comes from a function that the application registered.
  return { code: sqliteError(error)?.code ?? 'SQLITE_ERROR', message, ofAnyRow: false };
}

function readFirst(db: Database, table: Table): ReadonlyMap<string, SqlValue> | null {
  const columns = table.columns.filter(({ generated }) => generated === 'no').map(({ name }) => name);
  if (columns.length === 0) return null;
  try {
    const sql = `SELECT ${quoteNames(columns)} FROM main.${quoteName(table.name)} NOT INDEXED LIMIT 1`;
    const values = db.prepare<[], SqlValue[]>(sql).raw().safeIntegers().get();
    return values === undefined ? null : new Map(columns.map((name, i) => [name, plainNumber(values[i] ?? null)]));
  } catch (error) {
    // A table of a module that is not loaded.
    if (sqliteError(error) === null) throw error;
    return null;
  }
}

function plainNumber(value: SqlValue): SqlValue {
  return typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

/** Rows that invariants return: production is known to have none beyond those, so no hazard may add one. */
function countViolations(db: Database, invariants: readonly Invariant[]): number {
  return invariants.reduce(
    (sum, { sql }) =>
      sum +
      (db
        .prepare<[], number>(`SELECT count(*) FROM ${subquery(sql)}`)
        .pluck()
        .get() ?? 0),
    0,
  );
}
