import { statSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { migrate } from '../src/api.ts';
import { type Config, parseConfig, resolveConfig } from '../src/config.ts';
import type { Cost } from '../src/model/cost.ts';
import type { Report } from '../src/model/report.ts';
import { inProcess } from './cli/main.ts';
import { gate } from './gate-source.ts';
import { folderWith } from './temporary.ts';

const first = {
  'm/1_a.sql': `CREATE TABLE sales (id INTEGER PRIMARY KEY, cents INTEGER NOT NULL, note TEXT);
    CREATE TABLE log (id INTEGER PRIMARY KEY, sale INTEGER);
    CREATE TRIGGER sales_log AFTER UPDATE OF cents ON sales BEGIN INSERT INTO log (sale) VALUES (new.id); END;`,
};
const rows = `WITH RECURSIVE c (k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM c WHERE k < 1000)
  INSERT INTO sales SELECT k, k, hex(zeroblob(200)) FROM c;`;

interface Place {
  readonly file: string;
  readonly migrations: string;
}

/** A production database at version 1 with a thousand rows, and migrations still to come. */
async function production(journal: 'wal' | 'delete', pending: Readonly<Record<string, string>>): Promise<Place> {
  const folder = folderWith(first);
  const file = join(folder, 'app.db');
  await migrate({ migrations: join(folder, 'm') }, { file });
  const db = new Sqlite(file);
  db.pragma(`journal_mode = ${journal}`);
  db.exec(rows);
  db.close();
  return { file, migrations: join(folderWith({ ...first, ...pending }), 'm') };
}

/** A clock on which each look takes a millisecond. */
function ticking(): () => number {
  let now = 0;
  return () => {
    now += 1;
    return now;
  };
}

async function measured({ file, migrations }: Place, config: Config = {}): Promise<Report> {
  return gate({ migrations, ...config }, { file, clock: ticking() });
}

async function costOf(place: Place, config: Config = {}): Promise<Cost> {
  const { cost } = await measured(place, config);
  if (cost === undefined) throw new Error('nothing was measured');
  return cost;
}

const update = 'UPDATE sales SET cents = cents + 1;';

describe('the cost of a deploy', () => {
  test('counts the rows of statements and of their triggers', async () => {
    const place = await production('wal', { 'm/2_b.sql': `${update}\nDELETE FROM log WHERE sale > 900;` });
    const { steps } = await costOf(place);
    expect(steps).toMatchObject([
      {
        migration: '2_b',
        rows: 2100,
        statements: [
          { statement: 1, line: 1, rows: 2000, milliseconds: 1 },
          { statement: 2, line: 2, rows: 100, milliseconds: 1 },
        ],
      },
    ]);
  });

  test.each<['wal' | 'delete', string]>([
    ['wal', '-wal'],
    ['delete', '-journal'],
  ])('tells the size of the journal in mode %s as production has it', async (journal, suffix) => {
    const place = await production(journal, { 'm/2_b.sql': `${update} CREATE TABLE copy AS SELECT * FROM sales;` });
    const { steps, total } = await costOf(place);
    const db = new Sqlite(place.file);
    db.pragma('wal_autocheckpoint = 0');
    db.exec(`BEGIN IMMEDIATE; ${update} CREATE TABLE copy AS SELECT * FROM sales;`);
    const during = journal === 'delete' ? statSync(`${place.file}-journal`).size : 0;
    const before = statSync(place.file).size;
    db.exec('COMMIT');
    const size = journal === 'delete' ? during : statSync(`${place.file}${suffix}`).size;
    const after = Number(db.pragma('page_count', { simple: true })) * Number(db.pragma('page_size', { simple: true }));
    db.close();
    const [step] = steps;
    expect(step?.journalBytes).toBeGreaterThan(0.9 * size);
    expect(step?.journalBytes).toBeLessThan(1.1 * size);
    expect(step).toMatchObject({ journal: journal === 'wal' ? 'wal' : 'rollback', bytesAfter: after });
    expect(after).toBeGreaterThan(before);
    expect(total.freeBytes).toBe((step?.bytesAfter ?? 0) - (step?.bytesBefore ?? 0) + (step?.journalBytes ?? 0));
  });

  const two = { 'm/2_b.sql': `${update} SELECT 1;`, 'm/3_c.sql': 'DELETE FROM log;' };

  test.each<[NonNullable<Config['transaction']>, readonly number[], number]>([
    // Two statements and the COMMIT.
    ['per-migration', [3, 2], 3],
    ['all-pending', [3, 2], 5],
    ['none', [1, 1], 1],
  ])('tells how long writers wait with the transactions of %s', async (transaction, steps, total) => {
    const cost = await costOf(await production('delete', two), { transaction });
    expect(cost.steps.map(({ lockMilliseconds }) => lockMilliseconds)).toEqual(steps);
    expect(cost.total.lockMilliseconds).toBe(total);
  });

  test('counts a transaction of the file from its BEGIN to its COMMIT', async () => {
    const sql = `SELECT 1; BEGIN; ${update} DELETE FROM log; COMMIT; SELECT 2;`;
    const { steps } = await costOf(await production('delete', { 'm/2_b.sql': sql }));
    expect(steps.map(({ lockMilliseconds }) => lockMilliseconds)).toEqual([4]);
  });

  test('is told up to a statement that fails', async () => {
    const sql = `${update} CREATE UNIQUE INDEX i ON log (sale); INSERT INTO log (sale) VALUES (1);`;
    const { steps } = await costOf(await production('delete', { 'm/2_b.sql': sql }));
    expect(steps[0]?.statements.map(({ milliseconds, rows }) => [milliseconds, rows])).toEqual([
      [1, 2000],
      [1, 0],
      [null, 0],
    ]);
  });

  test.each(['quick', 'full'] as const)(
    'has the time of the copy apart from that of its %s check',
    async (integrity) => {
      const { copy } = await measured(await production('wal', {}), { integrity });
      expect(copy).toMatchObject({ milliseconds: 1, writersWaited: null, check: { integrity, milliseconds: 1 } });
    },
  );

  test('has the time in which writers waited for the copy, in rollback-journal mode', async () => {
    const place = await production('delete', {});
    const { copy } = await measured(place);
    expect(copy).toMatchObject({
      bytes: statSync(place.file).size,
      writersWaited: { milliseconds: 1, expected: null },
      check: { integrity: 'quick', milliseconds: 1 },
    });
  });

  test('stands in no report of check, nor of a gate where nothing is pending', async () => {
    expect((await measured(await production('delete', {}))).cost).toBeUndefined();
  });
});

describe('budgets', () => {
  const pending = { 'm/2_b.sql': update, 'm/3_c.sql': 'CREATE TABLE copy AS SELECT * FROM sales;' };

  async function exceeded(budgets: Config['budgets'], config: Config = {}): Promise<unknown[]> {
    const { findings, verdict } = await measured(await production('delete', pending), { budgets, ...config });
    const found = findings.filter(({ code }) => code === 'budget-exceeded');
    if (found.length > 0) expect(verdict?.go).toBe(false);
    return found.map(({ migration, severity, datasets, facts }) => [migration, severity, datasets.join(), facts]);
  }

  test.each<[string, NonNullable<Config['budgets']>, Config, readonly unknown[]]>([
    [
      'a lock',
      { lock: '1ms' },
      {},
      ['2_b', 'error', 'copy', { budget: 'lock', limit: 1, measured: 2, forecast: null }],
    ],
    [
      'the lock of all',
      { lock: 3 },
      { transaction: 'all-pending' },
      ['3_c', 'error', 'copy', { budget: 'lock', limit: 3, measured: 4, forecast: null }],
    ],
    [
      'the time of all',
      { time: '3ms' },
      {},
      ['3_c', 'error', 'copy', { budget: 'time', limit: 3, measured: 4, forecast: null }],
    ],
  ])('%s', async (_name, budgets, config, expected) => {
    expect(await exceeded(budgets, config)).toEqual([expected]);
  });

  test('the size of file and journal', async () => {
    expect(await exceeded({ sizeGrowth: '1.1x' })).toMatchObject([['2_b', 'error', 'copy', { budget: 'sizeGrowth' }]]);
  });

  test('that are kept say nothing', async () => {
    expect(await exceeded({ lock: '1s', time: '1m', sizeGrowth: '10x' })).toEqual([]);
    expect(await exceeded({ lock: 'none' })).toEqual([]);
  });

  test('are flags of the gate, and exceeding one ends it with 1', async () => {
    const { file, migrations } = await production('delete', pending);
    const { status, stdout } = await inProcess('gate', '--db', file, migrations, '--max-size-growth', '1.05x');
    expect(status).toBe(1);
    expect(stdout).toContain('NO-GO');
    expect(stdout).toMatch(/times as large as the file, and the budget is 1\.05/);
    const fine = await inProcess('gate', '--db', file, migrations, '--max-lock', '1h', '--max-time', '1h');
    expect(fine.status).toBe(0);
    expect(fine.stdout).toMatch(/Cost on the copy/);
  });

  test.each<[unknown, RegExp, string | null]>([
    [{ lock: 'soon' }, /budgets\.lock: must be a time such as '5s'/, 'Correct the value.'],
    [{ sizeGrowth: '0.5x' }, /budgets\.sizeGrowth: must be a factor of at least 1 such as '2x'/, 'Correct the value.'],
    [{ sizeGrowht: '2x' }, /budgets/, 'Did you mean sizeGrowth?'],
  ])('that make no sense are refused: %j', (budgets, message, remedy) => {
    expect(() => parseConfig({ budgets }, 'c')).toThrow(
      expect.objectContaining({ message: expect.stringMatching(message), remedy }),
    );
  });

  test('are read with their units', () => {
    const { budgets } = resolveConfig(parseConfig({ budgets: { lock: '5s', sizeGrowth: 2, time: 30_000 } }, 'c'));
    expect(budgets).toEqual({ lock: 5000, sizeGrowth: 2, time: 30_000 });
  });
});
