import { inForce } from '../apply/apply.ts';
import type { HazardDataset } from '../apply/hazard-dataset.ts';
import { keyOfStray } from '../apply/strays.ts';
import type { Database } from '../database/connection.ts';
import { readSchema } from '../database/introspect.ts';
import { createRowSink } from '../database/row-sink.ts';
import { assumptionsAt } from '../directives/assumptions.ts';
import type { RowSink } from '../model/dataset.ts';
import type { Hazards } from '../model/hazard.ts';
import type { Migration } from '../model/history.ts';
import { type HazardOptions, makeHazards } from '../seed/hazards/hazards.ts';
import { sameName } from '../sql/quote.ts';
import { assumptionGuard } from './assumed.ts';
import { latelyFilled } from './lately-filled.ts';
import { oneRowDataset } from './one-row.ts';
import type { DatasetRecipe } from './recipe.ts';

/**
 * A plain row in every table, as `one-row` makes it, and beside them, for one step at a time, everything awkward that
 * the schema allows in the tables that the step may touch and no assumption rules out.
 */
export function awkwardDataset(recipe: DatasetRecipe): HazardDataset {
  const { history, invariants, seed, texts, vocabulary } = recipe;
  const holdsKeys = history.migrations.some(({ directives }) => directives.some(({ kind }) => kind === 'assume-keys'));
  const make = (db: Database, migration: Migration, position: number, strays?: HazardOptions['strays']): Hazards => {
    const later = history.migrations.filter((each) => each.position > position);
    const earlier = history.migrations.filter((each) => each.position <= position);
    const isOwn = (table: string): boolean => earlier.some((each) => writesOut(each, table));
    const schema = readSchema(db);
    const foreignKeys = db.pragma('foreign_keys', { simple: true }) === 1;
    const assumed = [...assumptionsAt(history.migrations, migration.position), ...latelyFilled(earlier, migration)];
    const sink = createRowSink(db, inForce(invariants, position), schema);
    const ruledOut = assumptionGuard(db, schema, assumed, sink.first);
    const insert: RowSink['insert'] = (table, row, how) => ruledOut(table, row) ?? sink.insert(table, row, how);
    return makeHazards(
      schema,
      { ...sink, insert },
      { seed, vocabulary, migration, later, texts, foreignKeys, isOwn, strays },
    );
  };
  return {
    ...oneRowDataset(recipe),
    name: 'awkward',
    rowsOf: 'one-row',
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
