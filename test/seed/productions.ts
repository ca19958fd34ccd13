/** A production database as SQL: its schema, and rows that are put in with foreign keys off, as some came to be. */
export interface Production {
  readonly name: string;
  readonly schema: string;
  readonly rows: string;
  /** Columns whose values are kept. */
  readonly keepValues?: readonly string[];
}

/** `n` from 1 to `count`, with `r`, a number from 0 to 999,999 in no order. */
function numbers(count: number): string {
  return `(WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < ${count})
    SELECT n, (n * 7919 + (n * n) % 65521 * 104729) % 1000000 AS r FROM c)`;
}

/** The shapes of life, a database for each kind. */
export const productions: readonly Production[] = [
  {
    name: 'accounts with duplicates, NULLs, bad JSON and deleted rows',
    keepValues: ['users.status'],
    schema: `CREATE TABLE users (
        id INTEGER PRIMARY KEY AUTOINCREMENT, email TEXT, name TEXT, age INTEGER, settings TEXT, status TEXT NOT NULL DEFAULT 'active',
        balance REAL, is_admin INTEGER NOT NULL DEFAULT 0, created_at TEXT NOT NULL, seen_at INTEGER, legacy, avatar BLOB);
      CREATE INDEX users_email ON users(email);`,
    rows: `INSERT INTO users SELECT n,
        CASE WHEN r % 20 = 0 THEN NULL WHEN r % 20 = 1 THEN 'shared' || (r % 7) || '@mail.example' WHEN r % 97 = 2 THEN 'User' || (n - 1) || '@mail.example' ELSE 'user' || n || '@mail.example' END,
        CASE WHEN r % 50 = 0 THEN '' WHEN r % 50 = 1 THEN 'José Núñez ' || n WHEN r % 50 = 2 THEN 'Ann Smith ' || n || ' ' ELSE 'Name' || n || ' of ' || (r % 300) END,
        CASE WHEN r % 5 = 0 THEN NULL WHEN r % 301 = 7 THEN -1 WHEN r % 301 = 8 THEN 'unknown' ELSE 18 + r % 60 END,
        CASE WHEN r % 200 = 5 THEN '{"theme":' WHEN r % 4 = 0 THEN NULL WHEN r % 4 = 1 THEN '{}' ELSE json_object('theme', 'dark', 'size', r % 9, 'status', CASE r % 3 WHEN 0 THEN NULL ELSE 'x' || n END) END,
        CASE WHEN r % 10 < 7 THEN 'active' WHEN r % 10 < 9 THEN 'closed' ELSE 'banned' END,
        CASE WHEN r % 3 = 0 THEN 0 ELSE round(r / 37.0, 2) END,
        r % 40 = 0,
        strftime('%Y-%m-%dT%H:%M:%fZ', 1600000000 + n * 40000, 'unixepoch'),
        CASE WHEN r % 3 = 0 THEN NULL ELSE 1650000000 + r * 40 END,
        CASE r % 4 WHEN 0 THEN n WHEN 1 THEN 'text' || n WHEN 2 THEN n + 0.25 ELSE NULL END,
        CASE WHEN r % 6 = 0 THEN x'' WHEN r % 6 = 1 THEN x'ff0102' ELSE NULL END
      FROM ${numbers(2400)};
      DELETE FROM users WHERE id % 6 = 0 OR id > 2390;`,
  },
  {
    name: 'orders with orphans, skewed fan-out and composite keys',
    schema: `CREATE TABLE customers (id TEXT PRIMARY KEY, region TEXT NOT NULL CHECK (region IN ('north', 'south', 'east', 'west')), code TEXT NOT NULL UNIQUE) WITHOUT ROWID;
      CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id TEXT REFERENCES customers(id), placed_on TEXT NOT NULL, total INTEGER NOT NULL CHECK (total >= 0),
        shipped_at TEXT, cancelled_at TEXT, CHECK (shipped_at IS NULL OR cancelled_at IS NULL));
      CREATE TABLE order_lines (order_id INTEGER NOT NULL REFERENCES orders(id), line_no INTEGER NOT NULL, sku TEXT NOT NULL, quantity INTEGER NOT NULL,
        PRIMARY KEY (order_id, line_no)) WITHOUT ROWID;
      CREATE TABLE tags (id INTEGER PRIMARY KEY, slug TEXT NOT NULL UNIQUE);
      CREATE TABLE order_tags (order_id INTEGER NOT NULL REFERENCES orders(id), tag_id INTEGER NOT NULL REFERENCES tags(id), PRIMARY KEY (order_id, tag_id));`,
    rows: `INSERT INTO customers SELECT printf('%08x-%04x-4%03x-8%03x-%012x', r * 4001, n, r % 4096, n % 4096, n * 7), CASE r % 8 WHEN 0 THEN 'north' WHEN 1 THEN 'east' WHEN 2 THEN 'west' ELSE 'south' END, printf('%06d', n * 37) FROM ${numbers(300)};
      INSERT INTO orders SELECT n, CASE WHEN r % 25 = 0 THEN NULL WHEN r % 25 = 1 THEN 'gone-' || (r % 11) ELSE (SELECT id FROM customers WHERE code = printf('%06d', 37 * (1 + CASE WHEN r % 2 = 0 THEN r % 20 ELSE r % 260 END))) END,
        date('2021-01-01', '+' || (r % 900) || ' days'), CASE WHEN r % 30 = 0 THEN 0 ELSE 100 + r % 90000 END,
        CASE WHEN r % 3 > 0 THEN datetime(1650000000 + r * 60, 'unixepoch') END, CASE WHEN r % 30 = 3 THEN datetime(1650000000 + r * 60, 'unixepoch') END FROM ${numbers(1500)};
      INSERT INTO order_lines SELECT o.id, l.n, printf('%07d', (o.id * 13 + l.n * 7) % 500), 1 + (o.id + l.n) % 5 FROM orders o, ${numbers(4)} l WHERE l.n <= 1 + (o.id * 7) % 4;
      INSERT INTO tags SELECT n, 'tag-' || n FROM ${numbers(25)};
      INSERT INTO order_tags SELECT DISTINCT o.id, 1 + (o.id * t.n + t.n * t.n) % 25 FROM orders o, ${numbers(3)} t WHERE o.id % 3 > 0;
      DELETE FROM orders WHERE id % 40 = 7;`,
  },
  {
    name: 'a tree, arms of which one is filled, and lists that go together',
    schema: `CREATE TABLE folders (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES folders(id), name TEXT NOT NULL, UNIQUE (parent_id, name));
      CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT NOT NULL, views INTEGER NOT NULL);
      CREATE TABLE comments (id INTEGER PRIMARY KEY, post_id INTEGER REFERENCES posts(id), folder_id INTEGER REFERENCES folders(id), body TEXT NOT NULL,
        starts_on TEXT, ends_on TEXT, CHECK ((post_id IS NULL) <> (folder_id IS NULL)), CHECK (starts_on <= ends_on));
      CREATE TABLE places (city TEXT NOT NULL, street TEXT NOT NULL, house INTEGER NOT NULL);
      CREATE INDEX places_street ON places (city, street);`,
    rows: `INSERT INTO folders SELECT n, CASE WHEN n <= 12 THEN NULL ELSE 1 + r % (n - 1) END, 'folder ' || n FROM ${numbers(400)};
      INSERT INTO posts SELECT n, 'Title ' || n, (r % 1000) * (r % 1000) FROM ${numbers(350)};
      INSERT INTO comments SELECT n, CASE WHEN r % 10 < 7 THEN 1 + r % 350 END, CASE WHEN r % 10 >= 7 THEN 1 + r % 400 END, 'Comment number ' || n || ' ' || substr('lorem ipsum dolor sit amet consectetur adipiscing elit sed do', 1, r % 60),
        date('2023-01-10', '+' || (r % 300) || ' days'), date('2023-01-10', '+' || (r % 300 + 5) || ' days') FROM ${numbers(1000)};
      INSERT INTO places SELECT 'City ' || (r % 40), 'Street ' || (r % 400), 1 + n % 90 FROM ${numbers(1200)};`,
  },
  {
    name: 'awkward names, no key, and values that code forgets',
    schema: `CREATE TABLE "order" ("group" TEXT, "a ""b""" INTEGER, "ж.c" TEXT, size NUMERIC);
      CREATE TABLE counters (name TEXT PRIMARY KEY, big INTEGER NOT NULL, ms INTEGER, day TEXT, hash TEXT, link TEXT, token TEXT, n TEXT);
      CREATE TABLE docs (id INTEGER PRIMARY KEY, body TEXT NOT NULL, raw BLOB);
      CREATE TABLE empty (id INTEGER PRIMARY KEY, x TEXT);`,
    rows: `INSERT INTO "order" SELECT 'g' || (r % 5), CASE WHEN r % 2 = 0 THEN r % 3 END, CASE r % 4 WHEN 0 THEN 'ключ ' || n WHEN 1 THEN ' pad' || n ELSE upper('code' || n) END,
        CASE r % 5 WHEN 0 THEN 'n/a' WHEN 1 THEN 0.5 + n ELSE -r END FROM ${numbers(500)};
      INSERT INTO counters SELECT 'counter_' || n, CASE WHEN n = 77 THEN 9007199254740995 WHEN n % 9 = 0 THEN -n ELSE n * 3 END, 1600000000000 + r * 99999, date(1600000000 + r * 90, 'unixepoch'),
        printf('%016x%016x', r * 77777777, n * 99999999), 'https://example.com/p/' || n, 'Tk9' || substr(hex(n * 99991 + 0), 1, 8) || 'zYx', CASE WHEN n = 5 THEN '007' ELSE '' || n END FROM ${numbers(600)};
      INSERT INTO docs SELECT n * 10, json_object('kind', 'event', 'items', json_array(json_object('id', n, 'ok', json('true')), json_object('id', r, 'ok', json('false'))), 'total', r / 8.0, 'body', CASE WHEN r % 3 = 0 THEN NULL ELSE 'text ' || n END),
        CASE WHEN r % 2 = 0 THEN jsonb_object('body', 'n' || n) ELSE CAST('raw' || n AS BLOB) END FROM ${numbers(450)};`,
  },
];
