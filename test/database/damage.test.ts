/** Damaged files: each command says so, with exit code 2, and none blames the rows. */
import { createHash } from 'node:crypto';
import { copyFileSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { share } from '../breadth.ts';
import { inProcess } from '../cli/main.ts';
import { folderWith } from '../temporary.ts';

const pageSize = 4096;

/** A database of several hundred pages with an index, closed, at version 1 of the ledger. */
function makeDatabase(file: string, mode = 'DELETE'): void {
  const db = new Sqlite(file);
  db.exec(`PRAGMA journal_mode = ${mode};
    CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT NOT NULL, city TEXT);
    CREATE INDEX cities ON people (city);
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
    INSERT INTO people SELECT i, 'secret' || i, hex(zeroblob(i % 90)) FROM n;
    CREATE TABLE _migrations (version INTEGER PRIMARY KEY, applied_at TEXT NOT NULL);
    INSERT INTO _migrations VALUES (1, '')`);
  db.close();
}

/** The root page of a table or an index. */
function rootOf(file: string, name: string): number {
  const db = new Sqlite(file, { readonly: true });
  try {
    return Number(db.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck().get(name));
  } finally {
    db.close();
  }
}

function patch(file: string, position: number, bytes: readonly number[] | Buffer): void {
  const content = readFileSync(file);
  content.set(bytes, position);
  writeFileSync(file, content);
}

const page = (number: number): number => (number - 1) * pageSize;

/** The databases of other owners whose logs and journals are put beside a file. */
function leftover(ending: '-wal' | '-journal', sql: string): Buffer {
  const folder = folderWith();
  const db = new Sqlite(join(folder, 'other.db'));
  db.exec(`PRAGMA journal_mode = ${ending === '-wal' ? 'WAL' : 'DELETE'}; PRAGMA cache_size = 1; ${sql}`);
  const bytes = readFileSync(join(folder, `other.db${ending}`));
  db.close();
  return bytes;
}

const rows = `CREATE TABLE o (a); BEGIN; WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 900)
  INSERT INTO o SELECT hex(zeroblob(400)) FROM n;`;

interface Damage {
  readonly what: string;
  readonly make: (file: string) => void;
  readonly says: RegExp;
}

const damages: readonly Damage[] = [
  {
    what: 'zeroed root of a table',
    make: (f) => patch(f, page(rootOf(f, 'people')), Buffer.alloc(pageSize)),
    says: /is damaged/,
  },
  {
    what: 'zeroed root of an index',
    make: (f) => patch(f, page(rootOf(f, 'cities')), Buffer.alloc(pageSize)),
    says: /is damaged/,
  },
  { what: 'noise on an inner page', make: (f) => patch(f, page(20), Buffer.alloc(pageSize, 0xa5)), says: /is damaged/ },
  { what: 'zeroed leaf', make: (f) => patch(f, page(40), Buffer.alloc(pageSize)), says: /is damaged/ },
  { what: 'a number of cells that cannot be', make: (f) => patch(f, page(30) + 3, [0xff, 0xff]), says: /is damaged/ },
  { what: 'an offset of cells that cannot be', make: (f) => patch(f, page(30) + 5, [0xff, 0xff]), says: /is damaged/ },
  { what: 'a free list that leads nowhere', make: (f) => patch(f, 32, [0, 0, 0, 9, 0, 0, 0, 3]), says: /is damaged/ },
  {
    what: 'a file cut in the middle',
    make: (f) => truncateSync(f, Math.floor(statSync(f).size / pageSize / 2) * pageSize),
    says: /is damaged/,
  },
  { what: 'a file cut within a page', make: (f) => truncateSync(f, 20 * pageSize + 100), says: /is damaged/ },
  { what: 'a file cut to its first page', make: (f) => truncateSync(f, pageSize), says: /is damaged/ },
  { what: 'a file cut within its header', make: (f) => truncateSync(f, 60), says: /is damaged/ },
  { what: 'a wrong magic', make: (f) => patch(f, 0, [0x73]), says: /is not a SQLite database/ },
  { what: 'a page size of 3', make: (f) => patch(f, 16, [0, 3]), says: /is not a SQLite database/ },
  {
    what: 'a page size of another file',
    make: (f) => patch(f, 16, [0x10 / 2, 0]),
    says: /is damaged|is not a SQLite database/,
  },
  {
    what: 'an encrypted file',
    make: (f) => writeFileSync(f, createHash('shake256', { outputLength: 40_960 }).update('x').digest()),
    says: /is not a SQLite database/,
  },
  {
    what: 'schema format 9',
    make: (f) => patch(f, 44, [0, 0, 0, 9]),
    says: /has a format that this SQLite does not know/,
  },
  {
    what: 'a file format of the future',
    make: (f) => patch(f, 18, [9, 9]),
    says: /is not a SQLite database|cannot be/,
  },
  {
    what: 'a schema text that is no SQL',
    make: (f) => patch(f, readFileSync(f).indexOf('CREATE TABLE people'), Buffer.from('CREATE TABLX')),
    says: /is damaged: malformed database schema/,
  },
  {
    what: 'the log of another database',
    make: (f) =>
      writeFileSync(
        `${f}-wal`,
        leftover('-wal', `${rows} COMMIT; PRAGMA wal_checkpoint(TRUNCATE); UPDATE o SET a = 1 WHERE rowid % 2;`),
      ),
    says: /is damaged|is not a SQLite database|cannot be/,
  },
];

const commands: Readonly<Record<string, (folder: string) => string[]>> = {
  gate: (folder) => ['gate', join(folder, 'm'), '--db', join(folder, 'p.db')],
  profile: (folder) => ['profile', join(folder, 'm'), '--db', join(folder, 'p.db')],
  migrate: (folder) => ['migrate', join(folder, 'm'), '--db', join(folder, 'p.db')],
  'migrate --dry-run': (folder) => ['migrate', join(folder, 'm'), '--db', join(folder, 'p.db'), '--dry-run'],
  'check --base': (folder) => ['check', join(folder, 'm'), '--base', join(folder, 'p.db')],
  'seed --base': (folder) => ['seed', join(folder, 'm'), '--base', join(folder, 'p.db'), '-o', join(folder, 'out.db')],
};

const migrations = {
  'm/1_people.sql':
    'CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT NOT NULL, city TEXT); CREATE INDEX cities ON people (city);',
  'm/2_upper.sql': 'UPDATE people SET city = upper(city), name = lower(name);',
};

function fingerprint(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => {
      const path = join(folder, name);
      return statSync(path).isFile()
        ? `${name} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`
        : name;
    });
}

