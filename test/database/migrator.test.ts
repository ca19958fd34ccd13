import { describe, expect, test } from 'vitest';
import { appliedBy, fingerprint, noon, project, refusal, rows, run } from './migrating.ts';

const three = {
  '0001_users.sql': 'CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT); CREATE TABLE effects (migration INTEGER);',
  '0002_ada.sql': "INSERT INTO users (name) VALUES ('Ada'); INSERT INTO effects VALUES (2);",
  '0003_upper.sql': 'UPDATE users SET name = upper(name); INSERT INTO effects VALUES (3);',
};
const ledger = 'SELECT version, applied_at, name, length(hash) FROM _migrations ORDER BY version';

describe('migrate', () => {
  test('applies everything in order and records it; a second run applies nothing', () => {
    const app = project(three);
    expect(appliedBy(app.migrate())).toEqual(['0001_users', '0002_ada', '0003_upper']);
    expect(rows(app.file, 'SELECT name FROM users')).toEqual([['ADA']]);
    expect(rows(app.file, ledger)).toEqual([
      [1, noon, '0001_users', 64],
      [2, noon, '0002_ada', 64],
      [3, noon, '0003_upper', 64],
    ]);
    const before = fingerprint(app.file);
    expect(appliedBy(app.migrate())).toEqual([]);
    expect(fingerprint(app.file)).toEqual(before);
    expect(rows(app.file, 'SELECT migration FROM effects')).toEqual([[2], [3]]);
  });

  test('stops at --to and continues from there; --to a version that is passed applies nothing', () => {
    const app = project(three);
    expect(appliedBy(app.migrate({ to: 2 }))).toEqual(['0001_users', '0002_ada']);
    expect(rows(app.file, 'SELECT name FROM users')).toEqual([['Ada']]);
    expect(appliedBy(app.migrate({ to: 1 }))).toEqual([]);
    expect(appliedBy(app.migrate())).toEqual(['0003_upper']);
  });

  test('--to 0 applies nothing', () => {
    const app = project(three);
    expect(appliedBy(app.migrate({ to: 0 }))).toEqual([]);
    expect(rows(app.file, ledger)).toEqual([]);
  });

  test('reports each migration once it is applied', () => {
    const app = project(three);
    const told: unknown[] = [];
    app.migrate({ applied: ({ name }) => told.push([name, rows(app.file, 'SELECT max(version) FROM _migrations')]) });
    expect(told).toEqual([
      ['0001_users', [[1]]],
      ['0002_ada', [[2]]],
      ['0003_upper', [[3]]],
    ]);
  });

  test('takes timestamps in milliseconds and the largest whole numbers as versions', () => {
    const app = project({
      '1717236000000_a.sql': 'CREATE TABLE a (b);',
      '20240601120000_b.sql': 'INSERT INTO a VALUES (1);',
      '9007199254740991_c.sql': 'INSERT INTO a VALUES (2);',
    });
    app.migrate();
    expect(appliedBy(app.migrate())).toEqual([]);
    expect(rows(app.file, 'SELECT CAST(version AS TEXT), typeof(version) FROM _migrations ORDER BY version')).toEqual([
      ['1717236000000', 'integer'],
      ['20240601120000', 'integer'],
      ['9007199254740991', 'integer'],
    ]);
  });

  test('applies a file without statements', () => {
    const app = project({ '0001_none.sql': '-- nothing yet\n', '0002_table.sql': 'CREATE TABLE a (b);' });
    expect(appliedBy(app.migrate())).toEqual(['0001_none', '0002_table']);
  });

  test.each(['wal', 'delete', 'truncate', 'persist'])('leaves a database in journal_mode %s', (mode) => {
    const app = project(three);
    run(app.file, `PRAGMA journal_mode = ${mode}; CREATE TABLE _migrations (version INTEGER, applied_at TEXT);`);
    const persistent = rows(app.file, 'PRAGMA journal_mode');
    expect(appliedBy(app.migrate())).toHaveLength(3);
    expect(rows(app.file, 'PRAGMA journal_mode')).toEqual(persistent);
  });

  test.each(["it's", 'a b', 'say "so"', 'größe-日本', 'file:app.db', 'who?mode=memory', '100%41', ' x', ':memory:'])(
    'makes and finds a file by the name of <%s>',
    (name) => {
      const app = project(three, name);
      expect(appliedBy(app.migrate())).toHaveLength(3);
      expect(Object.keys(fingerprint(app.file))).toEqual([name]);
      expect(appliedBy(app.migrate())).toEqual([]);
      expect(rows(app.file, 'SELECT name FROM users')).toEqual([['ADA']]);
    },
  );
});

