/** Triggers that fire themselves: SQLite ends them, and the finding names the statement. What never ends by itself is in the deep tests. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { check } from '../src/api.ts';
import type { EngineName } from '../src/model/settings.ts';
import { folderWith } from './temporary.ts';

const table = 'CREATE TABLE meters (id INTEGER PRIMARY KEY, reading INTEGER NOT NULL);';
const itself =
  'CREATE TRIGGER step AFTER UPDATE ON meters BEGIN UPDATE meters SET reading = reading + 1 WHERE id = new.id; END;';
const inTurns =
  'CREATE TABLE logs (id INTEGER PRIMARY KEY, meter_id INTEGER NOT NULL REFERENCES meters (id)); CREATE TRIGGER down AFTER UPDATE ON meters BEGIN UPDATE logs SET meter_id = meter_id; END; CREATE TRIGGER up AFTER UPDATE ON logs BEGIN UPDATE meters SET reading = reading + 1; END;';

async function failures(engine: EngineName, recursiveTriggers: boolean, triggers: string): Promise<unknown[]> {
  const folder = folderWith({ 'm/1.sql': table, 'm/2.sql': triggers, 'm/3.sql': 'UPDATE meters SET reading = 0;' });
  const report = await check({ migrations: join(folder, 'm'), dataset: ['one-row'], engine, recursiveTriggers });
  return report.findings
    .filter(({ code }) => code === 'fails-on-rows')
    .map(({ migration, statement, message }) => [migration, statement, message]);
}

describe.each<EngineName>(['better-sqlite3', 'node'])('with the engine %s', (engine) => {
  test.each([
    ['itself', itself],
    ['another one in turns', inTurns],
  ])('a trigger that fires %s without end is a failure on rows', async (_title, triggers) => {
    expect(await failures(engine, true, triggers)).toEqual([
      // Versions of SQLite stop at other depths, in other words.
      ['3', 1, expect.stringMatching(/too many levels of trigger recursion|triggers nested too deep/)],
    ]);
  });

  test('a trigger that may not fire itself is none', async () => {
    expect(await failures(engine, false, itself)).toEqual([]);
  });
});
