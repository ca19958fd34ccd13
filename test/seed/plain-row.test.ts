import { describe, expect, test } from 'vitest';
import { emptyDatabase, fill, filled, rowOf } from './filling.ts';

const shop = `
  CREATE TABLE customers (id TEXT PRIMARY KEY, email TEXT NOT NULL UNIQUE, name TEXT, created_at TEXT NOT NULL,
    deleted_at TEXT);
  CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id TEXT NOT NULL REFERENCES customers (id),
    status TEXT NOT NULL DEFAULT 'open', amount_cents INTEGER NOT NULL, note TEXT)`;

describe('values', () => {
  test('the same seed number gives the same rows, another one gives other values', () => {
    const rows = (seed: number): unknown => {
      const { db } = filled(shop, { seed });
      return [rowOf(db, 'customers'), rowOf(db, 'orders')];
    };
    expect(rows(1)).toEqual(rows(1));
    expect(rows(1)).not.toEqual(rows(2));
  });

  test('a new table or column changes no value elsewhere', () => {
    const before = filled(shop).db;
    const after = filled(
      `CREATE TABLE a (b); ${shop.replace('note TEXT', 'note TEXT, tracking_url TEXT')}; CREATE TABLE z (y)`,
    ).db;
    expect(rowOf(after, 'customers')).toEqual(rowOf(before, 'customers'));
    expect(rowOf(after, 'orders')).toMatchObject(rowOf(before, 'orders'));
  });

  test('existing rows stay unchanged, and references point at them', () => {
    const db = emptyDatabase(
      `${shop}; INSERT INTO customers VALUES ('first', 'a@example.org', NULL, '2024-01-01', NULL)`,
    );
    fill(db);
    expect(db.prepare('SELECT count(*) FROM customers').pluck().get()).toBe(1);
    expect(rowOf(db, 'orders')).toMatchObject({ customer_id: 'first' });
    expect(fill(db)).toEqual([]);
    expect(db.prepare('SELECT count(*) FROM orders').pluck().get()).toBe(1);
  });

  test('columns of whole numbers hold different ones, so that a swapped copy shows', () => {
    const columns = [
      'rating',
      'score',
      'row_no',
      'seat_no',
      'floor',
      'door',
      'goals',
      'fee_cents',
      'tax_cents',
      'depth',
      'revision',
    ];
    for (let seed = 1; seed <= 20; seed++) {
      const { db } = filled(
        `CREATE TABLE seats (id INTEGER PRIMARY KEY, ${columns.map((name) => `${name} INTEGER NOT NULL`)})`,
        { seed },
      );
      const row = rowOf(db, 'seats');
      expect(new Set(columns.map((name) => row[name])).size).toBe(columns.length);
    }
  });

  test('columns of moments hold different ones, and end after they begin', () => {
    const { db } =
      filled(`CREATE TABLE loans (id INTEGER PRIMARY KEY, ordered_on DATE NOT NULL, shipped_on DATE NOT NULL,
      sent_at TEXT NOT NULL, read_at TEXT NOT NULL, opens TIME NOT NULL, shuts TIME NOT NULL, ended_at TEXT NOT NULL)`);
    const row = rowOf(db, 'loans');
    expect(row['ordered_on']).not.toBe(row['shipped_on']);
    expect(row['opens']).not.toBe(row['shuts']);
    expect(row['sent_at']).not.toBe(row['read_at']);
    expect(String(row['sent_at']) < String(row['ended_at'])).toBe(true);
  });

  test('values have the kinds of their names and types', () => {
    const { db } = filled(`CREATE TABLE users (id TEXT PRIMARY KEY, email TEXT, slug TEXT, avatar_url TEXT,
      created_at TEXT, updated_at INTEGER, born_on TEXT, seen DATETIME, active INTEGER, deleted INTEGER, balance REAL,
      settings_json TEXT, tags_json TEXT, amount TEXT, thumbnail BLOB, at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP)`);
    expect(rowOf(db, 'users')).toMatchObject({
      id: expect.stringMatching(/^user_[a-z]{6}$/),
      email: expect.stringMatching(/^[a-z.]+@example\.org$/),
      slug: expect.stringMatching(/^[a-z]+-[a-z]+$/),
      avatar_url: expect.stringMatching(/^https:\/\/example\.org\//),
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/),
      updated_at: expect.toSatisfy((value: number) => Number.isInteger(value) && value > 1_700_000_000),
      born_on: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      seen: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
      active: 1,
      deleted: 0,
      balance: expect.any(Number),
      settings_json: expect.stringMatching(/^\{".*\}$/),
      tags_json: expect.stringMatching(/^\["[a-z]+"\]$/),
      amount: expect.stringMatching(/^\d+$/),
      thumbnail: expect.any(Uint8Array),
      at: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
    });
  });

  test('a column without a type holds the type of its kind', () => {
    const { db } = filled(
      'CREATE TABLE a (id INTEGER PRIMARY KEY, price, is_open, name); CREATE TABLE b (a_id, n TEXT REFERENCES a (id))',
    );
    const types = db.prepare('SELECT typeof(price), typeof(is_open), typeof(name) FROM a').raw().get();
    expect(types).toEqual(['integer', 'integer', 'text']);
    expect(db.prepare('SELECT typeof(a_id), typeof(n), n FROM b').raw().get()).toEqual(['integer', 'text', '1']);
  });

  test.each<[what: string, sql: string, row: Record<string, unknown>]>([
    [
      'a literal default',
      "CREATE TABLE a (b TEXT DEFAULT 'x', c INT DEFAULT 5, d BOOLEAN DEFAULT TRUE)",
      { b: 'x', c: 5, d: 1 },
    ],
    [
      'an empty default is ignored',
      "CREATE TABLE a (email TEXT DEFAULT '', zz TEXT DEFAULT '')",
      { email: expect.stringContaining('@'), zz: '' },
    ],
    [
      'an empty document is filled in its shape',
      `CREATE TABLE a (b TEXT DEFAULT '[]', c TEXT DEFAULT '{}')`,
      { b: expect.stringMatching(/^\["/), c: expect.stringMatching(/^\{"/) },
    ],
    ['the first of a list', "CREATE TABLE a (b TEXT CHECK (b IN ('p', 'q')))", { b: 'p' }],
    [
      'the default before the first of a list',
      "CREATE TABLE a (b TEXT DEFAULT 'q' CHECK (b IN ('p', 'q')))",
      { b: 'q' },
    ],
    ['a rowid', 'CREATE TABLE a (id INTEGER PRIMARY KEY)', { id: 1 }],
  ])('%s', (_, sql, row) => {
    expect(rowOf(filled(sql).db, 'a')).toEqual(row);
  });
});

describe('NULL is where it is the ordinary state', () => {
  test.each<[what: string, sql: string, row: Record<string, unknown>]>([
    ['optional columns are filled', 'CREATE TABLE a (b TEXT, c INT)', { b: expect.any(String), c: expect.any(Number) }],
    [
      'ends, claims and failures',
      `CREATE TABLE a (deleted_at TEXT, revokedAt TEXT, claim_token TEXT, locked_by TEXT, last_error TEXT,
        created_at TEXT, expires_at TEXT)`,
      {
        deleted_at: null,
        revokedAt: null,
        claim_token: null,
        locked_by: null,
        last_error: null,
        created_at: expect.any(String),
        expires_at: expect.any(String),
      },
    ],
    ['NOT NULL ends', 'CREATE TABLE a (deleted_at TEXT NOT NULL)', { deleted_at: expect.any(String) }],
    [
      'a partial index',
      'CREATE TABLE a (b TEXT, c TEXT); CREATE INDEX i ON a (c) WHERE b IS NULL',
      { b: null, c: expect.any(String) },
    ],
    [
      'a view',
      'CREATE TABLE a (b TEXT, c TEXT); CREATE VIEW v AS SELECT a.c FROM a WHERE a.b IS NULL AND a.c IS NOT NULL',
      { b: null, c: expect.any(String) },
    ],
    [
      'roots',
      'CREATE TABLE a (id INTEGER PRIMARY KEY, up INTEGER REFERENCES a (id), parent_id INTEGER)',
      { id: 1, up: null, parent_id: null },
    ],
    [
      'one arm of an exclusive or',
      'CREATE TABLE a (b TEXT, c TEXT, CHECK ((b IS NULL) + (c IS NULL) = 1))',
      { b: expect.any(String), c: null },
    ],
    [
      'both sides of an or',
      'CREATE TABLE a (b TEXT, c TEXT, CHECK (b IS NOT NULL OR c IS NOT NULL))',
      { b: expect.any(String), c: expect.any(String) },
    ],
  ])('%s', (_, sql, row) => {
    expect(rowOf(filled(sql).db, 'a')).toEqual(row);
  });
});

describe('references that are not declared', () => {
  test.each<[what: string, parent: string, key: string, sql: string, later?: string]>([
    ['<table>_id', 'users', 'id', 'CREATE TABLE users (id TEXT PRIMARY KEY); CREATE TABLE a (user_id TEXT)'],
    ['camel case', 'Category', 'id', 'CREATE TABLE Category (id TEXT PRIMARY KEY); CREATE TABLE a (categoryId TEXT)'],
    ['words before', 'stops', 'id', 'CREATE TABLE stops (id TEXT PRIMARY KEY); CREATE TABLE a (from_stop_id TEXT)'],
    [
      'a prefix left out',
      'app_users',
      'id',
      'CREATE TABLE app_users (id TEXT PRIMARY KEY); CREATE TABLE a (user_id TEXT)',
    ],
    [
      '<table>_<key>',
      'devices',
      'serial',
      'CREATE TABLE devices (id INT, serial TEXT UNIQUE); CREATE TABLE a (device_serial TEXT)',
    ],
    ["a key's own name", 'books', 'isbn', 'CREATE TABLE books (isbn TEXT PRIMARY KEY); CREATE TABLE a (isbn TEXT)'],
    [
      'a key that names its table',
      'calls',
      'call_id',
      'CREATE TABLE calls (call_id TEXT PRIMARY KEY); CREATE TABLE a (call_id TEXT)',
    ],
    [
      'a name that is declared elsewhere',
      'firms',
      'id',
      `CREATE TABLE firms (id TEXT PRIMARY KEY); CREATE TABLE z (tenant TEXT REFERENCES firms (id));
       CREATE TABLE a (tenant TEXT)`,
    ],
    [
      'a short form',
      'organizations',
      'id',
      'CREATE TABLE organizations (id TEXT PRIMARY KEY); CREATE TABLE a (org_id TEXT)',
    ],
    ['who did it', 'users', 'id', 'CREATE TABLE users (id TEXT PRIMARY KEY); CREATE TABLE a (created_by TEXT)'],
    [
      'a later rebuild',
      'teams',
      'id',
      'CREATE TABLE teams (id TEXT PRIMARY KEY); CREATE TABLE a (side TEXT)',
      'CREATE TABLE a_new (side TEXT REFERENCES teams (id)); DROP TABLE a; ALTER TABLE a_new RENAME TO a',
    ],
    [
      'a later rebuild that renames first',
      'teams',
      'id',
      'CREATE TABLE teams (id TEXT PRIMARY KEY); CREATE TABLE a (side TEXT)',
      'ALTER TABLE a RENAME TO a_old; CREATE TABLE a (side TEXT, FOREIGN KEY (side) REFERENCES teams)',
    ],
    [
      'a later name',
      'teams',
      'id',
      'CREATE TABLE teams (id TEXT PRIMARY KEY); CREATE TABLE a (side TEXT)',
      `ALTER TABLE a RENAME TO b; CREATE TABLE t (side TEXT REFERENCES teams (id)); DROP TABLE b;
       ALTER TABLE t RENAME TO b`,
    ],
  ])('%s', (_, parent, key, sql, later) => {
    const { db } = filled(sql, later === undefined ? {} : { later });
    const value = db.prepare('SELECT * FROM a').pluck().get();
    expect(value).toEqual(expect.any(String));
    expect(value).toBe(rowOf(db, parent)[key]);
  });

  test('a name alone never puts a text into an INTEGER column', () => {
    const { db } = filled('CREATE TABLE users (id TEXT PRIMARY KEY); CREATE TABLE a (user_id INTEGER)');
    expect(rowOf(db, 'a')).toEqual({ user_id: expect.any(Number) });
  });

  test('a column that will reference a later table is NULL', () => {
    const later = `CREATE TABLE t (x TEXT REFERENCES teams (id)); CREATE TABLE teams (id TEXT PRIMARY KEY);
      DROP TABLE a; ALTER TABLE t RENAME TO a`;
    expect(rowOf(filled('CREATE TABLE a (x TEXT, y TEXT)', { later }).db, 'a')).toEqual({
      x: null,
      y: expect.any(String),
    });
  });

  test('a table that relates rows of one parent to each other gets two of them', () => {
    const { db } = filled(
      `CREATE TABLE stops (id INTEGER PRIMARY KEY, name TEXT UNIQUE);
        CREATE TABLE transfers (from_stop_id INT NOT NULL, to_stop_id INT NOT NULL)`,
    );
    expect(db.prepare('SELECT from_stop_id, to_stop_id FROM transfers').raw().all()).toEqual([[1, 2]]);
    expect(db.prepare('SELECT count(*), count(DISTINCT name) FROM stops').raw().get()).toEqual([2, 2]);
  });
});

describe('facts from later migrations', () => {
  test.each<[what: string, sql: string, later: string, row: Record<string, unknown>]>([
    [
      'a list',
      'CREATE TABLE a (b TEXT)',
      "CREATE TABLE n (b TEXT CHECK (b IN ('up', 'down'))); DROP TABLE a; ALTER TABLE n RENAME TO a",
      { b: 'up' },
    ],
    [
      'a list does not overrule a default',
      "CREATE TABLE a (b TEXT DEFAULT 'side')",
      "CREATE TABLE n (b TEXT CHECK (b IN ('up', 'down'))); DROP TABLE a; ALTER TABLE n RENAME TO a",
      { b: 'side' },
    ],
    [
      'a bound',
      'CREATE TABLE a (b INT)',
      'CREATE TABLE n (b INT CHECK (b > 500)); DROP TABLE a; ALTER TABLE n RENAME TO a',
      { b: 501 },
    ],
    [
      'a value that is looked for',
      'CREATE TABLE a (kind TEXT)',
      "UPDATE a SET kind = 'new' WHERE kind = 'old'",
      { kind: 'old' },
    ],
    [
      'a document',
      'CREATE TABLE a (b TEXT)',
      "CREATE TABLE c AS SELECT json_extract(a.b, '$.order.id') FROM a",
      { b: '{"order":{"id":"b"}}' },
    ],
    [
      'a document that repeats a column',
      'CREATE TABLE a (b TEXT, city TEXT)',
      "DELETE FROM a WHERE b ->> '$.city' <> city",
      { b: expect.stringMatching(/^\{"city":"[A-Z][a-z]+"\}$/), city: expect.any(String) },
    ],
  ])('%s', (_, sql, later, row) => {
    expect(rowOf(filled(sql, { later }).db, 'a')).toEqual(row);
  });
});