describe('a ledger of another runner', () => {
  const adopted = (table: string) => {
    const app = project(three);
    run(app.file, `${three['0001_users.sql']} CREATE TABLE _migrations ${table};`);
    run(app.file, "INSERT INTO _migrations (version, applied_at) VALUES (1, '2020-01-01')");
    return app;
  };

  test.each([
    '(version INTEGER PRIMARY KEY, applied_at TEXT NOT NULL)',
    '(version, applied_at)',
    '(id INTEGER PRIMARY KEY, version INT UNIQUE, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP)',
    '(Version INTEGER PRIMARY KEY, Name TEXT, Applied_At TEXT)',
    '(version INTEGER PRIMARY KEY, applied_at TEXT NOT NULL) STRICT, WITHOUT ROWID',
  ])('%s is adopted, and that runner can continue', (table) => {
    const app = adopted(table);
    expect(appliedBy(app.migrate())).toEqual(['0002_ada', '0003_upper']);
    expect(
      rows(app.file, 'SELECT version, typeof(version), applied_at, name FROM _migrations ORDER BY version'),
    ).toEqual([
      [1, 'integer', '2020-01-01', null],
      [2, 'integer', noon, '0002_ada'],
      [3, 'integer', noon, '0003_upper'],
    ]);

    app.write('0004_theirs.sql', 'INSERT INTO effects VALUES (4);');
    run(
      app.file,
      "INSERT INTO effects VALUES (4); INSERT INTO _migrations (version, applied_at) VALUES (4, '2030-01-01')",
    );
    expect(appliedBy(app.migrate())).toEqual([]);
    expect(rows(app.file, 'SELECT migration FROM effects')).toEqual([[2], [3], [4]]);
  });

  test('is adopted without an entry, in a database without tables', () => {
    const app = project(three);
    run(app.file, 'CREATE TABLE _migrations (version INTEGER PRIMARY KEY, applied_at TEXT NOT NULL)');
    expect(appliedBy(app.migrate())).toHaveLength(3);
  });

  test.each([
    ['has other columns (PocketBase)', '(file VARCHAR(255) PRIMARY KEY NOT NULL, applied INTEGER NOT NULL)', /version/],
    ['has a column that it needs', '(version INTEGER, applied_at TEXT, checksum TEXT NOT NULL)', /checksum/],
    ['has no applied_at', '(version INTEGER PRIMARY KEY, run_on TEXT)', /applied_at/],
    ['keeps versions as text', '(version TEXT PRIMARY KEY, applied_at TEXT)', /whole numbers/],
    ['keeps times as numbers', '(version INTEGER PRIMARY KEY, applied_at INTEGER) STRICT', /TEXT value/],
  ])('that %s is refused, also with --at, and left unchanged', (_, table, message) => {
    const app = project(three);
    run(app.file, `${three['0001_users.sql']} CREATE TABLE _migrations ${table};`);
    const before = fingerprint(app.file);
    for (const options of [{ at: 1 }, { at: 3 }]) {
      const error = refusal(() => app.migrate(options));
      expect(error.code).toBe('ledger-foreign');
      expect(error.message).toMatch(message);
    }
    expect(fingerprint(app.file)).toEqual(before);
  });

  test('with other columns is refused without --at', () => {
    const app = project(three);
    run(app.file, 'CREATE TABLE _migrations (file VARCHAR(255) PRIMARY KEY NOT NULL, applied INTEGER NOT NULL)');
    expect(refusal(() => app.migrate()).code).toBe('ledger-foreign');
  });

  test('that is a view is refused', () => {
    const app = project(three);
    run(app.file, 'CREATE TABLE log (version, applied_at); CREATE VIEW _migrations AS SELECT * FROM log;');
    expect(refusal(() => app.migrate({ at: 1 })).code).toBe('ledger-foreign');
  });
});

