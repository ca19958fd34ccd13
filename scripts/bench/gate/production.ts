import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';

/** The journal mode of the file. */
export type Journal = 'wal' | 'delete';

/** The applied migration: parents, children and grandchildren with their indexes, and a log of JSON texts. */
const schema = `CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE, name TEXT, created_at TEXT NOT NULL);
CREATE TABLE orders (
  id TEXT PRIMARY KEY,
  user_id INTEGER NOT NULL REFERENCES users(id),
  status TEXT NOT NULL,
  amount REAL NOT NULL,
  created_at TEXT NOT NULL
);
CREATE INDEX orders_by_user ON orders(user_id);
CREATE TABLE items (
  id INTEGER PRIMARY KEY,
  order_id TEXT NOT NULL REFERENCES orders(id) ON DELETE CASCADE,
  product TEXT NOT NULL,
  count INTEGER NOT NULL
);
CREATE INDEX items_by_order ON items(order_id);
CREATE TABLE events (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users(id), body TEXT NOT NULL);
`;

/** The pending migrations that can be measured, by name. */
export const pending: Readonly<Record<string, string>> = {
  rebuild: `-- rowproof: foreign_keys=off
CREATE TABLE orders_new (
  id TEXT PRIMARY KEY,
  user_id INTEGER NOT NULL REFERENCES users(id),
  status TEXT NOT NULL CHECK (status IN ('new', 'paid', 'sent')),
  amount REAL NOT NULL,
  created_at TEXT NOT NULL
);
INSERT INTO orders_new SELECT id, user_id, status, amount, created_at FROM orders;
DROP TABLE orders;
ALTER TABLE orders_new RENAME TO orders;
CREATE INDEX orders_by_user ON orders(user_id);
`,
  'add-column': 'ALTER TABLE items ADD COLUMN note TEXT;\n',
  update: "UPDATE users SET name = coalesce(name, 'nobody');\nUPDATE events SET body = json_set(body, '$.seen', 1);\n",
  nothing: "UPDATE orders SET status = 'sent' WHERE status = 'gone';\n",
};

/** Writes the applied migration and the named pending ones. */
export function writeMigrations(folder: string, names: readonly string[]): string {
  const migrations = join(folder, 'migrations');
  mkdirSync(migrations, { recursive: true });
  writeFileSync(join(migrations, '0001_start.sql'), schema);
  names.forEach((name, i) => {
    writeFileSync(join(migrations, `000${i + 2}_${name.replace('-', '_')}.sql`), pending[name] ?? '');
  });
  return migrations;
}

/** Rows of `orders` that are made at once, with the other tables in proportion: 640 bytes or so for each. */
const batch = 20_000;

/**
 * Fills a database file until it has `size` bytes.
 * @param file a path that does not exist.
 */
export function fillProduction(file: string, size: number): void {
  const db = new Sqlite(file);
  db.pragma('synchronous = OFF');
  db.pragma('cache_size = -1000000');
  db.pragma('foreign_keys = OFF');
  db.exec(`${schema}
    CREATE TABLE _migrations (version INTEGER PRIMARY KEY, applied_at TEXT NOT NULL, name TEXT, hash TEXT);
    INSERT INTO _migrations VALUES (1, '2026-01-01T00:00:00Z', '0001_start', NULL);`);
  // The driver binds numbers as REAL.
  const numbers = `WITH RECURSIVE n(i) AS
    (SELECT CAST(:from AS INTEGER) UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :from + :count)`;
  const key = (i: string): string => `printf('order_%08x', ${i} * 2654435761 % 4294967296)`;
  const inserts = [
    [
      1,
      'users',
      "i, 'somebody.of.family' || i || '@example.org', CASE i % 3 WHEN 0 THEN 'name ' || i END, '2026-05-01'",
    ],
    [
      10,
      'orders',
      `${key('i')}, i / 10, CASE i % 3 WHEN 0 THEN 'new' WHEN 1 THEN 'paid' ELSE 'sent' END, i / 8.0, '2026-05-01T10:00:' || (i % 60)`,
    ],
    [20, 'items', `i, ${key('i / 2')}, 'product number ' || (i % 977), i % 7`],
    [
      10,
      'events',
      `i, i / 10, json_object('kind', 'order.changed', 'at', '2026-05-01T10:00:' || (i % 60), 'text', printf('%.*c', 150 + i % 100, 'x'))`,
    ],
  ] as const;
  const statements = inserts.map(
    ([share, table, values]) =>
      [
        share,
        db.prepare<[{ from: number; count: number }]>(`${numbers} INSERT INTO ${table} SELECT ${values} FROM n`),
      ] as const,
  );
  for (let from = 0; statSync(file).size < size; from += batch / 10) {
    db.exec('BEGIN');
    for (const [share, statement] of statements) statement.run({ from: from * share, count: (batch / 10) * share });
    db.exec('COMMIT');
  }
  db.close();
}

/** Puts a file that nobody uses into a journal mode. */
export function setJournal(file: string, journal: Journal): void {
  const db = new Sqlite(file);
  db.pragma(`journal_mode = ${journal}`);
  db.close();
}
