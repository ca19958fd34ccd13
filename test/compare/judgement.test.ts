import { describe, expect, test } from 'vitest';
import { compareSide } from '../../src/compare/compare.ts';
import { openMemory } from '../../src/database/connection.ts';
import { snapshotMemory } from '../../src/database/snapshot.ts';
import { readState } from '../../src/database/state.ts';
import { locate } from '../../src/locate/locate.ts';
import type { Copy } from '../../src/model/change.ts';
import type { Difference } from '../../src/model/comparison.ts';
import type { Settings } from '../../src/model/settings.ts';
import { findLiterals } from '../../src/rows/written/literal-text.ts';
import { readFlow } from '../../src/sql/flow.ts';
import { migrationOf, outcomeOf, settings } from './comparing.ts';

/** Differences of rows with their statements, as a few words each. */
function judged(setup: string, statements: readonly string[], own: Partial<Settings> = {}): string[] {
  const migration = migrationOf(statements);
  const outcome = outcomeOf(setup, statements, own);
  const { differences } = compareSide(migration, 'fixture', outcome, outcome);
  const db = openMemory(settings);
  db.exec(setup);
  const before = snapshotMemory(db);
  const located = locate(differences, migration, before, { ...settings, ...own });
  db.close();
  return located.flatMap(describeDifference);
}

function describeDifference(difference: Difference): string[] {
  switch (difference.kind) {
    case 'fewer-rows': {
      const { table, before, after, treatment, statement } = difference;
      return [`${table} lost ${before - after} of ${before}, ${treatment}, by ${statement}`];
    }
    case 'changed-values': {
      const { table, columns, rows, cause, statement } = difference;
      return [`${table}.${columns.join()} ${cause} in ${rows}, by ${statement}`];
    }
    case 'duplicate-rows':
      return [`${difference.table} has ${difference.rows} more, by ${difference.statement}`];
    case 'sequence-reset':
      return [`${difference.table} from ${difference.before} to ${difference.after}, by ${difference.statement}`];
    default:
      return [];
  }
}

const users = `CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT, age INTEGER);
  INSERT INTO users VALUES (1, 'Ann', 'ann@example.org', 30), (2, 'Bob', NULL, 40), (5, 'Cat', 'cat@example.org', NULL);`;

const teams = `CREATE TABLE teams (id INTEGER PRIMARY KEY, name TEXT);
  CREATE TABLE members (id TEXT PRIMARY KEY, team_id INTEGER REFERENCES teams(id) ON DELETE SET NULL ON UPDATE CASCADE);
  INSERT INTO teams VALUES (1, 'a'), (2, 'b');
  INSERT INTO members VALUES ('m1', 1), ('m2', 2), ('m3', 2);`;

/** A rebuild of `users` by a copy, with what stands before the INSERT and the SELECT after it. */
function rebuilt(columns: string, into: string, select: string): string[] {
  return [
    `CREATE TABLE n (${columns})`,
    `INSERT INTO n ${into} ${select}`,
    'DROP TABLE users',
    'ALTER TABLE n RENAME TO users',
  ];
}

const same = 'id INTEGER PRIMARY KEY, name TEXT, email TEXT, age INTEGER';

