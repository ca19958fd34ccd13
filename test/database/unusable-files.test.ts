import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import type { Connection } from '../../src/model/connection.ts';
import { isWide } from '../breadth.ts';
import { folderWith } from '../temporary.ts';
import { launch } from './launch.ts';
import { appliedBy, fingerprint, type Project, project, refusal, rows, run } from './migrating.ts';

const two = { '0001_a.sql': 'CREATE TABLE a (b);', '0002_b.sql': 'INSERT INTO a VALUES (2);' };
const own = { '0001_a.sql': 'CREATE TABLE a (b);', '0002_b.sql': 'BEGIN; INSERT INTO a VALUES (2); COMMIT;' };

describe('a file that cannot be migrated is refused and left unchanged', () => {
  test('when it is not a database', () => {
    const app = project(two);
    writeFileSync(app.file, 'These are minutes of a meeting, and no database at all.\n'.repeat(20));
    const before = fingerprint(app.file);
    const error = refusal(() => app.migrate());
    expect(error.code).toBe('database-unreadable');
    expect(error.message).toContain(app.file);
    expect(fingerprint(app.file)).toEqual(before);
  });

  test('when it is a folder', () => {
    const app = project(two);
    mkdirSync(app.file);
    expect(refusal(() => app.migrate())).toMatchObject({ code: 'database-unreadable', message: /is a folder/ });
  });

  test.skipIf(process.platform === 'win32')('when it is a device', () => {
    const app = project(two);
    symlinkSync('/dev/null', app.file);
    expect(refusal(() => app.migrate()).code).toBe('database-unreadable');
  });

  test('when its folder does not exist', () => {
    const app = project(two, 'missing/app.db');
    expect(refusal(() => app.migrate())).toMatchObject({ code: 'database-missing', message: /folder does not exist/ });
  });

  test('when a file stands in the place of its folder', () => {
    const app = project(two, 'file/app.db');
    writeFileSync(dirname(app.file), '');
    expect(refusal(() => app.migrate()).code).toBe('database-missing');
  });

  test('when the driver would open a file of another name', () => {
    const app = project(two, 'app.db ');
    expect(refusal(() => app.migrate())).toMatchObject({ code: 'database-missing', message: /white space/ });
    run(app.file.trim(), 'CREATE TABLE theirs (a)');
    expect(refusal(() => app.migrate()).code).toBe('database-missing');
    expect(Object.keys(fingerprint(app.file))).toEqual(['app.db']);
  });

  test('when connect throws, which creates no file', () => {
    const app = project(two);
    const connect = (): void => {
      throw new Error('no extension here');
    };
    expect(() => app.migrate({}, { connect })).toThrow('no extension here');
    expect(fingerprint(app.file)).toEqual({});
  });

  test('when double-quoted strings are requested of an engine without them, which creates no file', () => {
    const app = project(two);
    expect(refusal(() => app.migrate({}, { doubleQuotedStrings: true })).code).toBe('unsupported');
    expect(fingerprint(app.file)).toEqual({});
  });
});

test('a file of 0 bytes and a link to a missing file are new databases', () => {
  const empty = project(two);
  writeFileSync(empty.file, '');
  expect(appliedBy(empty.migrate())).toEqual(['0001_a', '0002_b']);

  const link = project(two);
  const target = join(folderWith(), 'real.db');
  symlinkSync(target, link.file);
  expect(appliedBy(link.migrate())).toEqual(['0001_a', '0002_b']);
  expect(rows(target, 'SELECT b FROM a')).toEqual([[2]]);
});

describe.skipIf(process.getuid?.() !== 0)('without permission to write', () => {
  const nobody = '65534';

  const migrateAsNobody = async (app: Project): Promise<string> => {
    for (const folder of [app.directory, dirname(app.file)]) chmodSync(folder, 0o755);
    const { line, stop } = launch('migrator', app.file, app.directory, nobody);
    const said = await line();
    expect(await stop()).toEqual({ code: 0, errors: '' });
    return said;
  };

  test('to a folder, no file is created', async () => {
    const app = project(two);
    expect(await migrateAsNobody(app)).toMatch(/^database-missing: .*app.db cannot be opened/);
    expect(fingerprint(app.file)).toEqual({});
  });

  test.each(['wal', 'delete'])('to a file in journal_mode %s, nothing is changed', async (mode) => {
    const app = project(two);
    run(app.file, `PRAGMA journal_mode = ${mode}`);
    app.migrate({ to: 1 });
    const before = fingerprint(app.file);
    expect(await migrateAsNobody(app)).toMatch(/^database-missing: .*app.db cannot be opened/);
    expect(fingerprint(app.file)).toEqual(before);
  });

  test.each([two, own])('to the folder of a file that may be written, nothing is changed', async (migrations) => {
    const app = project(migrations);
    app.migrate({ to: 1 });
    chmodSync(app.file, 0o666);
    const before = fingerprint(app.file);
    expect(await migrateAsNobody(app)).toMatch(/^database-missing: .*app.db cannot be opened/);
    expect(fingerprint(app.file)).toEqual(before);
  });

  test('a file that may not be read either is not changed', async () => {
    const app = project(two);
    app.migrate({ to: 1 });
    chmodSync(app.file, 0o600);
    const before = fingerprint(app.file);
    expect(await migrateAsNobody(app)).toMatch(/^database-missing: .*app.db cannot be opened/);
    expect(fingerprint(app.file)).toEqual(before);
  });
});

