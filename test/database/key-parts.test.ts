import { expect, test } from 'vitest';
import { openMemory } from '../../src/database/connection.ts';
import { readSchema } from '../../src/database/introspect.ts';
import { keepsKeys } from '../../src/database/key-parts.ts';
import { tableNamed } from '../../src/sql/tables.ts';
import { buildSettings } from '../build.ts';

/** Whether a change keeps the keys of the table `t`. */
function isKept(change: string): boolean {
  const db = openMemory(buildSettings());
  db.exec(`CREATE TABLE p (id INTEGER PRIMARY KEY);
    CREATE TABLE t (id INTEGER PRIMARY KEY, k TEXT UNIQUE, p_id INTEGER REFERENCES p, n TEXT)`);
  const before = tableNamed(readSchema(db), 't');
  db.exec(change);
  const after = tableNamed(readSchema(db), 't');
  db.close();
  if (before === undefined || after === undefined) throw new Error('the table is gone');
  return keepsKeys(before, after);
}

const anew = (columns: string, kind = ''): string => `DROP TABLE t; CREATE TABLE t (${columns}) ${kind}`;

test.each<[boolean, string]>([
  [true, 'SELECT 1'],
  [true, 'ALTER TABLE t ADD COLUMN more TEXT'],
  [true, 'CREATE INDEX i ON t (n)'],
  [true, anew('id INTEGER PRIMARY KEY, k TEXT UNIQUE, p_id INTEGER REFERENCES p, n TEXT CHECK (n <> 1)')],
  [false, 'ALTER TABLE t ADD COLUMN q_id INTEGER REFERENCES p'],
  [false, 'ALTER TABLE t RENAME COLUMN k TO key'],
  [false, 'ALTER TABLE p RENAME TO q'],
  [false, 'ALTER TABLE t DROP COLUMN n'],
  [false, 'CREATE UNIQUE INDEX i ON t (n)'],
  [false, anew('id INTEGER PRIMARY KEY, k INTEGER UNIQUE, p_id INTEGER REFERENCES p, n TEXT')],
  [false, anew('id INTEGER PRIMARY KEY, k TEXT COLLATE NOCASE UNIQUE, p_id INTEGER REFERENCES p, n TEXT')],
  [false, anew('id INTEGER PRIMARY KEY, k TEXT, p_id INTEGER REFERENCES p, n TEXT')],
  [false, anew('id INTEGER PRIMARY KEY, k TEXT UNIQUE, p_id INTEGER REFERENCES p, n TEXT', 'STRICT')],
])('%s: <%s> keeps the keys', (expected, change) => {
  expect(isKept(change)).toBe(expected);
});
