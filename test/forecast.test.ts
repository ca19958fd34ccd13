/** What migrations would cost in production, by its profile. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { check, migrate, profile as profileOf } from '../src/api.ts';
import type { Config } from '../src/config.ts';
import type { StepForecast } from '../src/model/cost.ts';
import type { Report } from '../src/model/report.ts';
import { plain } from '../src/report/paint.ts';
import { reporters } from '../src/report/reporters.ts';
import { gate } from './gate-source.ts';
import { folderWith } from './temporary.ts';

const first = {
  'm/1_a.sql': `CREATE TABLE shops (id INTEGER PRIMARY KEY, name TEXT NOT NULL, region TEXT NOT NULL);
    CREATE TABLE sales (id INTEGER PRIMARY KEY, shop_id INTEGER NOT NULL REFERENCES shops (id), cents INTEGER NOT NULL, note TEXT);
    CREATE INDEX sales_by_shop ON sales (shop_id);
    CREATE TABLE regions (name TEXT NOT NULL, tax INTEGER NOT NULL);`,
};

/** A profile as a file, and the database that it was captured from. */
let folder = '';
let production: { readonly profile: string; readonly file: string };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rowproof forecast '));
  mkdirSync(join(folder, 'm'));
  writeFileSync(join(folder, 'm/1_a.sql'), first['m/1_a.sql']);
  const file = join(folder, 'app.db');
  await migrate({ migrations: join(folder, 'm') }, { file });
  const db = new Sqlite(file);
  db.pragma('foreign_keys = OFF');
  db.exec(`WITH RECURSIVE c (k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM c WHERE k < 20000)
    INSERT INTO sales SELECT k, 1 + k % 500, k % 977, iif(k % 4, hex(zeroblob(20)), NULL) FROM c;`);
  db.exec(`WITH RECURSIVE c (k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM c WHERE k < 500)
    INSERT INTO shops SELECT k, 'shop ' || k, 'region ' || (k % 300) FROM c;
    INSERT INTO regions SELECT DISTINCT region, 7 FROM shops;`);
  db.close();
  const profile = join(folder, 'app.profile.json');
  writeFileSync(profile, JSON.stringify(await profileOf({ migrations: join(folder, 'm') }, { file })));
  production = { profile, file };
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Forecasting {
  readonly config?: Config;
  readonly pending: Readonly<Record<string, string>>;
}

function migrationsWith(pending: Readonly<Record<string, string>>): string {
  const files = Object.entries(pending).map(([name, sql]): [string, string] => [`m/${name}.sql`, sql]);
  return join(folderWith({ ...first, ...Object.fromEntries(files) }), 'm');
}

function forecast({ pending, config = {} }: Forecasting): Promise<Report> {
  const { profile } = production;
  const migrations = migrationsWith(pending);
  return check({ migrations, profile, since: 1, dataset: ['profile'], scale: 0.01, ...config });
}

async function stepsOf(given: Forecasting): Promise<readonly StepForecast[]> {
  return (await forecast(given)).forecast?.steps ?? [];
}

const update = 'ALTER TABLE sales ADD COLUMN euros INTEGER; UPDATE sales SET euros = cents / 100;';
const rebuild = `CREATE TABLE sales_new (id INTEGER PRIMARY KEY, shop_id INTEGER NOT NULL REFERENCES shops (id), cents INTEGER NOT NULL, note TEXT);
  INSERT INTO sales_new SELECT id, shop_id, cents, coalesce(note, '') FROM sales; DROP TABLE sales; ALTER TABLE sales_new RENAME TO sales;
  CREATE INDEX sales_by_shop ON sales (shop_id);`;
const squared =
  'ALTER TABLE sales ADD COLUMN place INTEGER; UPDATE sales SET place = (SELECT count(*) FROM sales AS s WHERE s.cents < sales.cents);';
const some = 'DELETE FROM sales WHERE note IS NULL;';

