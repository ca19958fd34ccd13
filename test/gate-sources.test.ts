import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { takeDatabase } from '../src/database/source.ts';
import { buildSettings } from './build.ts';
import { gate } from './gate-source.ts';
import { folderWith } from './temporary.ts';

const migrations = {
  'm/1_people.sql': 'CREATE TABLE people (id INTEGER PRIMARY KEY, email TEXT); CREATE TABLE tags (name TEXT);',
  'm/2_unique.sql': 'CREATE UNIQUE INDEX people_email ON people (email);',
};

/** What `.dump` of the sqlite3 shell prints. */
const dump = `PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE people (id INTEGER PRIMARY KEY, email TEXT);
INSERT INTO people VALUES(1,'a;b''c');
INSERT INTO people VALUES(2,'same');
INSERT INTO people VALUES(3,'same');
CREATE TABLE tags (name TEXT);
INSERT INTO tags VALUES('zwei
Zeilen');
CREATE TRIGGER t AFTER INSERT ON tags BEGIN DELETE FROM tags WHERE name IS NULL; END;
CREATE TABLE _migrations(version INTEGER PRIMARY KEY, applied_at TEXT NOT NULL, name TEXT, hash TEXT);
INSERT INTO _migrations VALUES(1,'2026-01-01T00:00:00Z','1_people',NULL);
COMMIT;
`;

const bytesOf = (sql: string): Buffer => {
  const db = new Sqlite(':memory:');
  db.exec(sql);
  const bytes = db.serialize();
  db.close();
  return bytes;
};

/** The parts in which a pipe may hand over bytes. */
async function* inParts(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const sources: readonly (readonly [string, Buffer])[] = [
  ['app.db', bytesOf(dump)],
  ['app.sql', Buffer.from(dump)],
  ['APP.SQL', Buffer.from(`\ufeff${dump}`)],
  ['app.sql.gz', gzipSync(dump)],
  ['backup.bin', gzipSync(bytesOf(dump))],
  ['named.sql', bytesOf(dump)],
  ['without.sql', Buffer.from(dump.replace('BEGIN TRANSACTION;', '').replace('COMMIT;\n', ''))],
];

describe.each(sources)('the gate on %s', (name, bytes) => {
  test('finds the rows that it holds, and leaves the file and its folder as they were', async () => {
    const folder = folderWith(migrations);
    const file = join(folder, name);
    writeFileSync(file, bytes);
    const before = [readdirSync(folder), statSync(file).mtimeMs];
    const { findings, gate: about } = await gate({ migrations: join(folder, 'm') }, { file });
    expect(findings.map(({ code, cause, table }) => [code, cause, table])).toEqual([
      ['fails-on-rows', 'unique-meets-duplicates', 'people'],
    ]);
    expect(about).toMatchObject({ file, version: 1, pending: 1 });
    expect(readFileSync(file).equals(bytes)).toBe(true);
    expect([readdirSync(folder), statSync(file).mtimeMs]).toEqual(before);
  });

  test.each([1, 7, 100_000])('is taken from the standard input in parts of %i bytes', async (size) => {
    const copy = join(folderWith(), 'copy.db');
    const input = inParts(bytes, size);
    await takeDatabase('-', copy, { settings: buildSettings(), integrity: 'full', input });
    const db = new Sqlite(copy);
    expect(db.prepare('SELECT count(*), max(email) FROM people').raw().get()).toEqual([3, 'same']);
    expect(db.prepare('SELECT name FROM tags').pluck().all()).toEqual(['zwei\nZeilen']);
    db.close();
    expect(readdirSync(dirname(copy))).toEqual(['copy.db']);
  });
});

const packed = gzipSync(dump);

test.each<[string, Buffer, string]>([
  ['nothing', Buffer.alloc(0), 'bad-dump'],
  ['a comment alone', Buffer.from('-- nothing here'), 'bad-dump'],
  ['a dump without its end', Buffer.from(dump.slice(0, 200)), 'bad-dump'],
  ['a dump that gave up', Buffer.from(dump.replace('COMMIT;', 'ROLLBACK; -- due to errors')), 'bad-dump'],
  ['a statement that fails', Buffer.from(dump.replace('tags VALUES', 'nobody VALUES')), 'bad-dump'],
  ['a NUL', Buffer.from(dump.replace('same', 'sa\0me')), 'bad-dump'],
  ['text in another encoding', Buffer.from(dump.replace('same', 'süß'), 'latin1'), 'file-not-utf8'],
  ['a file that is packed and cut', packed.subarray(0, packed.length - 20), 'bad-dump'],
  ['a file that is packed and damaged', Buffer.concat([packed.subarray(0, 20), Buffer.alloc(90)]), 'bad-dump'],
  ['a database that is cut', bytesOf(dump).subarray(0, 8192), 'database-damaged'],
  ['ATTACH', Buffer.from(`${dump}ATTACH 'other.db' AS other;`), 'statement-refused'],
  ['VACUUM INTO', Buffer.from(`${dump}VACUUM INTO 'other.db';`), 'statement-refused'],
  [
    'a schema written by hand',
    Buffer.from(`PRAGMA writable_schema = ON; INSERT INTO sqlite_schema VALUES ('table', 'a', 'a', 0, 'b');`),
    'bad-dump',
  ],
])('a source is refused: %s', async (_, bytes, code) => {
  const copy = join(folderWith(), 'copy.db');
  const taking = { settings: buildSettings(), integrity: 'quick' as const, input: inParts(bytes, 1000) };
  await expect(takeDatabase('-', copy, taking)).rejects.toMatchObject({ code });
});

test('no error quotes a row of a dump', async () => {
  const folder = folderWith(migrations);
  const file = join(folder, 'app.sql');
  writeFileSync(file, dump.replace("VALUES(3,'same')", "VALUES('SECRET','same')"));
  const failing = gate({ migrations: join(folder, 'm') }, { file });
  await expect(failing).rejects.toMatchObject({ code: 'bad-dump', facts: { line: 6 } });
  const error: unknown = await failing.catch((reason: unknown) => reason);
  expect(JSON.stringify([String(error), error])).not.toContain('SECRET');
});

describe('--keep', () => {
  test('keeps the copy as the pending migrations leave it', async () => {
    const folder = folderWith({ ...migrations, 'm/2_unique.sql': 'ALTER TABLE tags ADD COLUMN more TEXT;' });
    const [file, keep] = [join(folder, 'app.sql'), join(folderWith(), 'kept.db')];
    writeFileSync(file, dump);
    expect((await gate({ migrations: join(folder, 'm') }, { file, keep })).findings).toEqual([]);
    const db = new Sqlite(keep, { readonly: true });
    expect(db.prepare('SELECT name, more FROM tags').raw().all()).toEqual([['zwei\nZeilen', null]]);
    db.close();
    expect(readdirSync(dirname(keep))).toEqual(['kept.db']);
  });

  test('replaces nothing, and is refused before the work', async () => {
    const folder = folderWith(migrations);
    const file = join(folder, 'app.db');
    writeFileSync(file, bytesOf(dump));
    for (const keep of [file, join(folder, 'm', '1_people.sql'), join(folder, 'nowhere', 'kept.db')])
      await expect(gate({ migrations: join(folder, 'm') }, { file, keep })).rejects.toMatchObject({
        code: 'output-unwritable',
      });
    expect(existsSync(join(folder, 'nowhere'))).toBe(false);
    expect(readFileSync(file).equals(bytesOf(dump))).toBe(true);
  });
});
