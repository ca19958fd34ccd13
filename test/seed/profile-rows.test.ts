import { afterAll, describe, expect, test } from 'vitest';
import { readSchema } from '../../src/database/introspect.ts';
import { createRowSink } from '../../src/database/row-sink.ts';
import type { SqlValue } from '../../src/model/connection.ts';
import { captureProfile } from '../../src/profile/capture.ts';
import { loadFaker } from '../../src/seed/faker.ts';
import { planner } from '../../src/seed/plan.ts';
import { rowsOfShape } from '../../src/seed/profile/shape-rows.ts';
import { shapeTable, type TableShape } from '../../src/seed/profile/table-shape.ts';
import { createVocabulary } from '../../src/seed/values/vocabulary.ts';
import { emptyDatabase } from './filling.ts';
import { productions } from './productions.ts';

const vocabulary = createVocabulary(await loadFaker(), 1);
const parents = 9_000;

/** The rows of a shape at some indexes, written in the order of these. */
function rowsAt(shape: TableShape, sink: ReturnType<typeof createRowSink>, indexes: readonly number[]) {
  const keys = { count: parents, at: (place: number) => [place], missing: (number: number) => [parents + number] };
  const { columns, write } = rowsOfShape(shape, () => keys, sink);
  const row = columns.map((): SqlValue => null);
  return new Map(
    indexes.map((index) => {
      write({ index, attempt: 0, blamed: null, progress: 0 }, row);
      return [index, [...row]];
    }),
  );
}

describe.each(productions)('$name', ({ schema: sql, rows }) => {
  const db = emptyDatabase(sql, false);
  db.exec(rows);
  const how = { rowproof: '0.0.0', at: null, sqliteVersion: null, atLeast: 5, keepValues: [], keepKeys: [] };
  const whole = captureProfile(db, { ...how, migrations: [], next: () => {} });
  const schema = readSchema(db);
  db.close();
  const empty = emptyDatabase(sql);
  afterAll(() => empty.close());
  const sink = createRowSink(empty);
  const plan = planner(schema, sink, { later: [], seed: 1, vocabulary });

  test.each(whole.tables.filter((table) => table.rows > 0).map((table) => [table.name, table] as const))(
    'a row of %s is the same whatever rows are written before it',
    (name, profile) => {
      const table = schema.tables.find((each) => each.name === name);
      if (table === undefined) throw new Error(`${name} is no table`);
      const count = 2 * profile.rows;
      const shape = shapeTable({ table, plan: plan(table), profile, whole, start: 0, rows: count });
      const inOrder = rowsAt(shape, sink, [...Array(count).keys()]);
      const some = [count - 1, 0, ...Array.from({ length: 50 }, (_, n) => (n * 7_919) % count)];
      for (const [index, row] of rowsAt(shape, sink, some)) expect(row).toEqual(inOrder.get(index));
    },
  );
});