describe('intended changes are no finding', () => {
  test.each<[string, string, readonly string[]]>([
    ['UPDATE', users, ["UPDATE users SET name = upper(name), (email, age) = ('x', 1)"]],
    [
      'an expression in a copy',
      users,
      rebuilt(same, '', "SELECT id, upper(name), coalesce(email, ''), age FROM users"),
    ],
    [
      'rows that are written out after a rebuild, with a value of the table in one',
      "CREATE TABLE options (name TEXT PRIMARY KEY, value TEXT, hidden INTEGER DEFAULT 0); INSERT INTO options VALUES ('a', '1', 0);",
      [
        'CREATE TABLE n (name TEXT PRIMARY KEY, value TEXT, hidden INTEGER DEFAULT 0)',
        'INSERT INTO n SELECT name, value, hidden FROM options',
        'DROP TABLE options',
        'ALTER TABLE n RENAME TO options',
        "UPDATE options SET name = 'b' WHERE name = 'a'",
        "INSERT INTO options (name, value) VALUES ('c', (SELECT value FROM options WHERE name = 'b'))",
      ],
    ],
    [
      'a column out of another table that a join finds',
      `CREATE TABLE shops (id INTEGER PRIMARY KEY, account TEXT); INSERT INTO shops VALUES (1, 'x'), (2, 'y');
       CREATE TABLE counts (shop INTEGER, month TEXT, account TEXT, PRIMARY KEY (shop, month));
       INSERT INTO counts VALUES (1, '2025-01', 'u'), (2, '2025-02', 'v');`,
      [
        'CREATE TABLE n (account TEXT, month TEXT, PRIMARY KEY (account, month))',
        'INSERT OR REPLACE INTO n SELECT shops.account, month FROM counts JOIN shops ON shops.id = shop',
        'DROP TABLE counts',
        'ALTER TABLE n RENAME TO counts',
      ],
    ],
    [
      'a dropped and an added column',
      users,
      ['ALTER TABLE users DROP COLUMN age', "ALTER TABLE users ADD COLUMN age TEXT DEFAULT 'x'"],
    ],
    ['a renamed column', users, ['ALTER TABLE users RENAME COLUMN name TO full_name']],
    [
      'two columns that change names',
      users,
      [
        'ALTER TABLE users RENAME COLUMN name TO x',
        'ALTER TABLE users RENAME COLUMN email TO name',
        'ALTER TABLE users RENAME COLUMN x TO email',
      ],
    ],
    [
      'a column that a copy renames',
      users,
      rebuilt('id INTEGER PRIMARY KEY, label TEXT, email TEXT, age INTEGER', '', 'SELECT * FROM users'),
    ],
    [
      'a rebuild that renames first',
      users,
      [
        'ALTER TABLE users RENAME TO old',
        `CREATE TABLE users (${same})`,
        'INSERT INTO users SELECT * FROM old',
        'DROP TABLE old',
      ],
    ],
    [
      'a copy through a temporary table',
      users,
      [
        'CREATE TEMP TABLE kept AS SELECT * FROM users',
        'DROP TABLE users',
        `CREATE TABLE users (${same})`,
        'INSERT INTO users SELECT * FROM kept',
      ],
    ],
    [
      'a copy through a view',
      users,
      [
        'CREATE VIEW v AS SELECT age AS a, id AS i, name, email FROM users',
        `CREATE TABLE n (${same})`,
        'WITH w AS (SELECT * FROM v) INSERT INTO n (age, id, name, email) SELECT a, i, name, email FROM w',
        'DROP VIEW v',
        'DROP TABLE users',
        'ALTER TABLE n RENAME TO users',
      ],
    ],
    [
      'rows deleted and brought back',
      users,
      ['CREATE TEMP TABLE kept AS SELECT * FROM users', 'DELETE FROM users', 'INSERT INTO users SELECT * FROM kept'],
    ],
    [
      'rows that are added',
      users,
      ["INSERT INTO users (name) VALUES ('Dan')", 'INSERT INTO users (name) SELECT name FROM users'],
    ],
    [
      'an upsert',
      users,
      ["INSERT INTO users (id, name) VALUES (1, 'Ann') ON CONFLICT (id) DO UPDATE SET name = 'Anna', age = 31"],
    ],
    [
      'INTEGER made TEXT',
      users,
      rebuilt('id TEXT PRIMARY KEY, name TEXT, email TEXT, age TEXT', '', 'SELECT * FROM users'),
    ],
    [
      'TEXT made numbers that are the same',
      "CREATE TABLE users (id TEXT PRIMARY KEY, n TEXT, r TEXT); INSERT INTO users VALUES ('1', '42', '1.50'), ('2', '-7', 'none'), ('3', NULL, '0.0'), ('4', '0', '38')",
      rebuilt('id INTEGER PRIMARY KEY, n INTEGER, r REAL', '', 'SELECT * FROM users'),
    ],
    [
      'TEXT made numbers that are the same, in a table without a key',
      "CREATE TABLE users (n TEXT, r TEXT, t INTEGER, f INTEGER); INSERT INTO users VALUES ('42', '1.50', 7, 8), (NULL, '0.0', NULL, 1), ('42', '9.0', -1, 0), ('x', '-0.5', 1, 2)",
      rebuilt('n INTEGER, r REAL, t TEXT, f REAL', '', 'SELECT * FROM users ORDER BY t'),
    ],
    [
      'a value looked up by a SELECT of its own, named or not',
      `${users} CREATE TABLE mails (id INTEGER PRIMARY KEY, address TEXT); INSERT INTO mails VALUES (1, 'new@example.org'), (5, 'newer@example.org')`,
      rebuilt(
        'id INTEGER PRIMARY KEY, name TEXT, email TEXT, age INTEGER',
        '',
        `SELECT id, name, (SELECT address FROM mails WHERE mails.id = users.id) AS email, (SELECT id FROM mails)
           FROM users`,
      ),
    ],
    [
      'a value looked up beside all others',
      'CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, mail TEXT); INSERT INTO users VALUES (1, NULL, NULL)',
      rebuilt(
        'id INTEGER PRIMARY KEY, name TEXT, mail TEXT',
        '',
        "SELECT (SELECT max(id) FROM users), n.* FROM (SELECT name, 'x' FROM users) n",
      ),
    ],
    [
      'a table that continues under another name, with a further column',
      'CREATE TABLE soil (id INTEGER PRIMARY KEY, p REAL, k REAL); INSERT INTO soil VALUES (1, 0.5, 0.7), (2, 0.1, 0.9)',
      [
        'CREATE TABLE samples (id INTEGER PRIMARY KEY, k REAL, p REAL, note TEXT)',
        'INSERT INTO samples (id, p, k) SELECT id, p, k FROM soil',
        'DROP TABLE soil',
      ],
    ],
    ['a key that UPDATE changes, and references that follow it', teams, ['UPDATE teams SET id = id + 10']],
    [
      'keys that a copy renumbers',
      "CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT); INSERT INTO users VALUES (4, 'a'), (9, 'b')",
      [
        'CREATE TABLE n (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT)',
        'INSERT INTO n (name) SELECT name FROM users',
        'DROP TABLE users',
        'ALTER TABLE n RENAME TO users',
      ],
    ],
    [
      'a trigger that notes the time',
      `${users} ALTER TABLE users ADD COLUMN seen TEXT; CREATE TRIGGER touch AFTER UPDATE OF name ON users BEGIN UPDATE users SET seen = datetime('now') WHERE id = NEW.id; END;`,
      ['UPDATE users SET name = trim(name)'],
    ],
    [
      'a counter that is written',
      'CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT); INSERT INTO users VALUES (9)',
      ["UPDATE sqlite_sequence SET seq = 1 WHERE name = 'users'"],
    ],
    [
      'a table moved into another',
      users,
      [
        'CREATE TABLE people (person INTEGER PRIMARY KEY, called TEXT, email TEXT, age INTEGER)',
        'INSERT INTO people SELECT * FROM users',
        'DROP TABLE users',
      ],
    ],
    ['VACUUM', 'CREATE TABLE t (a); INSERT INTO t VALUES (1), (2), (3); DELETE FROM t WHERE a = 2', ['SELECT 1']],
  ])('%s', (_what, setup, statements) => {
    expect(judged(setup, statements)).toEqual([]);
  });

  test('a loss that the migration repairs', () => {
    const statements = [
      'CREATE TEMP TABLE links AS SELECT id, team_id FROM members',
      'CREATE TABLE n (id INTEGER PRIMARY KEY, name TEXT NOT NULL)',
      'INSERT INTO n SELECT * FROM teams',
      'DROP TABLE teams',
      'ALTER TABLE n RENAME TO teams',
      'UPDATE members SET team_id = (SELECT team_id FROM links WHERE links.id = members.id)',
    ];
    expect(judged(teams, statements)).toEqual([]);
  });

  test('VACUUM gives new rowids to rows without a key', () => {
    const setup = 'CREATE TABLE t (a); INSERT INTO t VALUES (1), (2), (3); DELETE FROM t WHERE a = 2;';
    expect(judged(setup, ['VACUUM'], { transaction: 'none' })).toEqual([]);
  });
});

