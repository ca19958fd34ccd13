import { cpSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { check } from '../src/api.ts';
import type { Config } from '../src/config.ts';
import type { Report } from '../src/model/report.ts';
import { some } from './breadth.ts';
import { specimens } from './specimens.ts';
import { folderWith } from './temporary.ts';

const schema = `CREATE TABLE p (id INTEGER PRIMARY KEY, name TEXT, size INTEGER);
  CREATE TABLE q (id INTEGER PRIMARY KEY, name TEXT, size INTEGER);
  CREATE TABLE c (id INTEGER PRIMARY KEY, p_id INTEGER REFERENCES p(id) ON DELETE CASCADE);`;
const rows = `INSERT INTO p VALUES (1, 'a', NULL), (2, 'a', 2); INSERT INTO q VALUES (1, 'a', NULL), (2, 'a', 2);
  INSERT INTO c VALUES (1, 1), (2, 2);`;
const more = `${rows} INSERT INTO p VALUES (7, 'a', 9), (8, 'z', 9); INSERT INTO q VALUES (7, 'a', 9); INSERT INTO c VALUES (3, 7);`;

interface Given {
  readonly sql: string;
  readonly seeds?: string;
  readonly name?: string;
  readonly config?: Config;
}

async function report({ sql, seeds = rows, name = '2_change.sql', config = {} }: Given): Promise<Report> {
  const folder = folderWith({ 'm/1_first.sql': schema, [`m/${name}`]: sql, 'seeds/1.sql': seeds });
  return check({ migrations: join(folder, 'm'), seeds: join(folder, 'seeds'), tool: 'rowproof', ...config });
}

function told({ findings }: Report): Record<string, unknown>[] {
  return findings.map(({ code, cause, fingerprint }) => ({ code, cause, fingerprint }));
}

const uniqueName = (table: string): string => `CREATE UNIQUE INDEX ${table}_name ON ${table}(name);`;
const rebuilt = (table: string, columns: string, copy: string): string =>
  `CREATE TABLE n (${columns}); INSERT INTO n SELECT ${copy} FROM ${table}; DROP TABLE ${table}; ALTER TABLE n RENAME TO ${table};`;

const histories: readonly (readonly [what: string, sql: string])[] = [
  ['fails-on-rows', uniqueName('p')],
  ['rows-lost', rebuilt('p', 'id INTEGER PRIMARY KEY, name TEXT, size INTEGER', '*')],
  ['values-changed', rebuilt('q', 'id INTEGER PRIMARY KEY, size INTEGER, name TEXT', '*')],
  [
    'several',
    `DELETE FROM q WHERE id = 1; ${rebuilt('c', 'id INTEGER PRIMARY KEY, p_id INTEGER', '* FROM c WHERE id > 1; SELECT 1')}`,
  ],
];

describe.each(histories)('the fingerprints of %s', (_, sql) => {
  test('are hexadecimal, and belong to one finding each', async () => {
    const fingerprints = (await report({ sql })).findings.map(({ fingerprint }) => fingerprint);
    expect(fingerprints.length).toBeGreaterThan(0);
    expect(fingerprints.filter((each) => !/^[\da-f]{16}$/.test(each))).toEqual([]);
    expect(new Set(fingerprints).size).toBe(fingerprints.length);
  });

  test.each<[string, Partial<Given>]>([
    ['comments and blank lines before the statement', { sql: `-- why\n\n/* more\n */\n\n${sql}` }],
    ['another statement before it', { sql: `CREATE TABLE other (id INTEGER PRIMARY KEY);\n${sql}` }],
    ['another number of rows', { seeds: more }],
    ['another seed number', { config: { seed: 77 } }],
  ])('stay the same with %s', async (_change, change) => {
    const before = told(await report({ sql }));
    const after = told(await report({ sql, ...change }));
    for (const finding of before) expect(after).toContainEqual(finding);
  });

  test('differ in another migration', async () => {
    const before = (await report({ sql })).findings.map(({ fingerprint }) => fingerprint);
    const after = (await report({ sql, name: '2_another.sql' })).findings.map(({ fingerprint }) => fingerprint);
    expect(after.filter((each) => before.includes(each))).toEqual([]);
  });
});

describe('a fingerprint differs', () => {
  const only = async (sql: string): Promise<string> => {
    const { findings } = await report({ sql, config: { dataset: ['fixture'] } });
    const [finding] = findings;
    if (finding === undefined || findings.length > 1) throw new Error('one finding was expected');
    return finding.fingerprint;
  };

  test.each<[what: string, one: string, other: string]>([
    ['of another table', uniqueName('p'), uniqueName('q')],
    [
      'of another column',
      'UPDATE p SET size = NULL; CREATE UNIQUE INDEX i ON p(name);',
      'UPDATE p SET size = 1; CREATE UNIQUE INDEX i ON p(size);',
    ],
    ['for another cause', 'CREATE UNIQUE INDEX i ON q(name);', 'ALTER TABLE q ADD COLUMN x NOT NULL;'],
    ['for another code', 'DELETE FROM q;', 'UPDATE q SET id = id + 1 WHERE id = 1;'],
  ])('%s', async (_, one, other) => {
    expect(await only(one)).not.toBe(await only(other));
  });
});

test.each(some(specimens, 6).map((specimen) => [specimen.name, specimen] as const))(
  'comments at the head of every file change no fingerprint of %s',
  async (_name, { config }) => {
    const before = await check({ ...config, dataset: ['fixture'] });
    const folder = folderWith();
    cpSync(config.migrations ?? '', folder, { recursive: true });
    for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      const path = join(folder, file);
      if (!file.endsWith('.sql') || !statSync(path).isFile()) continue;
      writeFileSync(path, `-- A remark.\n\n${readFileSync(path, 'utf8')}`);
    }
    const after = await check({ ...config, migrations: folder, dataset: ['fixture'] });
    expect(told(after)).toEqual(told(before));
    const fingerprints = after.findings.map(({ fingerprint }) => fingerprint);
    expect(new Set(fingerprints).size).toBe(fingerprints.length);
  },
);
