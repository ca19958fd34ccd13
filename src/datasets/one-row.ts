import type { Dataset, FillResult } from '../apply/dataset.ts';
import { readSchema } from '../database/introspect.ts';
import type { Schema } from '../model/schema.ts';
import { fillEmptyTables } from '../seed/one-row.ts';
import { type DatasetRecipe, isFull, notesOnBroken, prepareFilling } from './recipe.ts';

/** A plain row in every table that is new or has become empty, made from the schema. */
export function oneRowDataset(recipe: DatasetRecipe): Dataset {
  let last: (FillResult & { readonly schema: Schema }) | null = null;
  return {
    name: 'one-row',
    carriesOver: false,
    fill: (db, { position, state }) => {
      const schema = state?.schema ?? readSchema(db);
      if (state !== null && isFull(state, [])) return { unfilled: [], notes: [] };
      // A table that could not be filled cannot be filled now either while the schema is the same.
      if (state === null || last?.schema !== schema || !isFull(state, last.unfilled)) {
        const { sink, options, keepSearches } = prepareFilling(recipe, db, position, schema, state);
        last = { schema, unfilled: fillEmptyTables(schema, sink, options), notes: notesOnBroken(sink) };
        keepSearches(last.unfilled);
        return { ...last, written: sink.written() };
      }
      return last;
    },
  };
}