describe('a database without a ledger', () => {
  const tables = three['0001_users.sql'];

  test('is refused when it has tables, and left unchanged', () => {
    const app = project(three);
    run(app.file, tables);
    const before = fingerprint(app.file);
    const error = refusal(() => app.migrate());
    expect(error.code).toBe('ledger-missing');
    expect(error.message).toContain(app.file);
    expect(error.remedy).toContain('--at');
    expect(fingerprint(app.file)).toEqual(before);
  });

  test.each([
    ['__drizzle_migrations', 'drizzle'],
    ['_prisma_migrations', 'Prisma'],
    ['d1_migrations', 'wrangler'],
    ['goose_db_version', 'goose'],
    ['schema_migrations', 'dbmate'],
    ['_sqlx_migrations', 'sqlx'],
    ['__diesel_schema_migrations', 'diesel'],
    ['flyway_schema_history', 'Flyway'],
    ['refinery_schema_history', 'refinery'],
    ['kysely_migration', 'Kysely'],
    ['knex_migrations', 'Knex'],
    ['SequelizeMeta', 'Umzug'],
  ])('with the ledger %s of %s is refused with both names', (table, tool) => {
    const app = project(three);
    run(app.file, `CREATE TABLE ${table} (id); INSERT INTO ${table} VALUES (1);`);
    const error = refusal(() => app.migrate());
    expect(error.code).toBe('ledger-missing');
    expect(error.message).toContain(table);
    expect(error.message).toContain(tool);
    expect(error.remedy).toContain(tool);
    expect(error.remedy).toContain('--at ID');
  });

  test('continues from --at, which is recorded; the same command can be run again', () => {
    const app = project(three);
    run(app.file, tables);
    expect(appliedBy(app.migrate({ at: 1, to: 2 }))).toEqual(['0002_ada']);
    expect(rows(app.file, ledger)).toEqual([
      [1, noon, '0001_users', 64],
      [2, noon, '0002_ada', 64],
    ]);
    expect(appliedBy(app.migrate({ at: 1 }))).toEqual(['0003_upper']);
    expect(appliedBy(app.migrate({ at: 3 }))).toEqual([]);
    expect(rows(app.file, 'SELECT migration FROM effects')).toEqual([[2], [3]]);
  });

  test('with tables of version 0 takes --at 0', () => {
    const app = project({ '0001_more.sql': 'ALTER TABLE shipped ADD COLUMN a;' });
    run(app.file, 'CREATE TABLE shipped (id)');
    expect(appliedBy(app.migrate({ at: 0 }))).toEqual(['0001_more']);
  });

  test('with an empty ledger beside tables is asked for its version', () => {
    const app = project(three);
    run(app.file, `${tables} CREATE TABLE _migrations (version INTEGER PRIMARY KEY, applied_at TEXT NOT NULL);`);
    expect(refusal(() => app.migrate()).code).toBe('ledger-missing');
    expect(appliedBy(app.migrate({ at: 1 }))).toEqual(['0002_ada', '0003_upper']);
  });

  test('--at contradicts a ledger that lacks a migration up to it', () => {
    const app = project(three);
    app.migrate({ to: 1 });
    const before = fingerprint(app.file);
    const error = refusal(() => app.migrate({ at: 2 }));
    expect(error.code).toBe('unknown-version');
    expect(error.message).toContain('0002_ada');
    expect(fingerprint(app.file)).toEqual(before);
  });

  test('--at is refused for a database without tables, and for a missing one', () => {
    const app = project(three);
    expect(refusal(() => app.migrate({ at: 2 })).code).toBe('unknown-version');
    expect(fingerprint(app.file)).toEqual({});
    run(app.file, 'VACUUM');
    expect(refusal(() => app.migrate({ at: 2 })).code).toBe('unknown-version');
  });
});