describe.each(Object.keys(commands))('%s', (command) => {
  const place = Object.keys(commands).indexOf(command);
  test.each(share(damages, place, 3))('names $what', async ({ make, says }) => {
    const folder = folderWith(migrations);
    const file = join(folder, 'p.db');
    makeDatabase(file);
    make(file);
    const before = fingerprint(folder);
    const { status, stdout, stderr } = await inProcess(...(commands[command]?.(folder) ?? []));
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^rowproof: \S.*\n {2}\S.*\n$/);
    expect(stderr).toMatch(says);
    expect(stderr).not.toMatch(/secret/);
    // SQLite itself takes a log into its file, whoever opens it.
    if (!(command === 'migrate' && before.some((name) => name.startsWith('p.db-'))))
      expect(fingerprint(folder)).toEqual(before);
  });
});

/** An index that lacks what its table holds: only the full check compares them. */
function loseIndexEntries(file: string): void {
  const db = new Sqlite(file);
  db.unsafeMode(true);
  db.exec(`PRAGMA writable_schema = ON;
    UPDATE sqlite_schema SET sql = 'CREATE INDEX cities ON people (city) WHERE id < 10' WHERE name = 'cities';
    PRAGMA writable_schema = RESET; REINDEX cities; PRAGMA writable_schema = ON;
    UPDATE sqlite_schema SET sql = 'CREATE INDEX cities ON people (city)' WHERE name = 'cities';
    PRAGMA writable_schema = RESET`);
  db.close();
}

