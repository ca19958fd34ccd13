import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { copyDatabase } from '../../src/database/copy.ts';
import { readFacts, refuseOther } from '../../src/database/same-database.ts';
import { folderWith } from '../temporary.ts';

function fill(file: string, mode: string): Sqlite.Database {
  const db = new Sqlite(file);
  db.pragma(`journal_mode = ${mode}`);
  db.exec('CREATE TABLE t (a); INSERT INTO t VALUES (zeroblob(3000000)); PRAGMA user_version = 7');
  return db;
}

test.each([
  ['DELETE', false, true],
  ['DELETE', true, true],
  ['WAL', false, false],
  ['WAL', true, false],
])('a copy in %s mode, in use: %j, keeps writers waiting: %j', async (mode, isOpen, waits) => {
  const folder = folderWith();
  const file = join(folder, 'app.db');
  const db = fill(file, mode);
  if (!isOpen) db.close();
  const told: string[] = [];
  let last = 0;
  await copyDatabase(file, join(folder, 'copy.db'), 'quick', {
    blocking: (bytes) => void told.push(`blocking ${bytes > 3_000_000}`),
    copied: (done, total) => {
      expect(done).toBeGreaterThanOrEqual(last);
      expect(done).toBeLessThanOrEqual(total);
      last = done;
    },
    checking: () => void told.push('checking'),
  });
  db.close();
  expect(told).toEqual([...(waits ? ['blocking true'] : []), 'checking']);
  expect(last).toBeGreaterThan(2_000_000);
});

test('a copy that is not what was copied is refused', () => {
  const file = join(folderWith(), 'app.db');
  const db = fill(file, 'DELETE');
  const facts = readFacts(db);
  db.close();
  expect(facts).toMatchObject({ user_version: 7, page_size: 4096 });
  refuseOther('app.db', facts, file);
  for (const field of ['page_size', 'page_count', 'user_version', 'application_id', 'freelist_count'] as const) {
    const other = { ...facts, [field]: facts[field] + 1 };
    expect(() => refuseOther('app.db', other, file)).toThrow(
      expect.objectContaining({ code: 'copy-differs', facts: expect.objectContaining({ field }) }),
    );
  }
});