describe('a history that does not fit the ledger', () => {
  const late = { ...three, '0004_late.sql': 'INSERT INTO effects VALUES (4);', '0005_last.sql': '' };

  test.each<{ what: string; change: Record<string, string | null>; code: string; message: RegExp }>([
    {
      what: 'an edited file',
      change: { '0002_ada.sql': 'SELECT 1;' },
      code: 'history-edited',
      message: /: 0002_ada was edited after it was applied\.$/,
    },
    {
      what: 'a missing file',
      change: { '0002_ada.sql': null },
      code: 'history-edited',
      message: /: version 2 was applied but is not in the folder any more\.$/,
    },
    {
      what: 'a file that comes late',
      change: { '0004_late.sql': late['0004_late.sql'] },
      code: 'history-edited',
      message: /: 0004_late came late/,
    },
    {
      what: 'all of these at once',
      change: { '0001_users.sql': null, '0003_upper.sql': '', '0004_late.sql': late['0004_late.sql'] },
      code: 'history-edited',
      message: /version 1 was applied but.*; 0003_upper was edited.*; 0004_late came late/,
    },
    {
      what: 'a database ahead of the folder',
      change: { '0005_last.sql': null },
      code: 'ledger-ahead',
      message: /at version 5, which is newer/,
    },
  ])('$what is named, and nothing is changed', ({ change, code, message }) => {
    const app = project(late);
    app.remove('0004_late.sql');
    app.migrate();
    const before = fingerprint(app.file);
    for (const [name, sql] of Object.entries(change)) {
      if (sql === null) app.remove(name);
      else app.write(name, sql);
    }
    app.write('0006_pending.sql', 'INSERT INTO effects VALUES (6);');
    if (code === 'ledger-ahead') app.remove('0006_pending.sql');
    const error = refusal(() => app.migrate());
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(fingerprint(app.file)).toEqual(before);
  });

  test('names a migration by its number if another runner applied it without a name', () => {
    const app = project(three);
    run(
      app.file,
      "CREATE TABLE _migrations (version INTEGER, applied_at TEXT); INSERT INTO _migrations VALUES (2, '')",
    );
    app.remove('0002_ada.sql');
    expect(refusal(() => app.migrate()).message).toMatch(/: 0001_users came late.*; version 2 was applied but/);
  });

  test('line ends, a byte order mark and directives do not count as an edit', () => {
    const app = project({ '0001_a.sql': 'CREATE TABLE a (b);\nINSERT INTO a VALUES (1);\n' });
    app.migrate();
    for (const same of [
      'CREATE TABLE a (b);\r\nINSERT INTO a VALUES (1);\r\n',
      '\ufeffCREATE TABLE a (b);\nINSERT INTO a VALUES (1);\n',
      '-- rowproof: allow rows-lost a -- it is a cache\nCREATE TABLE a (b);\nINSERT INTO a VALUES (1);\n',
      '-- rowproof: foreign_keys=off\r\nCREATE TABLE a (b);\r\nINSERT INTO a VALUES (1);\r\n',
    ]) {
      app.write('0001_a.sql', same);
      expect(appliedBy(app.migrate())).toEqual([]);
    }
    app.write('0001_a.sql', 'CREATE TABLE a (b);\n\nINSERT INTO a VALUES (1);\n');
    expect(refusal(() => app.migrate()).code).toBe('history-edited');
  });

  test('is found inside the lock when another process applies another file of that number first', () => {
    const app = project(three);
    const other = () => run(app.file, `INSERT INTO _migrations VALUES (2, '${noon}', '0002_eve', 'of another file')`);
    const error = refusal(() => app.migrate({ applied: ({ position }) => position === 1 && other() }));
    expect(error.code).toBe('history-edited');
    expect(rows(app.file, 'SELECT migration FROM effects')).toEqual([]);
  });

  test('a migration that another process applies first is not applied again', () => {
    const app = project(three);
    const told: string[] = [];
    const applied = ({ name }: { name: string }): void => {
      told.push(name);
      if (name === '0001_users') expect(appliedBy(app.migrate({ to: 2 }))).toEqual(['0002_ada']);
    };
    expect(appliedBy(app.migrate({ applied }))).toEqual(['0001_users', '0003_upper']);
    expect(told).toEqual(['0001_users', '0003_upper']);
    expect(rows(app.file, 'SELECT migration FROM effects')).toEqual([[2], [3]]);
  });
});

