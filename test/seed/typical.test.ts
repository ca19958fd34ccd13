import { describe, expect, test } from 'vitest';
import { complaints, filled } from './filling.ts';
import { column, grown, one, size } from './growing.ts';

const distinct = (values: readonly unknown[]): number => new Set(values.map(String)).size;

describe('the rows of a typical table', () => {
  test('the requested number of rows, with keys from 1 on', async () => {
    const { db, filling } = await grown('CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT);', { rows: 25 });
    expect(column(db, 'notes', 'id')).toEqual(Array.from({ length: 25 }, (_, i) => i + 1));
    expect(filling).toMatchObject({ unfilled: [], notes: [] });
  });

  test('no duplicate without a reason', async () => {
    const { db } = await grown(
      'CREATE TABLE users (id TEXT PRIMARY KEY, email TEXT, name TEXT, slug TEXT, token TEXT, bio TEXT, created_at TEXT);',
      { rows: 300 },
    );
    for (const name of ['id', 'email', 'name', 'slug', 'token', 'bio'])
      expect([name, distinct(column(db, 'users', name))]).toEqual([name, 300]);
  });

  test('other whole numbers in each column of a row, so that a copy which takes one column for another shows', async () => {
    const { db } = await grown(
      `CREATE TABLE tickets (id INTEGER PRIMARY KEY, row_no INTEGER NOT NULL, seat_no INTEGER NOT NULL,
        home_goals INTEGER NOT NULL, away_goals INTEGER NOT NULL);`,
    );
    expect(one(db, 'SELECT count(*) FROM tickets WHERE row_no = seat_no OR home_goals = away_goals')).toBe(0);
  });

  test('children by a skewed share: some parents have many and some have none', async () => {
    const { db } = await grown(
      `CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT UNIQUE);
       CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users, title TEXT);`,
      { rows: 100 },
    );
    expect(one(db, 'SELECT max(n) FROM (SELECT count(*) AS n FROM posts GROUP BY user_id)')).toBeGreaterThan(3);
    expect(one(db, 'SELECT count(*) FROM users WHERE id NOT IN (SELECT user_id FROM posts)')).toBeGreaterThan(10);
  });

  test('both states where NULL is the ordinary one', async () => {
    const { db } = await grown('CREATE TABLE sessions (id INTEGER PRIMARY KEY, started_at TEXT, revoked_at TEXT);');
    expect(one(db, 'SELECT count(*) FROM sessions WHERE revoked_at IS NULL')).toBeGreaterThan(20);
    expect(one(db, 'SELECT count(*) FROM sessions WHERE revoked_at IS NOT NULL')).toBeGreaterThan(2);
    expect(one(db, 'SELECT count(*) FROM sessions WHERE started_at IS NULL')).toBe(0);
  });

  test('both states of a flag, and two flags that differ', async () => {
    const { db } = await grown(
      'CREATE TABLE posts (id INTEGER PRIMARY KEY, is_public INTEGER NOT NULL, pinned BOOLEAN NOT NULL, draft BOOLEAN NOT NULL CHECK (draft = 0));',
    );
    expect([...new Set(column(db, 'posts', 'is_public'))].sort()).toEqual([0, 1]);
    expect(one(db, 'SELECT count(*) FROM posts WHERE is_public <> pinned')).toBeGreaterThan(3);
    expect(new Set(column(db, 'posts', 'draft'))).toEqual(new Set([0]));
  });

  test('every state of a short list, except those that a later migration refuses', async () => {
    const sql =
      "CREATE TABLE jobs (id INTEGER PRIMARY KEY, status TEXT NOT NULL CHECK (status IN ('new', 'run', 'done')));";
    const { db } = await grown(sql);
    expect(distinct(column(db, 'jobs', 'status'))).toBe(3);
    const later = await grown(sql, {
      later: `CREATE TABLE jobs_new (id INTEGER PRIMARY KEY, status TEXT NOT NULL CHECK (status IN ('new', 'done')));
        INSERT INTO jobs_new SELECT * FROM jobs; DROP TABLE jobs; ALTER TABLE jobs_new RENAME TO jobs;`,
    });
    expect(new Set(column(later.db, 'jobs', 'status'))).toEqual(new Set(['new', 'done']));
  });

  test('both arms of an exclusive-or', async () => {
    const { db } = await grown(
      `CREATE TABLE users (id INTEGER PRIMARY KEY); CREATE TABLE teams (id INTEGER PRIMARY KEY);
       CREATE TABLE owners (id INTEGER PRIMARY KEY, user_id INTEGER REFERENCES users, team_id INTEGER REFERENCES teams,
         CHECK ((user_id IS NULL) <> (team_id IS NULL)));`,
    );
    expect(size(db, 'owners')).toBe(40);
    expect(one(db, 'SELECT count(*) FROM owners WHERE user_id IS NOT NULL')).toBeGreaterThan(5);
    expect(one(db, 'SELECT count(*) FROM owners WHERE team_id IS NOT NULL')).toBeGreaterThan(5);
    expect(complaints(db)).toEqual([]);
  });

  test('trees with several levels', async () => {
    const { db } = await grown(
      'CREATE TABLE folders (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES folders(id), name TEXT NOT NULL);',
    );
    const depth = `WITH RECURSIVE below(id, depth) AS (
        SELECT id, 1 FROM folders WHERE parent_id IS NULL
        UNION ALL SELECT f.id, depth + 1 FROM folders f JOIN below b ON f.parent_id = b.id)
      SELECT max(depth) FROM below`;
    expect(one(db, depth)).toBeGreaterThan(2);
    expect(one(db, 'SELECT count(*) FROM folders WHERE parent_id IS NULL')).toBeGreaterThan(2);
  });
});

