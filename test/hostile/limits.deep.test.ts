/** Everything in a run that may go on for ever or take all memory, and that it is ended with a word on where it was. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { rowproof } from '../cli/run.ts';
import { folderWith } from '../temporary.ts';
import { config, endless, expectEnd, keys, type Misdeed, seed } from './user-code.ts';

const soon = ['--limit-statement', '300ms'];
const step = ['--limit-step', '1s'];

describe('a check that does not end', () => {
  test.for<Misdeed>([
    {
      what: 'in a migration',
      files: { 'migrations/2_b.sql': `\n${endless};` },
      flags: soon,
      says: /migrations\/2_b\.sql:2 /,
    },
    {
      what: 'in a migration on the SQLite of Node',
      files: { 'migrations/2_b.sql': `\n${endless};` },
      flags: [...soon, '--engine', 'node'],
      says: /migrations\/2_b\.sql:2 /,
    },
    {
      what: 'in a migration on rows alone',
      files: { 'migrations/2_b.sql': `SELECT (${endless}) FROM a;` },
      flags: soon,
      says: /migrations\/2_b\.sql:1 on the dataset one-row /,
    },
    {
      what: 'in a migration, over many statements',
      files: {
        'migrations/2_b.sql':
          'SELECT (WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c LIMIT 300000) SELECT count(*) FROM c);\n'.repeat(
            1000,
          ),
      },
      flags: step,
      says: /Migration 2_b on the empty database .* the limit of a step; it was stopped at this: migrations\/2_b\.sql:\d+/,
    },
    {
      what: 'over many migrations',
      files: Object.fromEntries(
        Array.from({ length: 100 }, (_, i) => [
          `migrations/${i + 2}_b.sql`,
          'SELECT (WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c LIMIT 1000000) SELECT count(*) FROM c);',
        ]),
      ),
      flags: ['--limit-dataset', '1s'],
      says: /The run on .* the limit of a dataset/,
    },
    ...(['better-sqlite3', 'node'] as const).map((engine) => ({
      what: `in a view that a trigger reads, ${engine}`,
      files: {
        'migrations/2_b.sql':
          'CREATE TABLE n (id INTEGER PRIMARY KEY, up INTEGER REFERENCES n (id), depth INTEGER);\nCREATE VIEW v AS WITH RECURSIVE w (id) AS (SELECT id FROM n UNION ALL SELECT n.up FROM n JOIN w ON n.id = w.id) SELECT count(*) AS c FROM w;\nCREATE TRIGGER t AFTER UPDATE OF up ON n BEGIN UPDATE n SET depth = (SELECT c FROM v); END;',
        'migrations/3_c.sql': 'UPDATE n SET up = id;',
        'seeds/2_n.sql': 'INSERT INTO n VALUES (1, NULL, 0);',
        'seeds/1_a.ts': 'export default () => {};',
      },
      flags: [...soon, '--engine', engine],
      says: /migrations\/3_c\.sql:1 on the dataset fixture /,
    })),
    {
      what: 'in a view that follows rows in circles',
      files: {
        'migrations/2_b.sql':
          'CREATE TABLE n (id INTEGER PRIMARY KEY, up INTEGER REFERENCES n (id));\nCREATE VIEW v AS WITH RECURSIVE w (id) AS (SELECT id FROM n UNION ALL SELECT n.up FROM n JOIN w ON n.id = w.id) SELECT id FROM w;',
        'migrations/3_c.sql': 'CREATE TABLE flat AS SELECT count(*) AS n FROM v;',
        'seeds/2_n.sql': 'INSERT INTO n VALUES (1, 1);',
        'seeds/1_a.ts': 'export default () => {};',
      },
      flags: soon,
      says: /migrations\/3_c\.sql:1 on the dataset fixture /,
    },
    {
      what: 'in a trigger that fires on made-up rows',
      files: {
        'migrations/2_b.sql': `CREATE TABLE n (x);\nCREATE VIEW v (c) AS ${endless};\nCREATE TRIGGER t AFTER INSERT ON n BEGIN UPDATE n SET x = (SELECT c FROM v); END;`,
      },
      flags: step,
      says: /Making the rows of version \d on the dataset one-row /,
    },
    {
      what: 'in a trigger that fires on made-up rows, on the SQLite of Node',
      files: {
        'migrations/2_b.sql': `CREATE TABLE n (x);\nCREATE VIEW v (c) AS ${endless};\nCREATE TRIGGER t AFTER INSERT ON n BEGIN UPDATE n SET x = (SELECT c FROM v); END;`,
      },
      flags: [...step, '--engine', 'node'],
      says: /Making the rows of version \d on the dataset one-row /,
    },
    {
      what: 'on an awkward row',
      files: { 'migrations/2_b.sql': `UPDATE a SET b = (${endless}) WHERE b IS NULL;` },
      flags: [...soon, '--dataset', 'awkward'],
      says: /migrations\/2_b\.sql:1 on the dataset awkward /,
    },
    {
      what: 'in a base',
      files: { 'base.sql': `\n${endless};` },
      flags: [...soon, '--base', 'base.sql'],
      says: /base\.sql:2 /,
    },
    {
      what: 'in a seed of SQL',
      files: { 'seeds/1_a.sql': `\n${endless};` },
      flags: [...soon, '--dataset', 'fixture'],
      says: /seeds\/1_a\.sql:2 on the dataset fixture /,
    },
    {
      what: 'in a query of a seed',
      files: seed(`run(\`${endless}\`);`),
      flags: soon,
      says: /seeds\/1_a\.ts on the dataset fixture /,
    },
    {
      what: 'in a loop of a seed',
      files: seed('for (;;);'),
      flags: step,
      says: /Seed seeds\/1_a\.ts on the dataset fixture /,
    },
    {
      what: 'in a loop of rows',
      files: seed('for (;;) insert("a", {});'),
      flags: step,
      // The limit strikes within an INSERT, whose place is told, or between two.
      says: /Seed seeds\/1_a\.ts on the dataset fixture did not finish .* it was stopped(?: at this: seeds\/1_a\.ts.*)?, so/,
    },
    {
      what: 'as a seed is loaded',
      files: { 'seeds/1_a.ts': 'for (;;);' },
      flags: step,
      says: /Loading seeds\/1_a\.ts /,
    },
    {
      what: 'in an invariant',
      files: { 'seeds/invariants/1_a.sql': `SELECT 1 WHERE (${endless}) < 0` },
      flags: soon,
      says: /seeds\/invariants\/1_a\.sql on /,
    },
    {
      what: 'as the config is loaded',
      files: config('for (;;);'),
      flags: step,
      says: /Loading rowproof\.config\.mjs /,
    },
    {
      what: 'in a promise of the config while a timer runs',
      files: config('setInterval(() => {}, 10); await new Promise(() => {});'),
      flags: step,
      says: /Loading rowproof\.config\.mjs /,
    },
    {
      what: 'in a timer of the config',
      files: config('setTimeout(() => { for (;;); }, 0);'),
      flags: step,
      says: /Code outside of steps, such as a timer of the project, did not finish within 1 s, the limit of a step/,
    },
    { what: 'in connect', files: keys('connect() { for (;;); },'), flags: soon, says: /connect\(db\) of the config / },
    {
      what: 'in a function of SQL',
      files: {
        ...keys("connect(db) { db.function('f', {}, () => { for (;;); }); },"),
        'migrations/2_b.sql': '\nCREATE TABLE n AS SELECT f() AS g;',
      },
      flags: soon,
      says: /migrations\/2_b\.sql:2 /,
    },
    {
      what: 'in a maker',
      files: keys("makers: { 'a.b': () => { for (;;); } },"),
      flags: soon,
      says: /the maker of a\.b on the dataset one-row /,
    },
    {
      what: 'by a limit of the config',
      files: { ...keys("limits: { statement: '300ms' },"), 'migrations/2_b.sql': `${endless};` },
      says: /2_b\.sql:1 .* did not finish within 300 ms/,
    },
    {
      what: 'by a flag that wins over the config',
      files: { ...keys("limits: { statement: '10m' },"), 'migrations/2_b.sql': `${endless};` },
      flags: soon,
      says: /2_b\.sql:1 .* did not finish within 300 ms/,
    },
  ])('$what is ended', (misdeed) => expectEnd(misdeed));

  test('is not ended if it ends by itself', () => {
    expectEnd({
      what: '',
      files: { 'migrations/2_b.sql': 'SELECT 1;' },
      flags: ['--limit-statement', 'none'],
      status: 0,
    });
  });
});

describe('a check that takes all memory', () => {
  const few = ['--limit-memory', '500MB'];
  const blobs =
    'WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c LIMIT 40) SELECT zeroblob(1e8) AS z FROM c';

  test.for<Misdeed>([
    {
      what: 'with a table',
      files: { 'migrations/2_b.sql': `CREATE TABLE n AS ${blobs};` },
      flags: few,
      says: /migrations\/2_b\.sql:1 on /,
    },
    {
      what: 'with a table in the SQLite of Node',
      files: { 'migrations/2_b.sql': `CREATE TABLE n AS ${blobs};` },
      flags: [...few, '--engine', 'node'],
      says: /migrations\/2_b\.sql:1 on /,
    },
    {
      what: 'with a temporary table',
      files: { 'migrations/2_b.sql': `PRAGMA temp_store = MEMORY;\nCREATE TEMP TABLE n AS ${blobs};` },
      flags: [...few, '--transaction', 'none'],
      says: /migrations\/2_b\.sql:2 on /,
    },
    {
      what: 'with an aggregate',
      files: { 'migrations/2_b.sql': `SELECT length(group_concat(hex(z))) FROM (${blobs});` },
      flags: few,
      says: /(?:migrations\/2_b\.sql:1 on |string or blob too big)/,
    },
    {
      what: 'with objects',
      files: seed('const all = []; for (;;) all.push(new Array(1e5).fill(1));'),
      flags: few,
      says: /used more than 500 MiB of memory; it was stopped at this: Seed seeds\/1_a\.ts on the dataset fixture/,
    },
    {
      what: 'with buffers',
      files: seed('const all = []; for (;;) all.push(Buffer.alloc(1e7, 1));'),
      flags: few,
      says: /used more than 500 MiB of memory/,
    },
    {
      what: 'by a limit of the config',
      files: {
        ...keys("limits: { memory: '500MB' },"),
        ...seed('const all = []; for (;;) all.push(Buffer.alloc(1e7, 1));'),
      },
      says: /used more than 500 MiB of memory/,
    },
  ])('$what is ended', (misdeed) => expectEnd(misdeed));

  test('in JavaScript alone is reported, with any output of V8', () => {
    const cwd = folderWith({
      'migrations/1_a.sql': 'CREATE TABLE a (b);',
      ...seed('const all = []; for (;;) all.push({ all: [...all] });'),
    });
    const env = { NODE_OPTIONS: '--max-old-space-size=120' };
    const { status, stderr, stdout } = rowproof(['check', '--dataset', 'fixture', '--limit-memory', 'none'], {
      cwd,
      env,
    });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^rowproof: JavaScript ran out of memory/m);
  });
});

describe('on a production file', () => {
  const rows = 'CREATE TABLE a (b); INSERT INTO a VALUES (1);';
  const files = {
    'migrations/1_a.sql': 'CREATE TABLE a (b);',
    'migrations/2_b.sql': `INSERT INTO a VALUES (2);\nSELECT (${endless}) FROM a;`,
  };

  function production(): { cwd: string; bytes: Buffer } {
    const cwd = folderWith({ ...files, 'tmp/.keep': '' });
    const db = new Sqlite(join(cwd, 'p.db'));
    db.exec(
      `${rows} CREATE TABLE _migrations (version INTEGER PRIMARY KEY, applied_at TEXT NOT NULL); INSERT INTO _migrations VALUES (1, '')`,
    );
    db.close();
    return { cwd, bytes: readFileSync(join(cwd, 'p.db')) };
  }

  test.for(['gate', 'migrate'])('a %s that does not end is ended, and the file is unchanged', (command) => {
    const { cwd, bytes } = production();
    const env = { TMPDIR: join(cwd, 'tmp') };
    const { status, stderr, stdout } = rowproof([command, '--db', 'p.db', '--limit-statement', '500ms'], { cwd, env });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^rowproof: migrations\/2_b\.sql:2 .*did not finish within 500 ms/);
    const db = new Sqlite(join(cwd, 'p.db'));
    expect(db.prepare('SELECT count(*) FROM a').pluck().get()).toBe(1);
    db.close();
    // The migrator notes more in its ledger before it begins.
    if (command === 'gate') expect(readFileSync(join(cwd, 'p.db'))).toEqual(bytes);
    expect(readdirSync(join(cwd, 'tmp'))).toEqual(['.keep']);
  });

  test('a seed that does not end leaves no file', () => {
    const cwd = folderWith(files);
    const { status, stderr } = rowproof(['seed', '-o', 'new.db', '--limit-step', '500ms'], { cwd });
    expect(stderr).toMatch(/the limit of a step/);
    expect(status).toBe(2);
    expect(readdirSync(cwd).sort()).toEqual(['migrations']);
  });
});

test('in a program that calls the API the process is killed, with the words on its error output', () => {
  const cwd = folderWith({ 'migrations/1_a.sql': `${endless};` });
  const api = JSON.stringify(join(import.meta.dirname, '../../src/api.ts'));
  const program = `import { check } from ${api};
    await check({ migrations: 'migrations', limits: { statement: '300ms' } });`;
  const flags = ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', program];
  const { signal, stderr } = spawnSync(process.execPath, flags, { cwd, encoding: 'utf8', timeout: 60_000 });
  expect(signal).toBe('SIGKILL');
  expect(stderr).toMatch(/^rowproof: migrations\/1_a\.sql:1 .* did not finish within 300 ms/);
});