describe('unintended changes are reported, with the statement that caused them', () => {
  test.each<[string, string, readonly string[], readonly string[]]>([
    [
      'REPLACE into a rebuilt table takes rows together',
      users,
      [
        'CREATE TABLE n (id INTEGER PRIMARY KEY, name TEXT UNIQUE, email TEXT, age INTEGER)',
        "REPLACE INTO n SELECT id, substr('xxx', id, 1), email, age FROM users WHERE id < 5",
        'DROP TABLE users',
        'ALTER TABLE n RENAME TO users',
      ],
      ['users lost 2 of 3, narrowed, by 2'],
    ],
    [
      'columns swapped by position',
      users,
      rebuilt('id INTEGER PRIMARY KEY, email TEXT, name TEXT, age INTEGER', '', 'SELECT * FROM users'),
      ['users.name columns-swapped in 3, by 2', 'users.email columns-swapped in 3, by 2'],
    ],
    [
      'a column left out',
      users,
      rebuilt(same, '(id, name, age)', 'SELECT id, name, age FROM users'),
      ['users.email default-instead-of-copy in 2, by 2'],
    ],
    [
      'the number of leading zeros',
      "CREATE TABLE users (id INTEGER PRIMARY KEY, zip TEXT); INSERT INTO users VALUES (1, '01067'), (2, '50667')",
      rebuilt('id INTEGER PRIMARY KEY, zip INTEGER', '', 'SELECT * FROM users'),
      ['users.zip type-coerced in 1, by 2'],
    ],
    [
      'columns that a copy swaps on their way into a table of another name',
      'CREATE TABLE soil (id INTEGER PRIMARY KEY, p REAL, k REAL); INSERT INTO soil VALUES (1, 0.5, 0.7), (2, 0.1, 0.9)',
      [
        'CREATE TABLE samples (id INTEGER PRIMARY KEY, p REAL, k REAL)',
        'INSERT INTO samples (id, k, p) SELECT id, p, k FROM soil',
        'DROP TABLE soil',
      ],
      ['samples.p columns-swapped in 2, by 2', 'samples.k columns-swapped in 2, by 2'],
    ],
    [
      'the number of leading zeros, in a table without a key',
      "CREATE TABLE users (zip TEXT, city TEXT); INSERT INTO users VALUES ('01067', 'Dresden'), ('50667', 'Köln')",
      rebuilt('zip INTEGER, city TEXT', '', 'SELECT * FROM users'),
      ['users.zip type-coerced in 1, by 2'],
    ],
    [
      'digits beyond 2^53, in a table without a key',
      'CREATE TABLE users (n INTEGER); INSERT INTO users VALUES (9007199254740993), (5)',
      rebuilt('n REAL', '', 'SELECT * FROM users'),
      ['users.n type-coerced in 1, by 2'],
    ],
    [
      'digits beyond 2^53',
      'CREATE TABLE users (id INTEGER PRIMARY KEY, n INTEGER); INSERT INTO users VALUES (1, 9007199254740993)',
      rebuilt('id INTEGER PRIMARY KEY, n REAL', '', 'SELECT * FROM users'),
      ['users.n type-coerced in 1, by 2'],
    ],
    [
      'SET NULL by a rebuild',
      teams,
      [
        'CREATE TABLE n (id INTEGER PRIMARY KEY, name TEXT)',
        'INSERT INTO n SELECT * FROM teams',
        'DROP TABLE teams',
        'ALTER TABLE n RENAME TO teams',
      ],
      ['members.team_id set-null-by-action in 3, by 3'],
    ],
    [
      'SET NULL by a delete',
      teams,
      ['DELETE FROM teams WHERE id = 2'],
      ['teams lost 1 of 2, deleted-from, by 1', 'members.team_id set-null-by-action in 2, by 1'],
    ],
    [
      'SET NULL in the new table, by the drop of the old one',
      "CREATE TABLE users (id TEXT PRIMARY KEY, boss TEXT); INSERT INTO users VALUES ('a', NULL), ('b', 'a')",
      [
        'CREATE TABLE n (id TEXT PRIMARY KEY, boss TEXT REFERENCES users(id) ON DELETE SET NULL)',
        'INSERT INTO n SELECT * FROM users',
        'DROP TABLE users',
        'ALTER TABLE n RENAME TO users',
      ],
      ['users.boss set-null-by-action in 1, by 3'],
    ],
    [
      'SET DEFAULT by a rebuild, where the column has none',
      `CREATE TABLE teams (id INTEGER PRIMARY KEY); INSERT INTO teams VALUES (1);
        CREATE TABLE members (id INTEGER PRIMARY KEY, team_id INTEGER REFERENCES teams(id) ON DELETE SET DEFAULT); INSERT INTO members VALUES (1, 1);`,
      [
        'CREATE TABLE n (id INTEGER PRIMARY KEY)',
        'INSERT INTO n SELECT * FROM teams',
        'DROP TABLE teams',
        'ALTER TABLE n RENAME TO teams',
      ],
      ['members.team_id set-default-by-action in 1, by 3'],
    ],
    [
      'a number that SQLite chooses where a new INTEGER PRIMARY KEY gets NULL',
      "CREATE TABLE users (n INTEGER, name TEXT); INSERT INTO users VALUES (7, 'Ann'), (NULL, 'Bo')",
      rebuilt('n INTEGER PRIMARY KEY, name TEXT', '', 'SELECT * FROM users'),
      ['users.n key-invented in 1, by 2'],
    ],
    [
      'a trigger on another table',
      `${users} CREATE TABLE log (n); INSERT INTO log VALUES (0); CREATE TRIGGER count_users AFTER UPDATE ON users BEGIN UPDATE log SET n = n + 1; END;`,
      ['SELECT 1', 'UPDATE users SET name = trim(name)'],
      ['log.n set-by-trigger in 1, by 2'],
    ],
    [
      'rows multiplied by a join',
      `${users} CREATE TABLE visits (user_id INTEGER); INSERT INTO visits VALUES (1), (1), (2), (5);`,
      rebuilt(
        'name TEXT, email TEXT, age INTEGER',
        '',
        'SELECT u.name, u.email, u.age FROM users u JOIN visits v ON v.user_id = u.id',
      ),
      ['users has 1 more, by 2'],
    ],
    [
      'rows that are deleted while others are inserted',
      users,
      ['DELETE FROM users WHERE id = 1', "INSERT INTO users (id, name) VALUES (7, 'Eve')"],
      ['users lost 1 of 3, deleted-from, by 1'],
    ],
    [
      'REPLACE, which clears columns that it does not list',
      users,
      ["REPLACE INTO users (id, name) VALUES (1, 'Anna')"],
      ['users.email default-instead-of-copy in 1, by 1', 'users.age default-instead-of-copy in 1, by 1'],
    ],
    [
      'columns swapped in a table without a key',
      "CREATE TABLE users (a TEXT, b TEXT); INSERT INTO users VALUES ('1', 'x'), ('2', 'y')",
      rebuilt('b TEXT, a TEXT', '', 'SELECT * FROM users'),
      ['users.a columns-swapped in 2, by 2', 'users.b columns-swapped in 2, by 2'],
    ],
    [
      'a counter that decreases',
      'CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, n); INSERT INTO users VALUES (1, 1), (8, 8); DELETE FROM users WHERE id = 8',
      rebuilt('id INTEGER PRIMARY KEY AUTOINCREMENT, n', '', 'SELECT * FROM users'),
      ['users from 8 to 1, by 3'],
    ],
    [
      'a table moved in part',
      users,
      [
        'CREATE TABLE people (person INTEGER PRIMARY KEY, called TEXT, email TEXT, age INTEGER)',
        'INSERT INTO people SELECT * FROM users WHERE email IS NOT NULL',
        'DROP TABLE users',
      ],
      ['users lost 1 of 3, dropped, by 3'],
    ],
    [
      'renumbered keys that other tables reference',
      "CREATE TABLE teams (id INTEGER PRIMARY KEY, name TEXT); CREATE TABLE members (team_id INTEGER REFERENCES teams(id)); INSERT INTO teams VALUES (3, 'a'); INSERT INTO teams VALUES (4, 'b')",
      [
        'CREATE TABLE n (id INTEGER PRIMARY KEY, name TEXT)',
        'INSERT INTO n (name) SELECT name FROM teams',
        'DROP TABLE teams',
        'ALTER TABLE n RENAME TO teams',
      ],
      ['teams.id default-instead-of-copy in 2, by 2'],
    ],
  ])('%s', (_what, setup, statements, expected) => {
    expect(judged(setup, statements)).toEqual(expected);
  });
});

