import { parseConfig } from '../../../src/config.ts';
import { type Input, type Kind, secret } from '../input.ts';
import type { Random } from '../random.ts';
import { ledgerOf } from './ledger.ts';

const table = 'CREATE TABLE a (id INTEGER PRIMARY KEY, name TEXT);\n';
const numbers = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)';

/** Queries that never end, or not in the life of whoever waits; some take all memory before. */
const queries = [
  `${numbers} SELECT count(*) AS x FROM n`,
  `${numbers} SELECT i FROM n WHERE i < 0`,
  `${numbers} SELECT i FROM n ORDER BY random()`,
  `${numbers} SELECT DISTINCT i FROM n`,
  `${numbers} SELECT group_concat(hex(randomblob(1000))) AS x FROM n`,
  `${numbers}, m AS (SELECT * FROM n LIMIT 100000) SELECT count(*) AS x FROM m AS p, m AS q, m AS r`,
  'WITH RECURSIVE n(i) AS (SELECT 1 UNION SELECT i + 1 FROM n) SELECT count(*) AS x FROM n',
  "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 'a') SELECT count(*) AS x FROM n",
  "WITH RECURSIVE n(i) AS (SELECT 'x' UNION ALL SELECT i || i FROM n) SELECT length(max(i)) AS x FROM n",
  `SELECT printf('%.*c', 3000, 'a') GLOB '${'*a'.repeat(20)}b' AS x`,
  `SELECT ${Array.from({ length: 40 }, (_, i) => `length(zeroblob(100000000) || ${i})`).join(' + ')} AS x, (${numbers} SELECT count(*) FROM n)`,
] as const;

const statements = (query: string): readonly [string, ...string[]] => [
  query,
  `INSERT INTO a (name) SELECT 1 FROM (${query})`,
  `CREATE TABLE b AS ${query}`,
  `UPDATE a SET name = (SELECT 1 FROM (${query}))`,
  `INSERT INTO a (name) ${numbers} SELECT i FROM n`,
  `INSERT INTO a (id) VALUES (1); UPDATE a SET name = (SELECT count(*) FROM (${query}))`,
  `CREATE TRIGGER t AFTER INSERT ON a BEGIN INSERT INTO a (name) SELECT 1 FROM (${numbers} SELECT i FROM n); END; INSERT INTO a (name) VALUES ('x')`,
  `CREATE VIEW v AS ${query}; SELECT * FROM v`,
  `CREATE INDEX i ON a (name); DELETE FROM a WHERE name NOT IN (${query.replace(/ ORDER BY random\(\)/, '')})`,
];

const loop = 'for (;;) {}';
const growth = 'const kept = []; for (;;) kept.push(new Uint8Array(1e7).fill(1));';

const production = {
  kind: 'database',
  sql: [table, `INSERT INTO a VALUES (1, '${secret}')`, ...ledgerOf([1])],
} as const;

const limits = ['--limit-statement', '1s', '--limit-step', '2s', '--limit-dataset', '4s', '--limit-memory', '400MB'];

const inputs: readonly [
  (random: Random, sql: string, query: string) => Input,
  ...((random: Random, sql: string, query: string) => Input)[],
] = [
  (_random, sql) => ({ files: { 'm/1_a.sql': table, 'm/2_b.sql': sql }, args: ['check', 'm'] }),
  (_random, sql) => ({ files: { 'm/1_a.sql': table, 'm/2_b.sql': sql }, args: ['check', 'm', '--engine', 'node'] }),
  (_random, sql) => ({ files: { 'm/1_a.sql': table, 'seeds/1_a.sql': sql }, args: ['check', 'm'] }),
  (_random, sql) => ({
    files: { 'm/1_a.sql': 'CREATE TABLE z (a);', 'base.sql': `${table}INSERT INTO a VALUES (1, 'x');\n${sql}` },
    args: ['check', 'm', '--base', 'base.sql'],
  }),
  (_random, _sql, query) => ({
    files: { 'm/1_a.sql': table, 'seeds/invariants/1_a.sql': query },
    args: ['check', 'm'],
  }),
  (_random, sql) => ({
    files: { 'm/1_a.sql': table, 'm/2_b.sql': sql, 'p.db': production },
    args: ['gate', '--db', 'p.db', 'm'],
    secrets: true,
  }),
  (_random, _sql, query) => ({
    files: { 'm/1_a.sql': table, 'm/2_b.sql': 'SELECT 1', 'seeds/invariants/1_a.sql': query, 'p.db': production },
    args: ['gate', '--db', 'p.db', 'm'],
    secrets: true,
  }),
  (_random, sql) => ({
    files: { 'm/1_a.sql': table, 'm/2_b.sql': sql, 'p.db': production },
    args: ['migrate', '--db', 'p.db', 'm'],
    migrates: 'p.db',
  }),
  (_random, sql) => ({
    files: { 'm/1_a.sql': table, 'm/2_b.sql': sql },
    args: ['seed', '-o', 'made.db', 'm'],
    outputs: ['made.db'],
  }),
  (random) => ({
    files: {
      'm/1_a.sql': table,
      'seeds/1_a.mjs': `export default ({ insert }) => { ${random.pick([loop, growth, "for (;;) insert('a', { name: 'x' });"])} };`,
    },
    args: ['check', 'm'],
  }),
  (random) => ({
    files: { 'm/1_a.sql': table, 'seeds/1_a.mjs': `${random.pick([loop, growth])}\nexport default () => {};` },
    args: ['check', 'm'],
  }),
  (random) => ({
    files: { 'm/1_a.sql': table, 'rowproof.config.mjs': `${random.pick([loop, growth])}\nexport default {};` },
    args: ['check', 'm'],
  }),
  (random) => ({
    files: {
      'm/1_a.sql': table,
      'rowproof.config.mjs': `export default { connect: (db) => { ${random.pick([loop, growth])} } };`,
    },
    args: ['check', 'm'],
  }),
  (random) => ({
    files: {
      'm/1_a.sql': table,
      'm/2_b.sql': 'SELECT f()',
      'rowproof.config.mjs': `export default { connect: (db) => { db.function('f', {}, () => { ${random.pick([loop, growth])} }); } };`,
    },
    args: ['check', 'm'],
  }),
  (random) => ({
    files: {
      'm/1_a.sql': table,
      'rowproof.config.mjs': `export default { makers: { 'a.name': () => { ${random.pick([loop, growth])} } } };`,
    },
    args: ['check', 'm'],
  }),
];

/** Code that never ends by itself and takes all resources, under low limits: it is ended, and nobody takes that for clean. */
export const endless: Kind = {
  name: 'endless',
  tries: hasLimits() ? { command: 30 } : {},
  generate: (random) => {
    const query = random.pick(queries);
    const { args, ...input } = random.pick(inputs)(random, random.pick(statements(query)), query);
    return { ...input, args: [...args, ...limits], endless: true };
  },
};

function hasLimits(): boolean {
  try {
    parseConfig({ limits: { statement: '1s' } }, 'The config');
    return true;
  } catch {
    return false;
  }
}
