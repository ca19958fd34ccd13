import { describe, expect, test } from 'vitest';
import { complaints, emptyTables, filled } from './filling.ts';

/** One schema for each thing that a row must satisfy. */
const schemas: Readonly<Record<string, string>> = {
  'no columns but a rowid': 'CREATE TABLE a (id INTEGER PRIMARY KEY)',
  'no types': 'CREATE TABLE a (id PRIMARY KEY, name, price, is_open, x)',
  'NOT NULL': `CREATE TABLE a (id TEXT PRIMARY KEY NOT NULL, b INT NOT NULL, c REAL NOT NULL, d BLOB NOT NULL,
      e NUMERIC NOT NULL)`,
  'NOT NULL DEFAULT NULL': 'CREATE TABLE a (b TEXT NOT NULL DEFAULT NULL)',
  'STRICT of every type': `CREATE TABLE a (id INTEGER PRIMARY KEY, b INT NOT NULL, c INTEGER NOT NULL, d REAL NOT NULL,
    e TEXT NOT NULL, f BLOB NOT NULL, g ANY NOT NULL, created_at INTEGER NOT NULL, body_json TEXT NOT NULL) STRICT`,
  'WITHOUT ROWID and a key of two columns': 'CREATE TABLE a (b TEXT, c INTEGER, d, PRIMARY KEY (b, c)) WITHOUT ROWID',
  'INTEGER PRIMARY KEY DESC, which is no rowid': 'CREATE TABLE a (id INTEGER PRIMARY KEY DESC, b)',
  AUTOINCREMENT: 'CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT, b TEXT NOT NULL)',
  'generated columns': `CREATE TABLE a (first_name TEXT NOT NULL, last_name TEXT NOT NULL,
    name TEXT NOT NULL AS (first_name || ' ' || last_name) STORED, size INTEGER NOT NULL AS (length(name)) VIRTUAL)`,
  'COLLATE and a unique expression': `CREATE TABLE a (email TEXT NOT NULL COLLATE NOCASE UNIQUE);
    CREATE UNIQUE INDEX b ON a (lower(email))`,
  'a JSON index': `CREATE TABLE a (doc TEXT NOT NULL, x TEXT); CREATE INDEX b ON a (json_extract(doc, '$.a.b'));
    CREATE INDEX c ON a (x ->> 'k')`,
  'a generated JSON column': `CREATE TABLE a (doc TEXT NOT NULL, kind TEXT NOT NULL AS (json_extract(doc, '$.kind')))`,
  'CHECK IN': `CREATE TABLE a (b TEXT CHECK (b IN ('x', 'y')), c INTEGER NOT NULL CHECK (c IN (-3, 7)))`,
  'CHECK =': `CREATE TABLE a (b TEXT NOT NULL CHECK (b = 'it''s'), c INTEGER CHECK (1 = c),
    id INTEGER PRIMARY KEY CHECK (id = 7))`,
  'CHECK comparisons': `CREATE TABLE a (b INT CHECK (b > 5000), c INT CHECK (c BETWEEN 40 AND 41),
    d REAL CHECK (0 < d AND d <= 0.5), e INT CHECK (e >= -9 AND e < -7), f INT CHECK (f <> 0 AND f != 3))`,
  'CHECK length': `CREATE TABLE a (b TEXT NOT NULL CHECK (length(b) = 3), c TEXT CHECK (length(c) BETWEEN 100 AND 120),
    d TEXT CHECK (length(trim(d)) > 0), e TEXT CHECK (length(e) < 5), f TEXT CHECK (length(f) = 2 AND f = upper(f)))`,
  'CHECK GLOB and LIKE': `CREATE TABLE a (b TEXT CHECK (b GLOB '[A-Z][A-Z]-[0-9][0-9]*'),
    c TEXT CHECK (c LIKE 'usr%@_'), d TEXT CHECK (length(d) = 8 AND d NOT GLOB '*[^0-9a-f]*'),
    e TEXT NOT NULL CHECK (e GLOB '[0-9][0-9][0-9][0-9]'))`,
  'CHECK json': `CREATE TABLE a (b TEXT NOT NULL CHECK (json_valid(b)), c TEXT CHECK (json_type(c) = 'array'),
    d TEXT NOT NULL CHECK (json_valid(d) AND json_type(d) = 'object'), e CHECK (json_array_length(e) > 0))`,
  'CHECK json member': `CREATE TABLE a (b TEXT NOT NULL, doc TEXT NOT NULL CHECK (json_extract(doc, '$.b') = b))`,
  'CHECK typeof': `CREATE TABLE a (b CHECK (typeof(b) = 'integer'), c CHECK (typeof(c) IN ('real', 'null')),
    d CHECK (typeof(d) = 'blob'), e TEXT CHECK (typeof(e) = 'text'))`,
  'CHECK of dates': `CREATE TABLE a (starts_at TEXT NOT NULL, ends_at TEXT NOT NULL, day TEXT CHECK (date(day) = day),
    seen TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', seen) = seen), CHECK (starts_at < ends_at))`,
  'CHECK of two columns': `CREATE TABLE a (low INTEGER NOT NULL, high INTEGER NOT NULL,
    CONSTRAINT "low, then high" CHECK (low < high))`,
  'CHECK exclusive or': `CREATE TABLE a (b TEXT, c TEXT, CHECK ((b IS NULL) <> (c IS NULL)));
    CREATE TABLE d (e INT, f INT, g INT, CHECK ((e IS NOT NULL) + (f IS NOT NULL) + (g IS NOT NULL) = 1))`,
  'CHECK of a kind and its columns': `CREATE TABLE a (kind TEXT NOT NULL, path TEXT, url TEXT,
    CHECK (kind = 'file' AND path IS NOT NULL AND url IS NULL OR kind = 'link' AND url IS NOT NULL AND path IS NULL))`,
  'CHECK that words hide': `CREATE TABLE a (b TEXT NOT NULL CHECK (CASE WHEN b IN ('p', 'q') THEN 1 ELSE 0 END))`,
  'CHECK of booleans':
    'CREATE TABLE a (b BOOLEAN NOT NULL CHECK (b IN (FALSE, TRUE)), c INT CHECK (c IS NULL OR c = TRUE))',
  'a row of settings': `CREATE TABLE settings (id INTEGER PRIMARY KEY CHECK (id = 1), theme TEXT NOT NULL)`,
  'parents and children': `CREATE TABLE c (id INTEGER PRIMARY KEY, b_id TEXT NOT NULL REFERENCES b (id));
    CREATE TABLE b (id TEXT PRIMARY KEY, a_id INTEGER NOT NULL REFERENCES a); CREATE TABLE a (id INTEGER PRIMARY KEY)`,
  'a key to a unique column': `CREATE TABLE a (code TEXT NOT NULL UNIQUE COLLATE NOCASE);
    CREATE TABLE b (a TEXT NOT NULL REFERENCES a (code))`,
  'a text key in an INTEGER column':
    'CREATE TABLE a (id TEXT PRIMARY KEY); CREATE TABLE b (a INTEGER NOT NULL REFERENCES a (id))',
  'keys of two columns': `CREATE TABLE orgs (id INTEGER PRIMARY KEY); CREATE TABLE users (id INTEGER PRIMARY KEY);
    CREATE TABLE members (org_id INT NOT NULL REFERENCES orgs, user_id INT NOT NULL REFERENCES users,
      PRIMARY KEY (org_id, user_id));
    CREATE TABLE posts (id INTEGER PRIMARY KEY, org_id INT NOT NULL REFERENCES orgs, author INT NOT NULL,
      FOREIGN KEY (org_id, author) REFERENCES members)`,
  'a table that is one to one with another': `CREATE TABLE a (id INTEGER PRIMARY KEY);
    CREATE TABLE b (a_id INTEGER PRIMARY KEY REFERENCES a (id), note TEXT)`,
  'self-references': `CREATE TABLE a (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES a (id));
    CREATE TABLE b (id INTEGER PRIMARY KEY, root_id INTEGER NOT NULL REFERENCES b (id));
    CREATE TABLE c (id TEXT PRIMARY KEY, root_id TEXT NOT NULL REFERENCES c (id))`,
  'a circle that may be NULL': `CREATE TABLE a (id INTEGER PRIMARY KEY, b_id INTEGER REFERENCES b (id));
    CREATE TABLE b (id INTEGER PRIMARY KEY, a_id INTEGER REFERENCES a (id))`,
  'a circle of three that may not': `CREATE TABLE a (id TEXT PRIMARY KEY, b TEXT NOT NULL REFERENCES b (id));
    CREATE TABLE b (id TEXT PRIMARY KEY, c INTEGER NOT NULL REFERENCES c (id));
    CREATE TABLE c (id INTEGER PRIMARY KEY AUTOINCREMENT,
      a TEXT NOT NULL REFERENCES a (id) DEFERRABLE INITIALLY DEFERRED)`,
  'two different rows of one parent': `CREATE TABLE tags (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
    CREATE TABLE tag_parents (tag_id INT NOT NULL REFERENCES tags, parent_id INT NOT NULL REFERENCES tags,
      PRIMARY KEY (tag_id, parent_id), CHECK (tag_id <> parent_id))`,
  'a trigger that fills another table': `CREATE TABLE log (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
    CREATE TABLE a (name TEXT);
    CREATE TRIGGER t AFTER INSERT ON a BEGIN INSERT INTO log (name) VALUES (NEW.name); END`,
  'a trigger that wants a list': `CREATE TABLE a (b TEXT, c TEXT);
    CREATE TRIGGER t BEFORE INSERT ON a WHEN NEW.c NOT IN ('left', 'right')
    BEGIN SELECT RAISE(ABORT, 'which side?'); END`,
  'a trigger that wants NULL': `CREATE TABLE a (b TEXT, c TEXT);
    CREATE TRIGGER t BEFORE INSERT ON a WHEN NEW.b IS NOT NULL
    BEGIN SELECT RAISE(FAIL, 'b comes later'); END`,
  'a trigger that ignores some rows': `CREATE TABLE a (b INT, c INT); CREATE TRIGGER t BEFORE INSERT ON a WHEN NEW.b > 0
    BEGIN SELECT RAISE(IGNORE); END`,
  'a trigger that rolls back': `CREATE TABLE a (kind TEXT); CREATE TRIGGER t BEFORE INSERT ON a WHEN NEW.kind <> 'good'
    BEGIN SELECT RAISE(ROLLBACK, 'no'); END`,
  'names of strangers': `CREATE TABLE "select" ("from" TEXT NOT NULL, "a b" TEXT NOT NULL,
    "x""y" TEXT NOT NULL CHECK ("x""y" IN ('q')));
    CREATE TABLE [größe, "und" mehr] ([naïve.col] INT NOT NULL CHECK ([naïve.col] > 1000), "it's" TEXT NOT NULL,
    "," TEXT NOT NULL);
    CREATE TABLE "Ünïcode" ("ключ" TEXT PRIMARY KEY, "值" INTEGER NOT NULL REFERENCES "group" ("order"));
    CREATE TABLE "group" ("order" INTEGER PRIMARY KEY, "rowid" TEXT NOT NULL); CREATE TABLE "1" ("1" TEXT NOT NULL)`,
  'defaults that call functions': `CREATE TABLE a (id TEXT PRIMARY KEY DEFAULT (lower(hex(randomblob(8)))),
    created TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP, at INTEGER NOT NULL DEFAULT (unixepoch()),
    day TEXT DEFAULT (date('now')), r INT DEFAULT (random()))`,
  'full text': `CREATE VIRTUAL TABLE a USING fts3(title, body);
    CREATE VIRTUAL TABLE b USING fts4(title, body, notindexed=title);
    CREATE VIRTUAL TABLE c USING fts5(title, post_id UNINDEXED, tokenize = 'porter ascii');
    CREATE VIRTUAL TABLE d USING fts5(x, content='')`,
  'full text of a table': `CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT, body TEXT);
    CREATE VIRTUAL TABLE posts_text USING fts5(title, body, content='posts', content_rowid='id');
    CREATE TRIGGER t AFTER INSERT ON posts BEGIN
      INSERT INTO posts_text (rowid, title, body) VALUES (NEW.id, NEW.title, NEW.body); END`,
  boxes: `CREATE VIRTUAL TABLE a USING rtree(id, x0, x1, y0, y1, +name TEXT);
    CREATE VIRTUAL TABLE b USING rtree_i32(id, x0, x1);
    CREATE VIRTUAL TABLE c USING geopoly(name)`,
};

test('a row that references itself holds the key that another reference gave it', () => {
  const { db } = filled(
    `CREATE TABLE "key" ("key of it" INTEGER PRIMARY KEY);
     CREATE TABLE user_id ("key of it" INTEGER PRIMARY KEY, " " INTEGER NOT NULL REFERENCES "key" ("key of it"),
       user_id INTEGER NOT NULL REFERENCES user_id ("key of it"));`,
    { foreignKeys: false },
  );
  expect(complaints(db)).toEqual([]);
});

describe('every table of a schema gets a row', () => {
  for (const [what, sql] of Object.entries(schemas)) {
    test.each([true, false])(`${what}, foreign keys enforced: %s`, (foreignKeys) => {
      const { db, unfilled } = filled(sql, { foreignKeys });
      expect(unfilled).toEqual([]);
      expect(emptyTables(db)).toEqual([]);
      expect(complaints(db)).toEqual([]);
    });
  }
});