describe('a database that another process has locked', () => {
  /** As long as a test wants to wait. */
  const impatient = { connect: (db: Connection) => void db.pragma('busy_timeout = 20') };

  /** Runs `work` while another connection holds the lock that `sql` takes. */
  const during = <T>(file: string, sql: string, work: () => T): T => {
    const other = new Sqlite(file);
    try {
      other.exec(sql);
      return work();
    } finally {
      other.close();
    }
  };

  // It lasts as long as the busy timeout.
  test.runIf(isWide)('exclusively is refused after the timeout', async () => {
    const app = project(two);
    app.migrate({ to: 1 });
    const before = fingerprint(app.file);
    const holder = launch('holder', app.file);
    expect(await holder.line()).toBe('ready');
    const migrator = launch('migrator', app.file, app.directory);
    expect(await migrator.line()).toMatch(/^database-locked: .*app.db is locked by another process/);
    await Promise.all([migrator.stop(), holder.stop()]);
    expect(fingerprint(app.file)).toEqual(before);
    expect(appliedBy(app.migrate())).toEqual(['0002_b']);
  });

  test.each(['wal', 'delete'])('for writing, in journal_mode %s, is left unchanged', (mode) => {
    const app = project(two);
    run(app.file, `PRAGMA journal_mode = ${mode}`);
    app.migrate({ to: 1 });
    const error = during(app.file, 'BEGIN IMMEDIATE', () => refusal(() => app.migrate({}, impatient)));
    expect(error.code).toBe('database-locked');
    expect(appliedBy(app.migrate())).toEqual(['0002_b']);
  });

  test.each([two, own])('between two migrations keeps the first', (migrations) => {
    const app = project(migrations);
    const other = new Sqlite(app.file);
    const lock = (): void => void other.exec('BEGIN IMMEDIATE');
    const error = refusal(() => app.migrate({ applied: lock }, impatient));
    other.close();
    expect(error.code).toBe('database-locked');
    expect(rows(app.file, 'SELECT version FROM _migrations')).toEqual([[1]]);
    expect(appliedBy(app.migrate())).toEqual(['0002_b']);
  });

  test.each([two, own])('for reading at COMMIT does not fail the migration', (migrations) => {
    const app = project(migrations);
    app.migrate({ to: 1 });
    const error = during(app.file, 'BEGIN; SELECT * FROM a', () => refusal(() => app.migrate({}, impatient)));
    expect(error.code).toBe('database-locked');
    expect(rows(app.file, 'SELECT b FROM a')).toEqual([]);
    expect(appliedBy(app.migrate())).toEqual(['0002_b']);
  });

  test('for reading while the cache overflows does not fail the migration', () => {
    const app = project(two);
    app.migrate({ to: 1 });
    const large = `PRAGMA cache_size = 2; WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)
      INSERT INTO a SELECT hex(zeroblob(500)) FROM n;`;
    app.write('0002_b.sql', large);
    const error = during(app.file, 'BEGIN; SELECT * FROM a', () => refusal(() => app.migrate({}, impatient)));
    expect(error.code).toBe('database-locked');
    expect(rows(app.file, 'SELECT count(*) FROM a')).toEqual([[0]]);
    expect(appliedBy(app.migrate())).toEqual(['0002_b']);
  });

  test.each([
    { what: 'in WAL mode', mode: 'wal', applied: 1, migrated: ['0002_b'] },
    { what: 'when nothing is pending', mode: 'delete', applied: 2, migrated: [] },
  ])('for reading is no obstacle $what', ({ mode, applied, migrated }) => {
    const app = project(two);
    run(app.file, `PRAGMA journal_mode = ${mode}`);
    app.migrate({ to: applied });
    expect(during(app.file, 'BEGIN; SELECT * FROM a', () => appliedBy(app.migrate({}, impatient)))).toEqual(migrated);
  });
});
