import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { observe } from '../../src/database/database-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'database-file-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the revision of a database file', () => {
  it('stays while a -wal grows, and changes when it restarts or is checkpointed', () => {
    const file = join(folder, 'wal.db');
    const db = new Sqlite(file);
    db.exec('PRAGMA journal_mode = WAL; CREATE TABLE t (c); INSERT INTO t VALUES (1)');
    const begun = observe(file).revision;
    db.exec('INSERT INTO t VALUES (2)');
    expect(observe(file).revision).toBe(begun);

    db.pragma('wal_checkpoint');
    const checkpointed = observe(file).revision;
    expect(checkpointed).not.toBe(begun);

    // Overwrites the frames from the first on; the main file stays as it is.
    db.exec('INSERT INTO t VALUES (3)');
    expect(observe(file).revision).not.toBe(checkpointed);
    db.close();
  });

  it('changes when a journal starts', () => {
    const file = join(folder, 'journal.db');
    const db = new Sqlite(file);
    db.exec('PRAGMA journal_mode = DELETE; CREATE TABLE t (c)');
    const rest = observe(file).revision;
    db.exec('BEGIN IMMEDIATE; INSERT INTO t VALUES (1)');
    expect(observe(file).revision).not.toBe(rest);
    db.exec('ROLLBACK');
    db.close();
  });
});
