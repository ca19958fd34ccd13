import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { check } from '../src/api.ts';
import type { Finding } from '../src/model/finding.ts';
import { inProcess } from './cli/main.ts';
import { gate } from './gate-source.ts';
import { folderWith } from './temporary.ts';

const init = 'CREATE TABLE visits (id INTEGER PRIMARY KEY, day TEXT); CREATE TABLE notes (id INTEGER PRIMARY KEY);';
const rows = `INSERT INTO visits WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10) SELECT i, 'd' FROM n;
  INSERT INTO notes VALUES (1), (2);`;
const next = 'DELETE FROM visits WHERE id <= 3; DELETE FROM notes WHERE id = 1;';

function project(): string {
  return folderWith({ 'm/1_init.sql': init, 'm/2_tidy.sql': next, 'seeds/1_rows.sql': rows });
}

function brief(findings: readonly Finding[]): string[] {
  return findings.map(({ code, cause, severity, message }) => `${severity} ${code} ${cause}: ${message}`);
}

describe('rows that a migration deletes on purpose', () => {
  const config = (folder: string) => ({ migrations: join(folder, 'm'), seeds: join(folder, 'seeds') });

  test.each<[number | undefined, readonly string[]]>([
    [undefined, ['note rows-lost deleted-from: visits lost 3 of 10 rows, notes lost 1 of 2 rows']],
    [50, ['note rows-lost deleted-from: visits lost 3 of 10 rows, notes lost 1 of 2 rows']],
    [
      30,
      ['error rows-lost deleted-from: notes lost 1 of 2 rows', 'note rows-lost deleted-from: visits lost 3 of 10 rows'],
    ],
    [0, ['error rows-lost deleted-from: visits lost 3 of 10 rows, notes lost 1 of 2 rows']],
  ])('with a limit of %s percent', async (maxDeleted, expected) => {
    const limit = maxDeleted === undefined ? {} : { maxDeleted };
    const { findings } = await check({ ...config(project()), dataset: ['fixture'], ...limit });
    expect(brief(findings)).toEqual(expected);
  });

  test('fails the gate on the real rows', async () => {
    const folder = project();
    const file = join(folder, 'app.db');
    const db = new Sqlite(file);
    db.exec(init + rows);
    db.close();
    const { findings } = await gate({ ...config(folder), maxDeleted: 40 }, { file, at: 1 });
    expect(brief(findings)).toEqual([
      'error rows-lost deleted-from: notes lost 1 of 2 rows',
      'note rows-lost deleted-from: visits lost 3 of 10 rows',
    ]);
  });

  test('is a flag, in percent', async () => {
    const folder = project();
    const run = (limit: string) =>
      inProcess(
        'check',
        join(folder, 'm'),
        '--seeds',
        join(folder, 'seeds'),
        '--dataset',
        'fixture',
        '--max-deleted',
        limit,
      );
    expect((await run('50%')).status).toBe(0);
    expect((await run('20')).status).toBe(1);
    expect((await run('half')).stderr).toMatch(/a share from 0 to 100/);
  });
});