describe('the forecast', () => {
  test('tells the rows that the migrations write in production', async () => {
    const pending = { '2_b': update, '3_c': rebuild, '4_d': 'UPDATE shops SET name = upper(name);', '5_e': some };
    const steps = await stepsOf({ pending });
    const { cost } = await gate({ migrations: migrationsWith(pending) }, { file: production.file, clock: () => 0 });
    const told = steps.map(({ migration }) => migration);
    expect(told).toEqual(cost?.steps.map(({ migration }) => migration));
    const ratios = steps.map(({ rows }, i) => rows / (cost?.steps[i]?.rows ?? 0));
    expect(ratios.filter((ratio) => ratio < 0.8 || ratio > 1.25)).toEqual([]);
    const grown = (cost?.total.bytesAfter ?? 0) - (cost?.total.bytesBefore ?? 0);
    const [from, to] = [steps[0]?.bytesBefore ?? 0, steps.at(-1)?.bytesAfter ?? 0];
    expect(from).toBe(cost?.total.bytesBefore);
    expect((to - from) / grown).toBeGreaterThan(0.5);
    expect((to - from) / grown).toBeLessThan(1.5);
  });

  test('knows a statement that grows with the square of the rows', async () => {
    const [step] = await stepsOf({ pending: { '2_b': squared } });
    const [add, count] = step?.statements ?? [];
    expect(add?.exponent).toBe(0);
    expect(count?.exponent).toBeGreaterThan(1.9);
    // 20,000 rows squared, some four steps each, at 50,000 in a millisecond.
    expect(count?.milliseconds.about).toBeGreaterThan(20_000);
    expect(count?.milliseconds.about).toBeLessThan(80_000);
  });

  test('knows the product of two tables of which one is small', async () => {
    const sql =
      'ALTER TABLE shops ADD COLUMN tax INTEGER; UPDATE shops SET tax = (SELECT tax FROM regions WHERE name = region);';
    const [step] = await stepsOf({ pending: { '2_b': sql } });
    const db = new Sqlite(production.file, { readonly: true });
    const pairs = Number(db.prepare('SELECT count(*) FROM shops, regions').pluck().get());
    db.close();
    const steps = (step?.statements[1]?.milliseconds.about ?? 0) * 50_000;
    expect(steps).toBeGreaterThan(pairs);
    expect(steps).toBeLessThan(10 * pairs);
  });

  test('foretells 0 rows and no growth for what neither writes nor reads rows', async () => {
    const [step] = await stepsOf({ pending: { '2_b': 'CREATE TABLE tags (name TEXT); CREATE VIEW v AS SELECT 1;' } });
    expect(step?.rows).toBe(0);
    expect(step?.milliseconds.high).toBeLessThan(10);
    expect((step?.bytesAfter ?? 0) - (step?.bytesBefore ?? 0)).toBeLessThan(10_000);
  });

  test('follows a table that an earlier pending migration fills', async () => {
    const pending = {
      '2_b':
        'CREATE TABLE receipts (id INTEGER PRIMARY KEY, sale_id INTEGER); INSERT INTO receipts (sale_id) SELECT id FROM sales;',
      '3_c': 'DELETE FROM receipts WHERE sale_id % 2 = 0;',
    };
    const [fill, half] = await stepsOf({ pending });
    expect((fill?.rows ?? 0) / 20_000).toBeCloseTo(1, 1);
    expect((half?.rows ?? 0) / 10_000).toBeCloseTo(1, 0);
  });

  test('says the same on every run', async () => {
    const pending = { '2_b': update, '3_c': squared };
    expect((await forecast({ pending })).forecast).toEqual((await forecast({ pending })).forecast);
  });

  test('adds up the locks of one transaction for all, and tells the longest of several', async () => {
    const pending = { '2_b': update, '3_c': rebuild };
    const { forecast: each } = await forecast({ pending });
    const { forecast: all } = await forecast({ pending, config: { transaction: 'all-pending' } });
    const { forecast: none } = await forecast({ pending, config: { transaction: 'none' } });
    const locks = each?.steps.map(({ lockMilliseconds }) => lockMilliseconds.about) ?? [];
    expect(each?.total.lockMilliseconds.about).toBe(Math.max(...locks));
    expect(all?.total.lockMilliseconds.about).toBeCloseTo(
      locks.reduce((sum, lock) => sum + lock, 0),
      1,
    );
    expect(none?.total.lockMilliseconds.about).toBeLessThan(Math.max(...locks));
  });

  test('is left out without a profile, and for what is applied', async () => {
    const migrations = migrationsWith({ '2_b': update });
    expect((await check({ migrations, dataset: ['typical'] })).forecast).toBeUndefined();
    expect((await forecast({ pending: { '2_b': update }, config: { since: 2 } })).forecast).toBeUndefined();
  });
});

describe('budgets', () => {
  test('are judged by the forecast, as a warning', async () => {
    const { findings } = await forecast({
      pending: { '2_b': update, '3_c': rebuild },
      config: { budgets: { lock: '1ms', sizeGrowth: '1.2x', time: '1h' } },
    });
    const over = findings.filter(({ code }) => code === 'budget-exceeded');
    expect(
      over.map(({ severity, migration, facts }) => [severity, migration, 'budget' in facts && facts.budget]),
    ).toEqual([
      ['warning', '2_b', 'lock'],
      ['warning', '2_b', 'sizeGrowth'],
    ]);
    expect(over.filter(({ message }) => !message.startsWith('Forecast'))).toEqual([]);
  });
});

describe('what is not forecast is told', () => {
  const reasonOf = async (given: Forecasting): Promise<unknown[]> =>
    (await forecast(given)).notes.filter(({ code }) => code === 'not-forecast').map(({ facts }) => facts);

  test('where an aggregate of the application is missing', async () => {
    const connect: Config['connect'] = (db) =>
      db.aggregate('longest', { start: 0, step: (_all: unknown, text: unknown) => String(text).length });
    const pending = {
      '2_b':
        'ALTER TABLE shops ADD COLUMN most; UPDATE shops SET most = (SELECT longest(note) FROM sales WHERE shop_id = shops.id);',
      '3_c': update,
    };
    expect(await reasonOf({ pending, config: { connect } })).toEqual([{ migrations: ['2_b'], reason: 'connect' }]);
    expect((await stepsOf({ pending, config: { connect } })).map(({ migration }) => migration)).toEqual(['3_c']);
  });

  test('from a migration on that fails on the rows', async () => {
    const pending = { '2_b': 'CREATE UNIQUE INDEX u ON sales (shop_id);', '3_c': update };
    expect(await reasonOf({ pending })).toEqual([{ migrations: ['2_b'], reason: 'fails' }]);
  });
});

test('every format says that it is a forecast', async () => {
  const report = await forecast({ pending: { '2_b': squared } });
  const layout = { paint: plain, width: 120 };
  for (const format of ['terminal', 'markdown', 'html'] as const)
    expect(reporters[format](report, layout)).toContain('Forecast of the cost in production');
  expect(JSON.parse(reporters.json(report))).toMatchObject({ forecast: { steps: [{ migration: '2_b' }] } });
});
