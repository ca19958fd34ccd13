import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { migrate } from '../../../src/api.ts';

const migrations: Readonly<Record<string, string>> = {
  '1_init.sql': `CREATE TABLE authors (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
    CREATE TABLE books (id INTEGER PRIMARY KEY, title TEXT NOT NULL, author_id INTEGER REFERENCES authors (id));
    CREATE INDEX books_author ON books (author_id);`,
  '2_notes.sql': 'CREATE TABLE notes (id INTEGER PRIMARY KEY, book_id INTEGER REFERENCES books (id), body TEXT);',
  '3_rebuild.sql': `-- rowproof: foreign_keys=off
    CREATE TABLE books_new (id INTEGER PRIMARY KEY, title TEXT NOT NULL, author_id INTEGER REFERENCES authors (id), pages INTEGER);
    INSERT INTO books_new (id, title, author_id) SELECT id, title, author_id FROM books;
    DROP TABLE books;
    ALTER TABLE books_new RENAME TO books;
    CREATE INDEX books_author ON books (author_id);`,
  '4_titles.sql': `UPDATE books SET title = title || ' (' || id || ')';
    CREATE UNIQUE INDEX books_title ON books (title, id);`,
  '5_bodies.sql': `ALTER TABLE notes ADD COLUMN extra TEXT;
    UPDATE notes SET extra = hex(zeroblob(200));`,
};

/** Names of the migrations that are pending on the production file. */
export const pending = ['3_rebuild', '4_titles', '5_bodies'] as const;

/** A project whose files are made once and copied for each try. */
export interface Project {
  readonly migrations: string;
  /** The production file, at version 2, closed. */
  readonly database: string;
  /** A folder of its own, with the database alone in it, for commands that write to it. Returns the path of the copy. */
  fresh(folder: string): string;
  /** The contents of the tables after none, one, two and three of the pending migrations, each as a hash. */
  readonly states: readonly string[];
}

/** Makes the project below a folder. */
export async function makeProject(home: string): Promise<Project> {
  const directory = join(home, 'm');
  mkdirSync(directory, { recursive: true });
  mkdirSync(join(home, 'production'));
  for (const [name, sql] of Object.entries(migrations)) writeFileSync(join(directory, name), sql);
  const database = join(home, 'production', 'app.db');
  const db = new Sqlite(database);
  db.exec('PRAGMA page_size = 1024; VACUUM');
  db.close();
  await migrate({ migrations: directory }, { file: database, to: 2 });
  const rows = new Sqlite(database);
  rows.exec(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 150)
    INSERT INTO authors SELECT i, 'author ' || i FROM n;
    INSERT INTO books SELECT id, 'book ' || hex(zeroblob(20)) || id, id FROM authors;
    INSERT INTO notes SELECT id, id, hex(zeroblob(60)) FROM books;`);
  rows.close();
  const fresh = (folder: string): string => {
    mkdirSync(folder, { recursive: true });
    const copy = join(folder, 'app.db');
    for (const ending of ['', '-wal', '-shm', '-journal']) rmSync(copy + ending, { force: true });
    copyFileSync(database, copy);
    return copy;
  };
  const states: string[] = [];
  const walked = fresh(join(home, 'walked'));
  for (const to of [2, 3, 4, 5]) {
    await migrate({ migrations: directory }, { file: walked, to });
    states.push(stateOf(walked));
  }
  return { migrations: directory, database, fresh, states };
}

/**
 * The contents of a database as a hash: its schema, its rows and its ledger without times. SQLite takes back what a killed
 * process left half done. It is an error when the file is damaged.
 */
export function stateOf(file: string): string {
  const db = new Sqlite(file);
  try {
    const found = db.pragma('integrity_check', { simple: true });
    if (found !== 'ok') throw new Error(`${file} is damaged: ${String(found)}`);
    const hash = createHash('sha256');
    const schema = db.prepare<[], { name: string; type: string; sql: string | null }>(
      'SELECT name, type, sql FROM sqlite_schema ORDER BY name',
    );
    for (const { name, type, sql } of schema.all()) {
      // The ledger gains its columns with the first run of the migrator.
      if (name === '_migrations') continue;
      hash.update(`${type} ${name} ${sql}\n`);
      if (type === 'table') hash.update(JSON.stringify(db.prepare(`SELECT * FROM "${name}"`).raw().all()));
    }
    hash.update(JSON.stringify(db.prepare('SELECT version FROM _migrations ORDER BY version').raw().all()));
    return hash.digest('hex');
  } finally {
    db.close();
  }
}

/** Every name below a folder with what is in it and when it was written. */
export function fingerprint(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => {
      const path = join(folder, name);
      const { mtimeNs, mode } = statSync(path, { bigint: true });
      if (statSync(path).isDirectory()) return `${name} ${mode}`;
      return `${name} ${mtimeNs} ${mode} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`;
    })
    .join('\n');
}

/** The fault of a file that `seed` was to make: it must be complete, or missing; null when it is. */
export function seededWrong(file: string): string | null {
  const names = readdirSync(dirname(file));
  if (!names.includes('dev.db')) return names.length === 0 ? null : `left ${names.join(', ')}`;
  if (names.length > 1) return `left ${names.join(', ')}`;
  const db = new Sqlite(file, { readonly: true });
  try {
    if (db.pragma('integrity_check', { simple: true }) !== 'ok') return 'published a damaged database';
    const versions = db.prepare('SELECT count(*) FROM _migrations').pluck().get();
    return versions === 5 ? null : `published a database with ${String(versions)} versions`;
  } catch (error) {
    return `published what is no database: ${String(error)}`;
  } finally {
    db.close();
  }
}
