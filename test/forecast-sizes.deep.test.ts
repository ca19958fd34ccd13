/** The room for VACUUM and sorts that a profile foretells, against a copy that is large enough to show their files. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { check, profile as profileOf } from '../src/api.ts';
import type { Cost, CostForecast } from '../src/model/cost.ts';
import { gate } from './gate-source.ts';

const schema = 'CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL, b TEXT NOT NULL);';
const folder = mkdtempSync(join(tmpdir(), 'rowproof sizes '));
const file = join(folder, 'app.db');
const profile = join(folder, 'app.profile.json');

beforeAll(async () => {
  const db = new Sqlite(file);
  db.exec(`${schema}
    CREATE TABLE _migrations (version INTEGER PRIMARY KEY, applied_at TEXT NOT NULL, name TEXT, hash TEXT);
    INSERT INTO _migrations VALUES (1, '2026-01-01T00:00:00Z', '1_a', NULL);
    WITH RECURSIVE c (k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM c WHERE k < 900000)
    INSERT INTO t SELECT k, printf('code-%08x', k * 2654435761 % 4294967296), hex(zeroblob(40)) FROM c;
    DELETE FROM t WHERE id * 2654435761 % 100 < 20;`);
  db.close();
  mkdirSync(join(folder, 'first'));
  writeFileSync(join(folder, 'first/1_a.sql'), schema);
  writeFileSync(profile, JSON.stringify(await profileOf({ migrations: join(folder, 'first') }, { file })));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ['VACUUM', 'vacuum', 'VACUUM;'],
  ['an index whose entries do not fit into the page cache', 'index', 'CREATE INDEX by_a ON t (a, b);'],
])('%s takes what was foretold, within a factor of 2', async (_, name, sql) => {
  const migrations = join(folder, name);
  mkdirSync(migrations);
  writeFileSync(join(migrations, '1_a.sql'), schema);
  writeFileSync(join(migrations, '2_b.sql'), sql);
  const config = { migrations, transaction: 'none' } as const;
  const { forecast } = await check({ ...config, profile, since: 1, dataset: ['profile'], scale: 0.001 });
  const { cost } = await gate(config, { file });
  const told: CostForecast['total'] | undefined = forecast?.total;
  const measured: Cost['total'] | undefined = cost?.total;
  const apart = (['bytesAfter', 'journalBytes', 'temporaryBytes', 'freeBytes'] as const).flatMap((field) => {
    const [one, other] = [told?.[field] ?? Number.NaN, measured?.[field] ?? Number.NaN];
    // Where the system does not list open files, nothing is measured.
    if (field !== 'bytesAfter' && measured?.temporaryBytes === null) return [];
    return Math.abs(one - other) < 100_000 || (one < 2 * other && other < 2 * one)
      ? []
      : [`${field}: ${one} for ${other}`];
  });
  expect(apart.join('\n')).toBe('');
});
