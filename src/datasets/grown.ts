import type { Database } from '../database/connection.ts';
import { readSchema } from '../database/introspect.ts';
import { fillEmptyTables } from '../seed/one-row.ts';
import { growTables } from '../seed/typical.ts';
import { foldName } from '../sql/quote.ts';
import { prepareFilling, type Recipe } from './recipe.ts';

/**
 * Puts a number of plain rows into some tables of a database, and one row into each other table: all of their children then
 * belong together, as the calls at one desk do.
 * @param tables their folded names.
 */
export function growRows(
  recipe: Recipe,
  db: Database,
  position: number,
  tables: ReadonlySet<string>,
  rows: number,
): void {
  const schema = readSchema(db);
  const { sink, options } = prepareFilling(recipe, db, position, schema, null);
  fillEmptyTables(schema, sink, options);
  growTables(schema, sink, ({ name }) => (tables.has(foldName(name)) ? rows - sink.count(name, []) : 0), options);
}