describe('an index that lacks rows', () => {
  test.each(['gate', 'profile', 'migrate'])('is found by %s --integrity full', async (command) => {
    const folder = folderWith(migrations);
    makeDatabase(join(folder, 'p.db'));
    loseIndexEntries(join(folder, 'p.db'));
    const { status, stderr } = await inProcess(...(commands[command]?.(folder) ?? []), '--integrity', 'full');
    expect([status, stderr]).toEqual([
      2,
      expect.stringMatching(/is damaged: .*missing from index cities.*; and \d+ more/),
    ]);
  });

  test('is found by the config key as well', async () => {
    const folder = folderWith({ ...migrations, 'c.mjs': "export default { integrity: 'full' }" });
    makeDatabase(join(folder, 'p.db'));
    loseIndexEntries(join(folder, 'p.db'));
    const args = [...(commands['gate']?.(folder) ?? []), '--config', join(folder, 'c.mjs')];
    expect((await inProcess(...args)).status).toBe(2);
  });

  test('damage never becomes advice on rows: a statement that meets it is not reported', async () => {
    const folder = folderWith({ ...migrations, 'm/2_upper.sql': "DELETE FROM people WHERE city > '0'; " });
    makeDatabase(join(folder, 'p.db'));
    loseIndexEntries(join(folder, 'p.db'));
    for (const command of ['gate', 'migrate']) {
      const { status, stderr } = await inProcess(...(commands[command]?.(folder) ?? []));
      if (status === 2) expect(stderr).toMatch(/is damaged/);
      else expect(stderr).not.toMatch(/rows/);
    }
  });
});

test('rows that break a constraint, and a full-text index that lags behind, are not damage', async () => {
  const folder = folderWith({ ...migrations, 'm/2_upper.sql': 'CREATE TABLE later (a);' });
  const file = join(folder, 'p.db');
  makeDatabase(file);
  const db = new Sqlite(file);
  db.unsafeMode(true);
  db.exec(`PRAGMA ignore_check_constraints = ON;
    CREATE TABLE strict (a INTEGER CHECK (a > 0), b TEXT) STRICT; INSERT INTO strict VALUES (-1, 'x');
    CREATE TABLE loose (a); INSERT INTO loose VALUES (NULL);
    PRAGMA writable_schema = ON;
    UPDATE sqlite_schema SET sql = 'CREATE TABLE loose (a NOT NULL)' WHERE name = 'loose';
    UPDATE sqlite_schema SET sql = replace(sql, 'b TEXT', 'b INTEGER') WHERE name = 'strict';
    PRAGMA writable_schema = RESET;
    CREATE VIRTUAL TABLE words USING fts5 (name, content = people, content_rowid = id);
    INSERT INTO words (rowid, name) VALUES (1, 'gone')`);
  db.close();
  for (const integrity of ['quick', 'full']) {
    const { stderr } = await inProcess(
      'profile',
      join(folder, 'm'),
      '--db',
      file,
      '--integrity',
      integrity,
      '-o',
      '/dev/null',
    );
    expect(stderr).toBe('');
  }
  expect((await inProcess('migrate', join(folder, 'm'), '--db', file)).status).toBe(0);
});

test('migrate reads no page when nothing is pending', async () => {
  const folder = folderWith(migrations);
  const file = join(folder, 'p.db');
  makeDatabase(file);
  const db = new Sqlite(file);
  db.exec(
    "INSERT INTO _migrations VALUES (2, ''); ALTER TABLE _migrations ADD COLUMN name TEXT; ALTER TABLE _migrations ADD COLUMN hash TEXT",
  );
  db.close();
  patch(file, page(40), Buffer.alloc(pageSize));
  expect(await inProcess('migrate', join(folder, 'm'), '--db', file)).toMatchObject({ status: 0, stderr: '' });
});

test('SQLite applies the journal of another database, and the damage is reported on the copy if there is any', async () => {
  const folder = folderWith(migrations);
  const file = join(folder, 'p.db');
  makeDatabase(file);
  writeFileSync(
    `${file}-journal`,
    leftover('-journal', `${rows.replace('BEGIN;', 'INSERT INTO o VALUES (1); BEGIN;')} UPDATE o SET a = 1;`),
  );
  const copy = join(folderWith(), 'kept.db');
  copyFileSync(file, copy);
  const { status, stderr } = await inProcess('gate', join(folder, 'm'), '--db', file);
  expect(status === 2 ? stderr : '').toMatch(/^(?:rowproof: \S.*\n {2}\S.*\n)?$/);
  expect(readFileSync(file).equals(readFileSync(copy))).toBe(true);
});
