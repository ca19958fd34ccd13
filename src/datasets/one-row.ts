import type { Dataset } from '../apply/dataset.ts';
import { readSchema } from '../database/introspect.ts';
import { createJudge } from '../database/judge.ts';
import type { Unfilled } from '../model/dataset.ts';
import type { History } from '../model/history.ts';
import type { State } from '../model/outcome.ts';
import type { Schema } from '../model/schema.ts';
import { fillEmptyTables } from '../seed/one-row.ts';

/** A plain row in every table that is new or has become empty, made from the schema. */
export function oneRowDataset(history: History, seed: number): Dataset {
  let last: { schema: Schema; unfilled: readonly Unfilled[] } | null = null;
  return {
    name: 'one-row',
    fill: (db, { version, state }) => {
      const schema = state?.schema ?? readSchema(db);
      if (state !== null && isFull(state, [])) return { unfilled: [], notes: [] };
      // What could not be filled cannot be filled now either, while the schema is the same.
      if (state === null || last?.schema !== schema || !isFull(state, last.unfilled)) {
        const later = history.migrations.filter((migration) => migration.version > version);
        last = { schema, unfilled: fillEmptyTables(schema, createJudge(db), { later, seed }) };
      }
      return { unfilled: last.unfilled, notes: [] };
    },
  };
}

/** Whether every table has rows but those that are known to stay empty. */
function isFull({ rows }: State, unfilled: readonly Unfilled[]): boolean {
  return [...rows].every(([table, count]) => count > 0 || unfilled.some((known) => known.table === table));
}
