/** One history, one outcome, whichever engine runs it; and what only one of them can run. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test } from 'vitest';
import { check, migrate, render } from '../src/api.ts';
import { type Config, resolveConfig } from '../src/config.ts';
import { sqliteVersion } from '../src/database/connection.ts';
import type { Report } from '../src/model/report.ts';
import { some } from './breadth.ts';
import { rowproof } from './cli/run.ts';
import { gate } from './gate-source.ts';
import { fixedConfig, type Specimen, specimens, tooOldFor } from './specimens.ts';
import { folderWith } from './temporary.ts';

const root = join(import.meta.dirname, '..');
const demonstration: Config = { migrations: join(root, 'migrations'), seeds: join(root, 'seeds') };
const [quoted, portable] = [true, false].map((dqs) => specimens.filter(({ settings }) => settings.dqs === dqs));

/** The report on a history, apart from the engine. */
async function told(config: Config): Promise<Omit<Report, 'settings'>> {
  const { settings, ...report } = await check(config);
  expect(settings.engine).toBe(config.engine);
  return report;
}

async function expectSame(config: Config): Promise<void> {
  expect(await told({ ...config, engine: 'node' })).toEqual(await told({ ...config, engine: 'better-sqlite3' }));
}

test('both engines give the same report on the demonstration history', async () => {
  await expectSame(demonstration);
});

test('both give the same report on a Node that cannot open a database from its bytes', async () => {
  const { deserialize } = DatabaseSync.prototype;
  // Node 22 has none to take away.
  if (Reflect.deleteProperty(DatabaseSync.prototype, 'deserialize') && deserialize !== undefined)
    onTestFinished(() => void Reflect.set(DatabaseSync.prototype, 'deserialize', deserialize));
  await expectSame(demonstration);
});

test.for<Specimen>(some(portable ?? [], 5))('both engines tell the same of $name', async (specimen, { skip }) => {
  for (const engine of ['better-sqlite3', 'node'] as const) {
    const reason = tooOldFor(specimen, sqliteVersion(resolveConfig({ engine }).settings));
    if (reason !== null) skip(`${engine}: ${reason}`);
  }
  // Hazards are made and searched for in the same way, of which the demonstration history tells.
  await expectSame({ ...specimen.config, rows: 20, dataset: ['fixture', 'one-row', 'typical'] });
});

describe('double-quoted strings', () => {
  const files = {
    'm/1_init.sql': 'CREATE TABLE settings (key TEXT PRIMARY KEY, kind TEXT NOT NULL DEFAULT "plain");',
    'm/2_kinds.sql': 'UPDATE settings SET kind = "internal" WHERE kind <> "internal";',
    'm/3_labels.sql': 'ALTER TABLE settings ADD COLUMN label TEXT; UPDATE settings SET label = "none";',
    'seeds/1_settings.sql': 'INSERT INTO settings VALUES ("secret", "hidden");',
    'seeds/invariants/2_kinds.sql': 'SELECT * FROM settings WHERE kind = "forbidden"',
  };
  const project = (): Config => {
    const folder = folderWith(files);
    return { migrations: join(folder, 'm'), seeds: join(folder, 'seeds') };
  };

  test('choose the engine that accepts them, for migrations, seeds, invariants and made-up rows', async () => {
    const report = await check({ ...project(), doubleQuotedStrings: true });
    expect(report.settings).toMatchObject({ engine: 'node', sqliteVersion: process.versions['sqlite'] });
    expect(report.datasets).toEqual(['empty', 'fixture', 'one-row', 'typical', 'awkward']);
    expect(report.steps.filter(({ outcome }) => outcome !== 'applied')).toEqual([]);
    expect(report.findings).toEqual([]);
    expect(render(report, 'terminal')).toContain(
      `double-quoted strings on · engine node:sqlite ${process.versions['sqlite']} · seed 1`,
    );
  });

  test('are names on either engine where they are off', async () => {
    for (const engine of ['better-sqlite3', 'node'] as const) {
      const report = await check({ ...project(), seeds: folderWith(), engine });
      expect(report.findings.map(({ cause }) => cause)).toEqual(['double-quoted-string']);
    }
  });

  test('are strings in the gate and in the migrator too', async () => {
    const file = join(folderWith(), 'app.db');
    const config: Config = { ...project(), doubleQuotedStrings: true };
    const first = folderWith({ '1_init.sql': files['m/1_init.sql'] });
    expect(await migrate({ ...config, migrations: first }, { file })).toMatchObject({ failed: null });
    const report = await gate(config, { file });
    expect(report).toMatchObject({ settings: { engine: 'node' }, findings: [], gate: { version: 1, pending: 2 } });
    expect(await migrate(config, { file })).toEqual({ applied: ['2_kinds', '3_labels'], failed: null });
  });

  test.each<Specimen>(some(quoted ?? [], 2))(
    '$name runs completely on every dataset, in either form',
    async (specimen) => {
      for (const config of [specimen.config, fixedConfig(specimen)]) {
        const { steps } = await check(config);
        expect(steps.length).toBeGreaterThan(0);
        expect(steps.filter(({ outcome }) => outcome !== 'applied')).toEqual([]);
      }
    },
  );
});

describe('a Node', () => {
  const args = ['check', 'migrations', '--engine', 'node', '--dataset', 'one-row'];

  test('without node:sqlite is reported in one line', () => {
    const { status, stdout, stderr } = rowproof(args, { env: { NODE_OPTIONS: '--no-experimental-sqlite' } });
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(
      /^rowproof: This Node \(.*\) comes without node:sqlite\.\n {2}.*--engine better-sqlite3\.\n$/,
    );
  });

  test('without node:sqlite runs everything else', () => {
    const others = args.filter((arg) => arg !== '--engine' && arg !== 'node');
    const { status, stderr } = rowproof(others, { env: { NODE_OPTIONS: '--no-experimental-sqlite' } });
    expect([status, stderr]).toEqual([0, '']);
  });

  test('that calls it experimental prints no warning', () => {
    const { status, stderr } = rowproof(args);
    expect([status, stderr]).toEqual([0, '']);
  });
});