describe('keys', () => {
  test.each([
    ['one child a parent', 'user_id INTEGER NOT NULL UNIQUE REFERENCES users'],
    ['a key that is a reference', 'user_id INTEGER PRIMARY KEY REFERENCES users'],
  ])('%s', async (_, definition) => {
    const { db } = await grown(
      `CREATE TABLE users (id INTEGER PRIMARY KEY); CREATE TABLE profiles (${definition}, bio TEXT);`,
    );
    expect(size(db, 'profiles')).toBe(40);
    expect(complaints(db)).toEqual([]);
  });

  test('pairs of references do not repeat, with or without a key on them', async () => {
    const parents = 'CREATE TABLE users (id INTEGER PRIMARY KEY); CREATE TABLE groups (id INTEGER PRIMARY KEY);';
    const pair = 'user_id INTEGER NOT NULL REFERENCES users, group_id INTEGER NOT NULL REFERENCES groups';
    for (const key of [', PRIMARY KEY (user_id, group_id)', '']) {
      const { db } = await grown(`${parents} CREATE TABLE members (${pair}${key});`);
      expect(size(db, 'members')).toBe(40);
      expect(one(db, 'SELECT count(*) FROM (SELECT DISTINCT user_id, group_id FROM members)')).toBe(40);
    }
  });

  test('values that a later migration makes unique are already unique', async () => {
    const { db } = await grown(
      `CREATE TABLE users (id INTEGER PRIMARY KEY);
       CREATE TABLE settings (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users, theme TEXT);`,
      { later: 'CREATE UNIQUE INDEX one_each ON settings (user_id);' },
    );
    expect(distinct(column(db, 'settings', 'user_id'))).toBe(40);
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'numbers are unique too, including the first row, with seed number %i',
    async (seed) => {
      const { db } = await grown('CREATE TABLE t (id INTEGER PRIMARY KEY, seat INTEGER NOT NULL, revoked_at TEXT);', {
        later: 'CREATE UNIQUE INDEX one_each ON t (seat) WHERE revoked_at IS NULL;',
        seed,
      });
      const inside = one(db, 'SELECT count(*) FROM t WHERE revoked_at IS NULL');
      expect(inside).toBeGreaterThan(10);
      expect(one(db, 'SELECT count(DISTINCT seat) FROM t WHERE revoked_at IS NULL')).toBe(inside);
    },
  );

  test.each([
    ['a flag', 'is_main INTEGER NOT NULL DEFAULT 1 CHECK (is_main IN (0, 1))', 'is_main = 1'],
    ['a flag by itself', 'is_main BOOLEAN NOT NULL', 'is_main'],
    ['a state', "state TEXT NOT NULL CHECK (state IN ('open', 'done'))", "state = 'open'"],
    ['an end', 'ended_at TEXT', 'ended_at IS NULL'],
    ['a name that may be left out', 'alias TEXT', '(alias IS NOT NULL)'],
    [
      'two columns',
      "kind TEXT NOT NULL DEFAULT 'post', state TEXT CHECK (state IN ('a', 'b'))",
      "kind = 'post' AND state = 'a'",
    ],
  ])('rows outside a partial unique index repeat: %s', async (_, columns, condition) => {
    const { db } = await grown(
      `CREATE TABLE keepers (id INTEGER PRIMARY KEY, name TEXT);
       CREATE TABLE addresses (id INTEGER PRIMARY KEY, keeper_id INTEGER NOT NULL REFERENCES keepers, ${columns});
       CREATE UNIQUE INDEX one_main ON addresses (keeper_id) WHERE ${condition};`,
    );
    expect(size(db, 'addresses')).toBe(40);
    expect(one(db, `SELECT count(*) FROM addresses WHERE ${condition}`)).toBeGreaterThan(5);
    expect(distinct(column(db, 'addresses', 'keeper_id'))).toBeLessThan(38);
  });

  test('a later complete index takes precedence over an existing partial one', async () => {
    const { db } = await grown(
      `CREATE TABLE keepers (id INTEGER PRIMARY KEY, name TEXT);
       CREATE TABLE addresses (id INTEGER PRIMARY KEY, keeper_id INTEGER NOT NULL REFERENCES keepers, is_main INTEGER NOT NULL);
       CREATE UNIQUE INDEX one_main ON addresses (keeper_id) WHERE is_main = 1;`,
      { later: 'CREATE UNIQUE INDEX one_each ON addresses (keeper_id);' },
    );
    expect(distinct(column(db, 'addresses', 'keeper_id'))).toBe(size(db, 'addresses'));
  });

  test.each([
    ['a column', 'CREATE UNIQUE INDEX i ON t (code);'],
    ['a pair', 'CREATE UNIQUE INDEX i ON t (kind, code);'],
    ['an expression', 'CREATE UNIQUE INDEX i ON t (lower(code));'],
    ['some rows', "CREATE UNIQUE INDEX i ON t (code) WHERE kind = 'a';"],
    ['cases folded', 'CREATE UNIQUE INDEX i ON t (code COLLATE NOCASE);'],
  ])('rows satisfy an index over %s', async (_, index) => {
    const { db } = await grown(
      `CREATE TABLE t (id INTEGER PRIMARY KEY, code TEXT NOT NULL, kind TEXT CHECK (kind IN ('a', 'b'))); ${index}`,
    );
    expect(size(db, 't')).toBe(40);
  });

  test.each<[string, string, number]>([
    ['repeats in rows outside the index', 'CREATE UNIQUE INDEX one ON jobs (status) WHERE status = 1;', 2],
    [
      'does not repeat where the index covers all values but NULL',
      'CREATE UNIQUE INDEX one ON jobs (status) WHERE status IS NOT NULL;',
      40,
    ],
  ])('a column under a partial index %s', async (_name, index, values) => {
    const { db } = await grown(
      `CREATE TABLE jobs (id INTEGER PRIMARY KEY, status INTEGER NOT NULL DEFAULT 0); ${index}`,
    );
    expect([size(db, 'jobs'), distinct(column(db, 'jobs', 'status'))]).toEqual([40, values]);
  });

  test('a key of few values holds as many rows as it can, without a note', async () => {
    const { db, filling } = await grown(
      "CREATE TABLE plans (name TEXT PRIMARY KEY CHECK (name IN ('free', 'team', 'firm'))); CREATE TABLE only (id INTEGER PRIMARY KEY CHECK (id = 1));",
    );
    expect(size(db, 'plans')).toBe(3);
    expect(size(db, 'only')).toBe(1);
    expect(filling.notes).toEqual([]);
  });

  test('tables that reference each other grow together', async () => {
    const { db } = await grown(
      `CREATE TABLE teams (id INTEGER PRIMARY KEY, lead_id INTEGER NOT NULL REFERENCES people DEFERRABLE INITIALLY DEFERRED);
       CREATE TABLE people (id INTEGER PRIMARY KEY, team_id INTEGER NOT NULL REFERENCES teams);`,
    );
    expect([size(db, 'teams'), size(db, 'people')]).toEqual([40, 40]);
    expect(distinct(column(db, 'teams', 'lead_id'))).toBeGreaterThan(4);
    expect(complaints(db)).toEqual([]);
  });
});

describe('constraints', () => {
  test.each([
    ['a range', 'rating INTEGER NOT NULL CHECK (rating BETWEEN 1 AND 5)', 'rating', 4],
    ['a range of fractions', 'p REAL NOT NULL UNIQUE CHECK (p > 0 AND p < 1)', 'p', 40],
    ['a length', 'code TEXT NOT NULL CHECK (length(code) = 3)', 'code', 10],
    ['a pattern', "code TEXT NOT NULL UNIQUE CHECK (code GLOB 'A-*')", 'code', 40],
    ['a type', "n INTEGER CHECK (typeof(n) = 'integer')", 'n', 3],
  ])('%s still allows different values', async (_, definition, name, least) => {
    const { db } = await grown(`CREATE TABLE t (id INTEGER PRIMARY KEY, ${definition});`);
    expect(size(db, 't')).toBe(40);
    expect(distinct(column(db, 't', name))).toBeGreaterThanOrEqual(least);
  });

  test('columns that depend on each other', async () => {
    const { db } = await grown(
      `CREATE TABLE jobs (id INTEGER PRIMARY KEY, status TEXT NOT NULL CHECK (status IN ('open', 'done')), result TEXT,
         starts INTEGER NOT NULL, ends INTEGER NOT NULL, CHECK (ends > starts), CHECK ((status = 'done') = (result IS NOT NULL)));`,
    );
    expect(size(db, 'jobs')).toBe(40);
    expect(complaints(db)).toEqual([]);
  });

  test('triggers that write and triggers that refuse', async () => {
    const { db } = await grown(
      `CREATE TABLE audit (id INTEGER PRIMARY KEY, what TEXT NOT NULL);
       CREATE TABLE orders (id INTEGER PRIMARY KEY, amount INTEGER NOT NULL);
       CREATE TRIGGER kept AFTER INSERT ON orders BEGIN INSERT INTO audit (what) VALUES ('order ' || NEW.id); END;
       CREATE TRIGGER large BEFORE INSERT ON orders WHEN NEW.amount > 50 BEGIN SELECT RAISE(FAIL, 'too much'); END;`,
    );
    expect(size(db, 'orders')).toBe(40);
    expect(one(db, 'SELECT count(*) FROM audit')).toBeGreaterThanOrEqual(40);
  });

  test('a trigger that rolls back removes no other row', async () => {
    const { db } = await grown(
      `CREATE TABLE orders (id INTEGER PRIMARY KEY, amount INTEGER NOT NULL);
       CREATE TRIGGER third BEFORE INSERT ON orders WHEN NEW.amount % 3 = 0 BEGIN SELECT RAISE(ROLLBACK, 'no'); END;`,
    );
    expect(size(db, 'orders')).toBe(40);
  });

  test('virtual tables hold rows too', async () => {
    const { db } = await grown(
      'CREATE VIRTUAL TABLE pages USING fts5(title, body); CREATE VIRTUAL TABLE boxes USING rtree(id, x0, x1, y0, y1);',
    );
    expect([size(db, 'pages'), size(db, 'boxes')]).toEqual([40, 40]);
  });
});

describe('invariants', () => {
  const orders = `CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER NOT NULL, paid INTEGER NOT NULL);
    CREATE TABLE lines (id INTEGER PRIMARY KEY, order_id INTEGER NOT NULL REFERENCES orders, amount INTEGER);`;

  test('rows obey them', async () => {
    const rule = 'SELECT id FROM orders WHERE paid > total';
    const { db, filling } = await grown(orders, { invariants: [rule] });
    expect(size(db, 'orders')).toBe(40);
    expect(one(db, `SELECT count(*) FROM (${rule})`)).toBe(0);
    expect(filling.notes).toEqual([]);
  });

  test('an invariant that rows of another table repair does not keep a table empty', async () => {
    const rule =
      'SELECT id FROM orders WHERE NOT EXISTS (SELECT 1 FROM lines WHERE order_id = orders.id) -- each has one';
    const { db } = await grown(orders, { invariants: [rule] });
    expect(size(db, 'orders')).toBe(40);
  });

  test('an invariant that no row can satisfy is named', async () => {
    const { filling } = await grown(orders, { invariants: ['SELECT id FROM orders'] });
    expect(filling.notes).toMatchObject([{ code: 'invariant-unkept', facts: { invariant: 'rule_0' } }]);
  });
});

describe('determinism', () => {
  const users = 'CREATE TABLE users (id TEXT PRIMARY KEY, email TEXT, role TEXT, created_at TEXT';

  test('the same seed number gives the same bytes, and another one gives other values', async () => {
    const first = (await grown(`${users});`)).db.serialize();
    expect((await grown(`${users});`)).db.serialize()).toEqual(first);
    expect((await grown(`${users});`, { seed: 2 })).db.serialize()).not.toEqual(first);
  });

  test('a new column and a new table change no value elsewhere', async () => {
    const before = await grown(`${users});`);
    const after = await grown(
      `CREATE TABLE teams (id INTEGER PRIMARY KEY, name TEXT); ${users}, team_id INTEGER REFERENCES teams, nickname TEXT);`,
    );
    for (const name of ['id', 'email', 'role', 'created_at'])
      expect(column(after.db, 'users', name)).toEqual(column(before.db, 'users', name));
  });

  test('more rows begin with the same rows', async () => {
    const few = await grown(`${users});`, { rows: 10 });
    const many = await grown(`${users});`, { rows: 50 });
    expect(column(many.db, 'users', 'email').slice(0, 10)).toEqual(column(few.db, 'users', 'email'));
  });
});

describe('schemas that once failed', () => {
  test.each([
    [
      'references that share a column',
      `CREATE TABLE users (tenant_id INTEGER, id INTEGER, PRIMARY KEY (tenant_id, id));
       CREATE TABLE projects (tenant_id INTEGER, id INTEGER, PRIMARY KEY (tenant_id, id));
       CREATE TABLE t (tenant_id INTEGER NOT NULL, user_id INTEGER NOT NULL, project_id INTEGER NOT NULL,
         FOREIGN KEY (tenant_id, user_id) REFERENCES users, FOREIGN KEY (tenant_id, project_id) REFERENCES projects);`,
    ],
    [
      'a composite key of which a CHECK refuses half',
      `CREATE TABLE p (a INTEGER, b INTEGER, PRIMARY KEY (a, b));
       CREATE TABLE t (a INTEGER, b INTEGER CHECK (b % 3 = 1), FOREIGN KEY (a, b) REFERENCES p);`,
    ],
  ])('%s point at existing rows, with and without enforced keys', async (_, sql) => {
    for (const foreignKeys of [true, false]) {
      const { db } = await grown(sql, { foreignKeys });
      expect(complaints(db)).toEqual([]);
      expect(size(db, 't')).toBeGreaterThan(20);
    }
  });

  test('each table of a chain of shared keys is as long as the first', async () => {
    const { db } = await grown(
      `CREATE TABLE t0 (id INTEGER PRIMARY KEY); CREATE TABLE t1 (id INTEGER PRIMARY KEY REFERENCES t0);
       CREATE TABLE t2 (id INTEGER PRIMARY KEY REFERENCES t1);`,
    );
    expect([size(db, 't0'), size(db, 't1'), size(db, 't2')]).toEqual([40, 40, 40]);
  });

  test('connections between rows of one table lead from the first to the second column, without a cycle', async () => {
    const { db } = await grown(
      `CREATE TABLE users (id INTEGER PRIMARY KEY);
       CREATE TABLE friends (a INTEGER NOT NULL REFERENCES users, b INTEGER NOT NULL REFERENCES users, CHECK (a < b));`,
    );
    // Of 40 users the first is led to from nobody.
    expect(one(db, 'SELECT count(*) FROM (SELECT DISTINCT a, b FROM friends)')).toBeGreaterThanOrEqual(39);
  });

  test('a trigger that creates an orphan fails the table, because COMMIT would refuse it', async () => {
    const { filling } = await grown(
      `CREATE TABLE gone (id INTEGER PRIMARY KEY); CREATE TABLE log (x REFERENCES gone(id) DEFERRABLE INITIALLY DEFERRED);
       CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER);
       CREATE TRIGGER logged AFTER INSERT ON t BEGIN INSERT INTO log VALUES (NEW.id + 1000000); END;`,
    );
    expect(filling.unfilled).toEqual([{ table: 't', reason: 'FOREIGN KEY constraint failed' }]);
  });

  test('a pattern with many wildcards over a long text', async () => {
    const { db } = await grown(
      "CREATE TABLE t (label TEXT CHECK (length(label) >= 5000 AND label NOT LIKE '%a%e%i%o%a%e%i%x%9%'));",
      { rows: 2 },
    );
    expect(size(db, 't')).toBe(2);
  });

  test('a table that triggers of another table empty is named', () => {
    const { unfilled } = filled(
      `CREATE TABLE a (id INTEGER PRIMARY KEY); CREATE TABLE b (id INTEGER PRIMARY KEY);
       CREATE TRIGGER t AFTER INSERT ON b BEGIN DELETE FROM a; END;`,
    );
    expect(unfilled).toEqual([{ table: 'a', reason: expect.stringContaining('a trigger deletes its rows') }]);
  });

  test('names of two tables seldom coincide, equally seldom for each seed number', async () => {
    const sql =
      'CREATE TABLE tags (id INTEGER PRIMARY KEY, name TEXT UNIQUE); CREATE TABLE labels (id INTEGER PRIMARY KEY, name TEXT UNIQUE);';
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const { db } = await grown(sql, { rows: 100, seed });
      expect(one(db, 'SELECT count(*) FROM tags WHERE name IN (SELECT name FROM labels)')).toBe(0);
    }
  });
});
