import { join } from 'node:path';
import { expect, test } from 'vitest';
import { resolveConfig } from '../src/config.ts';
import { openMemory } from '../src/database/connection.ts';
import { execute } from '../src/database/execute.ts';
import { snapshotMemory } from '../src/database/snapshot.ts';
import { fixtureDataset } from '../src/datasets/fixture.ts';
import { loadProject, planProject } from '../src/harness/project.ts';
import type { Migration } from '../src/model/history.ts';
import { splitStatements } from '../src/sql/statements.ts';

const root = join(import.meta.dirname, '..');
const project = await loadProject(
  planProject(resolveConfig({ migrations: join(root, 'migrations'), seeds: join(root, 'seeds') })),
);
const { settings } = project.config;

const outage =
  "ALTER TABLE pipelines ADD COLUMN publisher_id TEXT NOT NULL DEFAULT 'pub_demo_seed' REFERENCES publishers(id)";

/** The second migration as it was first written: one ALTER in place of ADD COLUMN and UPDATE. */
function inOutageForm({ statements, ...migration }: Migration): Migration {
  const texts = statements.flatMap(({ sql, head }) => {
    if (head.target !== 'pipelines' || head.verb === 'create-index') return sql;
    return head.verb === 'add-column' ? outage : [];
  });
  return { ...migration, statements: splitStatements(texts.join(';\n')) };
}

test('the outage changes nothing, and the fixed history continues from there', async () => {
  const rows = await fixtureDataset(project.fixtures, 1);
  const db = openMemory(settings);
  const count = (table: string): unknown => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
  const [init, publishers, ...later] = project.history.migrations;
  if (init === undefined || publishers === undefined) throw new Error('the history has five migrations');

  expect(execute(db, init, settings)).toBeNull();
  rows.fill(db, { position: init.position, restarted: false, state: null });
  const before = snapshotMemory(db);
  const [runs, results] = [count('runs'), count('subtask_results')];
  expect(execute(db, inOutageForm(publishers), settings)).toMatchObject({
    statement: 6,
    message: 'Cannot add a REFERENCES column with non-NULL default value',
  });
  expect(before.differences(db, settings)).toEqual([]);

  for (const migration of [publishers, ...later]) {
    expect(execute(db, migration, settings)).toBeNull();
    rows.fill(db, { position: migration.position, restarted: false, state: null });
  }
  expect(count('runs')).toBeGreaterThanOrEqual(Number(runs));
  expect(count('subtask_results')).toBe(results);
  expect(() => db.exec('UPDATE pipelines SET publisher_id = NULL')).toThrow('NOT NULL constraint failed');
});

test('the last migration keeps every row of every table, because of its directive', async () => {
  const last = project.history.migrations.at(-1);
  if (last === undefined) throw new Error('the history has five migrations');
  const rows = await fixtureDataset(project.fixtures, 1);
  const db = openMemory(settings);
  for (const migration of project.history.migrations.slice(0, -1)) {
    execute(db, migration, settings);
    rows.fill(db, { position: migration.position, restarted: false, state: null });
  }
  const before = snapshotMemory(db);
  expect(execute(db, last, settings)).toBeNull();
  // Its columns are in another order, so the rows of pipelines read differently; those of no other table do.
  expect(before.differences(db, settings).filter((change) => change.startsWith('changed rows'))).toEqual([
    'changed rows of pipelines',
  ]);

  const undirected = before.open(settings);
  expect(execute(undirected, { ...last, directives: [] }, settings)).toBeNull();
  expect(undirected.prepare('SELECT count(*) FROM runs').pluck().get()).toBe(0);
});