describe('files that the migrator cannot run are refused before any is run', () => {
  test.each([
    ['--to an unknown version', { to: 7 }, 'unknown-version', /--to 7/],
    ['--at an unknown version', { at: 7 }, 'unknown-version', /--at 7/],
  ])('%s', (_, options, code, message) => {
    const app = project(three);
    const error = refusal(() => app.migrate(options));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(error.remedy).toContain('from 1 to 3');
    expect(fingerprint(app.file)).toEqual({});
  });

  test.each<[string, string, number, string?]>([
    ['a COMMIT in the middle', 'CREATE TABLE a (b); COMMIT; BEGIN; CREATE TABLE c (d);', 1],
    ['a COMMIT at the end', 'CREATE TABLE a (b);\nEND;', 2],
    ['a ROLLBACK', 'CREATE TABLE a (b);\nROLLBACK;', 2],
    ['two transactions', 'BEGIN;\nCREATE TABLE a (b);\nCOMMIT;\nBEGIN;\nCREATE TABLE c (d);\nCOMMIT;', 4],
    ['a statement before BEGIN', 'CREATE TABLE a (b);\nBEGIN; CREATE TABLE c (d); COMMIT;', 1],
    ['a statement after COMMIT', 'BEGIN; CREATE TABLE a (b); COMMIT;\nINSERT INTO a VALUES (1);', 2],
    ['a number in the header', 'BEGIN; CREATE TABLE a (b); COMMIT;\nPRAGMA main.user_version = 2;', 2],
    ['its own ROLLBACK', 'BEGIN; CREATE TABLE a (b);\nROLLBACK TRANSACTION;', 2],
    ['a file that it attaches', "CREATE TABLE a (b);\nATTACH DATABASE 'it''s.db' AS other;", 2, 'statement-refused'],
    ['a file by an expression', "\nATTACH ':memory:' || 'x' AS other;", 2, 'statement-refused'],
    ['a file that it writes', "VACUUM /* all */ INTO 'copy.db';", 1, 'statement-refused'],
  ])('%s', (_, sql, line, code = 'unsupported') => {
    const app = project({ ...three, '0004_cannot.sql': sql });
    const error = refusal(() => app.migrate());
    expect(error.code).toBe(code);
    expect(error.message).toContain(`0004_cannot.sql:${line}`);
    expect(fingerprint(app.file)).toEqual({});
    expect(appliedBy(app.migrate({ to: 3 }))).toHaveLength(3);
  });

  test.each([
    'BEGIN; CREATE TABLE a (b); COMMIT;',
    'BEGIN EXCLUSIVE TRANSACTION; CREATE TABLE a (b); END TRANSACTION;',
    'PRAGMA foreign_keys = OFF; PRAGMA journal_mode; BEGIN DEFERRED; CREATE TABLE a (b); COMMIT; PRAGMA foreign_keys = ON;',
    'BEGIN; SAVEPOINT s; CREATE TABLE c (d); ROLLBACK TO s; RELEASE s; CREATE TABLE a (b); COMMIT;',
    'CREATE TABLE a (b); SAVEPOINT s; CREATE TABLE c (d); ROLLBACK TRANSACTION TO SAVEPOINT s;',
    "CREATE TABLE a (b); ATTACH ':memory:' AS scratch; CREATE TABLE scratch.c (d);",
    'CREATE TABLE a (b); CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM a; END;',
  ])('<%s> is run', (sql) => {
    const app = project({ '0001_can.sql': sql });
    expect(appliedBy(app.migrate())).toEqual(['0001_can']);
    expect(rows(app.file, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> '_migrations'")).toEqual([
      ['a'],
    ]);
  });

  test('a program is refused unless --at says that it was run', () => {
    const app = project({
      ...three,
      '0004_program.ts': 'export {};',
      '0005_last.sql': 'INSERT INTO effects VALUES (5);',
    });
    const error = refusal(() => app.migrate());
    expect(error.code).toBe('unsupported');
    expect(error.message).toContain('0004_program.ts');
    expect(error.remedy).toContain('--to 3');
    expect(error.remedy).toContain('--at 4');
    expect(fingerprint(app.file)).toEqual({});

    expect(appliedBy(app.migrate({ to: 3 }))).toHaveLength(3);
    expect(appliedBy(app.migrate({ at: 4 }))).toEqual(['0005_last']);
    expect(rows(app.file, 'SELECT version FROM _migrations')).toEqual([[1], [2], [3], [4], [5]]);
  });
});
