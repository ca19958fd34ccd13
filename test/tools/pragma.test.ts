/** PRAGMA foreign_keys does nothing inside a transaction: told with the rows that go by it, and a note for the rest. */
import { expect, test } from 'vitest';
import { check } from '../../src/api.ts';
import { folderWith } from '../temporary.ts';

const tables =
  'CREATE TABLE p (id INTEGER PRIMARY KEY, a TEXT);\nCREATE TABLE c (id INTEGER PRIMARY KEY, p INTEGER REFERENCES p(id) ON DELETE CASCADE);';
const rebuild = (table: string): string =>
  `CREATE TABLE n (id INTEGER PRIMARY KEY, a TEXT);\nINSERT INTO n SELECT id, a FROM ${table};\nDROP TABLE ${table};\nALTER TABLE n RENAME TO ${table};`;

async function pragmas(files: Readonly<Record<string, string>>, config: object = {}): Promise<unknown[]> {
  const { findings } = await check({ migrations: folderWith(files), dataset: ['one-row'], ...config });
  return findings
    .filter(({ code }) => code === 'pragma-without-effect')
    .map(({ severity, migration, line, facts }) => [severity, migration, line, facts]);
}

test('PRAGMA foreign_keys = OFF without effect is told with the children that are deleted', async () => {
  const files = {
    '1_a.sql': tables,
    '2_b.sql': `\nPRAGMA foreign_keys = OFF;\n${rebuild('p')}\nPRAGMA foreign_keys = ON;`,
  };
  const { findings } = await check({ migrations: folderWith(files), dataset: ['one-row'] });
  expect(findings).toMatchObject([
    { code: 'rows-lost', severity: 'error', migration: '2_b', consequences: ['pragma-without-effect'] },
  ]);
});

test('a history without losses has one note for all its pragmas', async () => {
  const alone = 'CREATE TABLE p (id INTEGER PRIMARY KEY, a TEXT);';
  const useless = `PRAGMA main.foreign_keys(0);\n${rebuild('p')}\nPRAGMA foreign_keys = ON;`;
  const files = { '1_a.sql': alone, '2_b.sql': useless, '3_c.sql': useless, '4_d.sql': useless };
  const { findings } = await check({ migrations: folderWith(files), dataset: ['one-row'] });
  expect(findings).toMatchObject([
    {
      code: 'pragma-without-effect',
      severity: 'note',
      migration: '2_b',
      details: ['The same happens in 3_c, 4_d.'],
    },
  ]);
});

test('a statement that the tool refuses is reported only as refused', async () => {
  const folder = folderWith({ 'V1__a.sql': tables, 'V2__b.sql': `PRAGMA foreign_keys = ON;\n${rebuild('p')}` });
  const { findings } = await check({ migrations: folder, dataset: ['one-row'] });
  expect(findings.map(({ code }) => code)).toEqual(['refused-by-tool']);
});

test('PRAGMA foreign_keys = ON without effect is a note where keys are off', async () => {
  const files = { '1_a.sql': tables, '2_b.sql': 'PRAGMA foreign_keys = ON;\nDELETE FROM p;' };
  expect(await pragmas(files, { foreignKeys: false })).toEqual([['note', '2_b', 1, { foreignKeys: false }]]);
});

test.each<[string, string, object]>([
  [
    'outside of the transaction',
    `PRAGMA foreign_keys = OFF;\nBEGIN;\n${rebuild('p')}\nCOMMIT;\nPRAGMA foreign_keys = ON;`,
    {},
  ],
  ['between transactions', `BEGIN;\nSELECT 1;\nCOMMIT;\nPRAGMA foreign_keys = OFF;\n${rebuild('p')}`, {}],
  ['in a file without a transaction', `PRAGMA foreign_keys = OFF;\n${rebuild('p')}`, { transaction: 'none' }],
  ['that asks for the present state', `PRAGMA foreign_keys = OFF;\n${rebuild('p')}`, { foreignKeys: false }],
  ['that only asks', 'PRAGMA foreign_keys;\nPRAGMA foreign_key_check;', {}],
  [
    'under the directive that rowproof reads',
    `-- rowproof: foreign_keys=off\nPRAGMA foreign_keys = OFF;\n${rebuild('p')}`,
    { tool: 'rowproof' },
  ],
  [
    'in a file that restores the children',
    `PRAGMA foreign_keys = OFF;\nCREATE TABLE kept AS SELECT * FROM c;\n${rebuild('p')}\nINSERT OR IGNORE INTO c SELECT * FROM kept;\nDROP TABLE kept;`,
    {},
  ],
])('no finding on a PRAGMA %s', async (_name, sql, config) => {
  expect(await pragmas({ '1_a.sql': tables, '2_b.sql': sql }, config)).toEqual([]);
});