test('rows without a key that are deleted and written back have other rowids', () => {
  const setup = 'CREATE TABLE t (a); INSERT INTO t VALUES (1), (2), (3); DELETE FROM t WHERE a = 2;';
  const statements = ['CREATE TEMP TABLE kept AS SELECT * FROM t', 'DELETE FROM t', 'INSERT INTO t SELECT * FROM kept'];
  expect(judged(setup, statements)).toEqual([]);
});

test('a name in double quotes that became text is found in a new column', () => {
  // better-sqlite3 takes no such string, so what it would say of the copy is given.
  const migration = migrationOf([
    `CREATE TABLE n (id INTEGER PRIMARY KEY, aired TEXT)`,
    `INSERT INTO n SELECT id, "aired" FROM t`,
  ]);
  const db = openMemory(settings);
  db.exec("CREATE TABLE n (id INTEGER PRIMARY KEY, aired TEXT); INSERT INTO n VALUES (1, 'aired'), (2, NULL)");
  const columns: Copy['columns'] = [
    { column: 'id', source: { kind: 'expression', by: null } },
    { column: 'aired', source: { kind: 'literal', text: 'aired' } },
  ];
  const before = { objects: [], tables: [] };
  const flow = readFlow(migration.statements, [{ statement: 2, columns, united: [] }], before);
  expect(findLiterals(db, flow, before, readState(db, []))).toMatchObject([
    { how: 'literal-text', table: 'n', column: 'aired', rows: 1, of: 2, statement: 2 },
  ]);
  db.close();
});
