import type { Dataset } from '../apply/dataset.ts';
import { readSchema } from '../database/introspect.ts';
import { createJudge } from '../database/judge.ts';
import type { History } from '../model/history.ts';
import { fillEmptyTables } from '../seed/one-row.ts';

/** A plain row in every table that is new or has become empty, made from the schema. */
export function oneRowDataset(history: History, seed: number): Dataset {
  return {
    name: 'one-row',
    fill: (db, version) => ({
      unfilled: fillEmptyTables(readSchema(db), createJudge(db), {
        later: history.migrations.filter((migration) => migration.version > version),
        seed,
      }),
      notes: [],
    }),
  };
}
