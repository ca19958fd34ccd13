import { join } from 'node:path';
import { expect, test } from 'vitest';
import { check } from '../src/api.ts';
import type { Config } from '../src/config.ts';
import { openMemory } from '../src/database/connection.ts';
import type { Finding } from '../src/model/finding.ts';
import { buildSettings } from './build.ts';
import { folderWith } from './temporary.ts';

const tables = `CREATE TABLE p (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE c (id INTEGER PRIMARY KEY, p_id INTEGER REFERENCES p (id), q_id INTEGER REFERENCES p (id));`;

const rebuild = (column: string): string => `CREATE TABLE n (id INTEGER PRIMARY KEY, p_id INTEGER REFERENCES p (id),
  q_id INTEGER REFERENCES p (id), ${column} TEXT);
INSERT INTO n (id, p_id, q_id) SELECT id, p_id, q_id FROM c;
DROP TABLE c;
ALTER TABLE n RENAME TO c;`;

async function straysOf(files: Readonly<Record<string, string>>, config: Config = {}): Promise<Finding[]> {
  const folder = folderWith(Object.fromEntries(Object.entries(files).map(([name, sql]) => [`m/${name}`, sql])));
  const { findings } = await check({
    tool: 'rowproof',
    migrations: join(folder, 'm'),
    dataset: ['one-row', 'awkward'],
    foreignKeys: true,
    ...config,
  });
  return findings.filter(({ cause }) => cause === 'orphans-under-declared-key');
}

test('orphans under declared keys are one warning of the history, at the first statement that meets them', async () => {
  const found = await straysOf({ '1_a.sql': tables, '2_b.sql': rebuild('b'), '3_c.sql': rebuild('c') });
  expect(found).toMatchObject([
    {
      code: 'fails-on-rows',
      severity: 'warning',
      migration: '2_b',
      statement: 2,
      table: 'c',
      datasets: ['awkward'],
      facts: { sites: [{ migration: '3_c', statement: 2, table: 'c' }] },
    },
  ]);
});

test('its SELECT finds orphans where there are some, and nothing where there are none', async () => {
  const [found] = await straysOf({ '1_a.sql': tables, '2_b.sql': rebuild('b') });
  const db = openMemory(buildSettings({ foreignKeys: false }));
  db.exec(tables);
  const ask = (): unknown[] => db.prepare<[]>(found?.hazards[0]?.query ?? '').all();
  db.exec("INSERT INTO p VALUES (1, 'a'); INSERT INTO c VALUES (1, 1, 1);");
  expect(ask()).toEqual([]);
  db.exec('INSERT INTO c VALUES (2, 7, 1);');
  expect(ask()).toEqual([{ table: 'c', parent: 'p', orphans: 1 }]);
  db.close();
});

test.each<[what: string, files: Readonly<Record<string, string>>, config?: Config]>([
  [
    'somebody says that keys hold',
    { '2_b.sql': `-- rowproof: assume foreign keys hold -- enforced since the first day\n${rebuild('b')}` },
  ],
  ['keys are not enforced', { '2_b.sql': rebuild('b') }, { foreignKeys: false }],
  ['the rows stay where they are', { '2_b.sql': 'ALTER TABLE c ADD COLUMN b TEXT;' }],
  [
    'the copy leaves them out',
    {
      '2_b.sql': `DELETE FROM c WHERE p_id NOT IN (SELECT id FROM p) OR q_id NOT IN (SELECT id FROM p);\n${rebuild('b')}`,
    },
  ],
])('nothing is said where %s', async (_, files, config) => {
  expect(await straysOf({ '1_a.sql': tables, ...files }, config)).toEqual([]);
});

test.each<[what: string, second: string, config: Config, unused: boolean]>([
  ['a rebuild checks them again', rebuild('b'), {}, false],
  ['no migration checks them again', 'ALTER TABLE c ADD COLUMN b TEXT;', {}, true],
  ['keys do not act', rebuild('b'), { foreignKeys: false }, true],
])('that keys hold is an assumption where %s', async (_, second, config, unused) => {
  const files = { '1_a.sql': tables, '2_b.sql': `-- rowproof: assume foreign keys hold -- always enforced\n${second}` };
  const { findings } = await check({ migrations: folderWith(files), dataset: ['awkward'], ...config });
  expect(findings.filter(({ code }) => code === 'directive-unused').length).toBe(unused ? 1 : 0);
});
