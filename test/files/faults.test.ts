import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { check, migrate, seed } from '../../src/api.ts';
import { HarnessError } from '../../src/errors.ts';
import { faultOf } from '../../src/files/faults.ts';
import { readFree, refuseShortage } from '../../src/files/space.ts';
import type { Connection } from '../../src/model/connection.ts';
import { formatSize } from '../../src/text/size.ts';
import { inProcess } from '../cli/main.ts';
import { gate } from '../gate-source.ts';
import { folderWith } from '../temporary.ts';

test.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1000, '1.0 kB'],
  [6_623_000_000, '6.6 GB'],
  [999_600_000, '1.0 GB'],
  [64 * 2 ** 20, '67 MB'],
  [3e15, '3000 TB'],
])('%d bytes are %s', (bytes, shown) => {
  expect(formatSize(bytes)).toBe(shown);
});

test.each([
  ['ENOSPC', 'disk-full'],
  ['EDQUOT', 'disk-full'],
  ['EFBIG', 'disk-full'],
  ['SQLITE_FULL', 'disk-full'],
  ['SQLITE_NOMEM', 'out-of-memory'],
  ['SQLITE_IOERR_NOMEM', 'out-of-memory'],
  ['SQLITE_IOERR', 'disk-failed'],
  ['SQLITE_IOERR_WRITE', 'disk-failed'],
  ['SQLITE_CANTOPEN', 'disk-failed'],
  ['SQLITE_CANTOPEN_ISDIR', 'disk-failed'],
  ['EMFILE', 'too-many-files'],
  ['SQLITE_CONSTRAINT', null],
  ['SQLITE_CORRUPT', null],
  ['SQLITE_BUSY', null],
  ['ENOENT', null],
])('%s is the fault %s', (code, fault) => {
  expect(faultOf(code)).toBe(fault);
});

test('a copy that cannot fit is refused with both numbers, one that may fit is not', () => {
  const folder = folderWith();
  const free = readFree(folder) ?? 0;
  expect(() => refuseShortage(folder, Math.floor(free / 2), 'A copy')).not.toThrow();
  expect(() => refuseShortage(join(folder, 'gone'), 1e18, 'A copy')).not.toThrow();
  try {
    refuseShortage(folder, 1e18, 'A copy');
    // On a file system where copies may share blocks nothing is refused.
  } catch (error) {
    expect(error).toMatchObject({ code: 'disk-full', facts: { folder, needed: 1e18 } });
    expect(error).toHaveProperty(
      'message',
      expect.stringMatching(/^A copy needs 1000000 TB, and .* has \S+ \S+ left\.$/),
    );
  }
});

const migrations = {
  'm/1_a.sql': 'CREATE TABLE a (b TEXT);',
  'm/2_big.sql': `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)
    INSERT INTO a SELECT hex(zeroblob(500)) FROM n;`,
};

/** Every connection that the harness opens gets this few pages. */
const fewPages = (pages: number) => ({ connect: (db: Connection) => void db.pragma(`max_page_count = ${pages}`) });

describe('a full disk is an error of the machine', () => {
  test.each(['better-sqlite3', 'node'] as const)('of check, with %s', async (engine) => {
    const folder = folderWith(migrations);
    const run = check({ migrations: join(folder, 'm'), engine, ...fewPages(20) });
    await expect(run).rejects.toMatchObject({
      code: 'disk-full',
      message: expect.stringMatching(/^The check cannot continue: database or disk is full \(\S+ \S+ free in .*\)\.$/),
      remedy: expect.stringMatching(/Free some space/),
    });
  });

  test('of gate', async () => {
    const folder = folderWith(migrations);
    const file = join(folder, 'p.db');
    await migrate({ migrations: join(folder, 'm') }, { file, to: 1 });
    const run = gate({ migrations: join(folder, 'm'), ...fewPages(20) }, { file });
    await expect(run).rejects.toMatchObject({ code: 'disk-full', message: expect.stringContaining(file) });
  });

  test('of migrate, which names the migration and the remaining state, and not the gate', async () => {
    const folder = folderWith(migrations);
    const file = join(folder, 'p.db');
    const run = migrate({ migrations: join(folder, 'm'), ...fewPages(20) }, { file });
    const error = await run.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(HarnessError);
    expect(error).toMatchObject({
      code: 'disk-full',
      message: expect.stringMatching(
        /p\.db cannot take 2_big, which was rolled back: .* full \(\S+ \S+ free in .*\)\.$/,
      ),
      remedy: expect.not.stringContaining('gate'),
    });
    const db = new Sqlite(file, { readonly: true });
    expect(db.prepare('SELECT version FROM _migrations').pluck().all()).toEqual([1]);
    db.close();
  });

  test('of seed, which publishes nothing', async () => {
    const folder = folderWith(migrations);
    const file = join(folder, 'dev.db');
    const run = seed({ migrations: join(folder, 'm'), ...fewPages(20) }, { file });
    await expect(run).rejects.toMatchObject({ code: 'disk-full', message: expect.stringContaining(file) });
    const rows = seed({ migrations: join(folder, 'm'), rows: 20_000, ...fewPages(90) }, { file });
    await expect(rows).rejects.toMatchObject({ code: 'disk-full' });
  });

  test('of hand-written rows', async () => {
    const folder = folderWith({ 'm/1_a.sql': 'CREATE TABLE a (b);', 'seeds/1_a.sql': migrations['m/2_big.sql'] });
    const run = check({ migrations: join(folder, 'm'), dataset: ['fixture'], ...fewPages(20) });
    await expect(run).rejects.toMatchObject({ code: 'disk-full' });
  });

  test('of a base', async () => {
    const folder = folderWith({ 'm/1_b.sql': 'CREATE TABLE b (c);', 'base.sql': Object.values(migrations).join('\n') });
    const run = check({ migrations: join(folder, 'm'), base: join(folder, 'base.sql'), ...fewPages(20) });
    await expect(run).rejects.toMatchObject({ code: 'disk-full' });
  });

  test('except where the migration limits its pages itself', async () => {
    const folder = folderWith({
      ...migrations,
      'm/2_big.sql': `PRAGMA max_page_count = 20; ${migrations['m/2_big.sql']}`,
    });
    const { findings } = await check({ migrations: join(folder, 'm') });
    expect(findings).toMatchObject([{ code: 'fails-on-empty' }]);
    const run = await inProcess('migrate', join(folder, 'm'), '--db', join(folder, 'p.db'));
    expect([run.status, run.stdout]).toEqual([1, expect.stringMatching(/it sets PRAGMA max_page_count and/)]);
  });

  test('the limit of one migration does not reach the next', async () => {
    const limited = {
      ...migrations,
      'm/2_few.sql': 'PRAGMA max_page_count = 20;',
      'm/3_big.sql': migrations['m/2_big.sql'],
    };
    const { 'm/2_big.sql': _big, ...rest } = limited;
    const folder = folderWith(rest);
    expect((await check({ migrations: join(folder, 'm') })).findings).toEqual([]);
  });

  test('an AUTOINCREMENT that has given its last number is a matter of rows, not of the disk', async () => {
    const folder = folderWith({
      'm/1_a.sql': 'CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT, b);',
      'm/2_b.sql': 'INSERT INTO a (b) VALUES (1);',
      'seeds/1_a.sql': 'INSERT INTO a VALUES (9223372036854775807, 1);',
    });
    const { findings } = await check({ migrations: join(folder, 'm'), dataset: ['fixture'] });
    expect(findings).toMatchObject([{ code: 'fails-on-rows' }]);
  });
});
