import { describe, expect, test } from 'vitest';
import { check } from '../src/api.ts';
import type { Config } from '../src/config.ts';
import { resultOf, runs, shuffled } from './several-runs.ts';
import { folderWith } from './temporary.ts';

describe('a run in a process after other runs', () => {
  const seed = 20_261_129;
  const sample = shuffled(runs, seed).slice(0, 24);

  test(`gives the same findings in any order of runs (seed ${seed})`, async () => {
    const first = new Map<string, string>();
    for (const run of sample) first.set(run.name, await resultOf(run));
    for (const run of shuffled(sample, seed + 1)) expect(await resultOf(run), run.name).toBe(first.get(run.name));
  });

  const findingsOf = async (files: Readonly<Record<string, string>>, own: Config): Promise<string[]> => {
    const { findings } = await check({ migrations: `${folderWith(files)}/migrations`, ...own });
    return findings.map(({ code, migration }) => `${migration} ${code}`);
  };

  test.each([
    [true, false],
    [false, true],
  ])('is judged by its own double-quoted strings: %j, then %j', async (...order) => {
    const files = {
      'migrations/0001_init.sql': 'CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT);',
      'migrations/0002_view.sql': 'CREATE VIEW v AS SELECT "a" AS a, "b" AS b FROM t;',
      'migrations/0003_next.sql': 'DROP TABLE t;\nCREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);',
    };
    const found = new Map<boolean, string[]>();
    for (const doubleQuotedStrings of order)
      found.set(doubleQuotedStrings, await findingsOf(files, { engine: 'node', doubleQuotedStrings }));
    expect(found.get(true)).not.toContain('0003_next object-broken');
    expect(found.get(false)).toContain('0003_next object-broken');
  });

  test.each([
    [1, 2],
    [2, 1],
  ])('is judged by its own functions: with %d parameter(s), then %d', async (...order) => {
    const files = {
      'migrations/0001_init.sql': 'CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);\nCREATE VIEW v AS SELECT a FROM t;',
      'migrations/0002_view.sql': 'DROP VIEW v;\nCREATE VIEW v AS SELECT own(a, a) AS a FROM t;',
    };
    const connectWith =
      (parameters: number): Config['connect'] =>
      (db) =>
        db.function('own', {}, parameters === 1 ? (a) => a : (a, b) => b ?? a);
    const found = new Map<number, string[]>();
    for (const parameters of order)
      found.set(parameters, await findingsOf(files, { connect: connectWith(parameters) }));
    expect(Object.fromEntries(found)).toEqual({ 1: ['0002_view object-broken'], 2: [] });
  });
});
