import type { Database } from '../database/connection.ts';
import { readSchema } from '../database/introspect.ts';
import { withoutTriggers } from '../database/without-triggers.ts';
import type { Schema } from '../model/schema.ts';
import { fillEmptyTables } from '../seed/one-row.ts';
import { growTables } from '../seed/typical.ts';
import { foldName } from '../sql/quote.ts';
import { moduleTables, objectsOfType } from '../sql/tables.ts';
import { type DatasetRecipe, prepareFilling } from './recipe.ts';

/**
 * Puts a number of plain rows into some tables of a database, and one row into each other table: all of their children then
 * belong together, as the calls at one desk do. Triggers do not fire for them: what those do may grow with every row, and takes
 * longer than the statements that are measured afterwards.
 * @param tables their folded names.
 */
export function growRows(
  recipe: DatasetRecipe,
  db: Database,
  position: number,
  tables: ReadonlySet<string>,
  rows: number,
): void {
  const whole = readSchema(db);
  const grow = (schema: Schema): void => {
    const { sink, options } = prepareFilling(recipe, db, position, schema, null);
    fillEmptyTables(schema, sink, options);
    growTables(schema, sink, ({ name }) => (tables.has(foldName(name)) ? rows - sink.count(name, []) : 0), options);
  };
  // A full-text index is filled by triggers, and is damaged without them.
  if (moduleTables(whole).length > 0 || objectsOfType(whole, 'trigger').length === 0) grow(whole);
  else withoutTriggers(db, whole, () => grow(readSchema(db)));
}
