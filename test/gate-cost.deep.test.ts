import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import type { StepCost } from '../src/model/cost.ts';
import { gate } from './gate-source.ts';
import { folderWith } from './temporary.ts';

const first = 'CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT);';

/** The costs of pending migrations on a database of 60 MB, which no cache holds. */
async function costs(pending: Readonly<Record<string, string>>): Promise<readonly StepCost[]> {
  const file = join(folderWith(), 'app.db');
  const db = new Sqlite(file);
  db.pragma('synchronous = OFF');
  db.exec(`${first}
    WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 400000)
    INSERT INTO t SELECT i, hex(randomblob(60)) FROM n;`);
  db.close();
  const migrations = join(folderWith({ 'm/1_a.sql': first, ...pending }), 'm');
  const { cost } = await gate({ migrations, transaction: 'none' }, { file, at: 1 });
  return cost?.steps ?? [];
}

test.skipIf(!existsSync('/proc/self/fd'))(
  'free space at the worst moment counts the temporary files of a sort and of VACUUM',
  { timeout: 120_000 },
  async () => {
    const [index, vacuum, column] = await costs({
      'm/2_index.sql': 'CREATE INDEX t_text ON t (text);',
      'm/3_vacuum.sql': 'VACUUM;',
      'm/4_column.sql': 'ALTER TABLE t ADD COLUMN note TEXT;',
    });
    const shares = [
      (index?.temporaryBytes ?? 0) / ((index?.bytesAfter ?? 0) - (index?.bytesBefore ?? 0)),
      (vacuum?.temporaryBytes ?? 0) / (vacuum?.bytesBefore ?? 0),
      // It runs without a transaction, so its journal is gone when it ends.
      (vacuum?.journalBytes ?? 0) / (vacuum?.bytesBefore ?? 0),
    ];
    expect(shares.map((share) => (share > 0.6 && share < 1.5 ? 'about 1' : share))).toEqual(Array(3).fill('about 1'));
    expect(column?.temporaryBytes).toBe(0);
    for (const step of [index, vacuum, column])
      expect(step?.freeBytes).toBe((step?.grownBytes ?? 0) + (step?.temporaryBytes ?? 0));
  },
);
