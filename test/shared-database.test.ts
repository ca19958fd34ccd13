import { describe, expect, test } from 'vitest';
import { check } from '../src/api.ts';
import type { CheckDataset, Config } from '../src/config.ts';
import type { Report } from '../src/model/report.ts';
import { folderWith } from './temporary.ts';

/** Histories in which a step fails on a plain row, on a hazard, and on what is made anew after it. */
const histories: Readonly<Record<string, readonly string[]>> = {
  'a failure on plain rows, and steps after it': [
    'CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT, mail TEXT NOT NULL);',
    'ALTER TABLE people ADD COLUMN team TEXT NOT NULL DEFAULT NULL;',
    'CREATE UNIQUE INDEX people_mail ON people (mail);',
    'UPDATE people SET name = upper(name);',
  ],
  'a hazard': [
    'CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT, place INTEGER REFERENCES places (id));\nCREATE TABLE places (id INTEGER PRIMARY KEY, name TEXT);',
    'CREATE TABLE n2 (id INTEGER PRIMARY KEY, text TEXT NOT NULL, place INTEGER REFERENCES places (id));\nINSERT INTO n2 SELECT id, text, place FROM notes;\nDROP TABLE notes;\nALTER TABLE n2 RENAME TO notes;',
    'DELETE FROM places;',
  ],
};

/** What a report says of `awkward` and of the empty database. */
function ofAwkward({ steps, findings }: Report): unknown {
  return {
    steps: steps.filter(({ dataset }) => dataset === 'awkward' || dataset === 'empty'),
    findings: findings
      .filter(({ datasets }) => datasets.includes('awkward'))
      .map(({ code, cause, message, statement, hazards, migration }) => [
        code,
        cause,
        message,
        statement,
        hazards,
        migration,
      ]),
  };
}

describe.each(Object.entries(histories))('%s', (_, texts) => {
  const files = Object.fromEntries(texts.map((sql, i) => [`migrations/000${i + 1}_step.sql`, sql]));
  const report = (dataset: CheckDataset[], own: Config = {}): Promise<Report> =>
    check({ migrations: `${folderWith(files)}/migrations`, dataset, rewrites: false, ...own });

  test.each([['better-sqlite3'], ['node']] as const)(
    'awkward finds the same beside one-row as alone, on %s',
    async (engine) => {
      const alone = ofAwkward(await report(['awkward'], { engine }));
      expect(ofAwkward(await report(['one-row', 'awkward'], { engine }))).toEqual(alone);
      expect(ofAwkward(await report(['awkward', 'one-row'], { engine }))).toEqual(alone);
    },
  );
});
