import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { check, render } from '../src/api.ts';
import type { CheckDataset, Config } from '../src/config.ts';
import type { Finding } from '../src/model/finding.ts';
import type { Report } from '../src/model/report.ts';
import { folderWith } from './temporary.ts';

/** Checks a history given as files: `1.sql` is a migration, `seeds/1.sql` its rows. */
async function run(files: Readonly<Record<string, string>>, config: Config = {}): Promise<Report> {
  const placed = Object.fromEntries(
    Object.entries(files).map(([name, text]) => [name.includes('/') ? name : `m/${name}`, text]),
  );
  const folder = folderWith(placed);
  return check({ migrations: join(folder, 'm'), rewrites: false, ...config });
}

function brief({ findings }: Report): unknown[] {
  return findings.map(({ code, cause, severity, table, statement, datasets }) => [
    code,
    cause,
    severity,
    table,
    statement,
    datasets.join(),
  ]);
}

function only(report: Report): Finding {
  const [finding, second] = report.findings;
  if (finding === undefined || second !== undefined)
    throw new Error(`one finding expected: ${JSON.stringify(brief(report))}`);
  return finding;
}

const parent = 'CREATE TABLE p (id INTEGER PRIMARY KEY, name TEXT);';
const child = 'CREATE TABLE c (id INTEGER PRIMARY KEY, p_id INTEGER NOT NULL REFERENCES p(id) ON DELETE CASCADE);';
const rows = "INSERT INTO p VALUES (1, 'a'), (2, 'b'), (3, 'b'); INSERT INTO c VALUES (1, 1), (2, 2);";
const fixture = { dataset: ['fixture'], tool: 'rowproof' } satisfies Config;

describe('rows-lost', () => {
  test.each<[string, string, readonly unknown[]]>([
    [
      'a rebuild under enforced keys',
      'CREATE TABLE n (id INTEGER PRIMARY KEY, name TEXT); INSERT INTO n SELECT * FROM p; DROP TABLE p; ALTER TABLE n RENAME TO p;',
      ['cascade-on-drop', 'error', 'c', 3],
    ],
    [
      'a delete that cascades',
      'DELETE FROM p WHERE id = 2; INSERT INTO p VALUES (2, NULL);',
      ['cascade-on-delete', 'error', 'c', 1],
    ],
    ['an explicit delete', 'DELETE FROM c WHERE id = 1;', ['deleted-from', 'note', 'c', 1]],
    ['a table dropped for good', 'DROP TABLE c;', ['dropped', 'note', 'c', 1]],
    [
      'a copy with WHERE',
      'CREATE TABLE n (id INTEGER PRIMARY KEY, p_id INTEGER); INSERT INTO n SELECT * FROM c WHERE id > 1; DROP TABLE c; ALTER TABLE n RENAME TO c;',
      ['narrowed', 'warning', 'c', 2],
    ],
    [
      'a copy with a join',
      'CREATE TABLE n AS SELECT c.* FROM c, p WHERE c.p_id = p.id AND p.id = 1; DROP TABLE c; ALTER TABLE n RENAME TO c;',
      ['narrowed', 'warning', 'c', 1],
    ],
    [
      'a table created again without its rows',
      'DROP TABLE c; CREATE TABLE c (id INTEGER PRIMARY KEY);',
      ['recreated', 'warning', 'c', 1],
    ],
    ['a replacement that cascades', "REPLACE INTO p VALUES (1, 'z');", ['cascade-on-delete', 'error', 'c', 1]],
  ])('%s', async (_name, sql, [cause, severity, table, statement]) => {
    const report = await run({ '1.sql': parent + child, '2.sql': sql, 'seeds/1.sql': rows }, fixture);
    const losses = brief({ ...report, findings: report.findings.filter(({ code }) => code === 'rows-lost') });
    expect(losses).toEqual([['rows-lost', cause, severity, table, statement, 'fixture']]);
  });

  test.each<[string, string]>([
    [
      'children that are restored from a temporary table',
      'CREATE TEMP TABLE k AS SELECT * FROM c; CREATE TABLE n (id INTEGER PRIMARY KEY, name TEXT); INSERT INTO n SELECT * FROM p; DROP TABLE p; ALTER TABLE n RENAME TO p; INSERT INTO c SELECT * FROM k;',
    ],
    [
      'a rebuild with the directive',
      '-- rowproof: foreign_keys=off\nCREATE TABLE n (id INTEGER PRIMARY KEY, name TEXT); INSERT INTO n SELECT * FROM p; DROP TABLE p; ALTER TABLE n RENAME TO p;',
    ],
    [
      'a rebuild in its own transaction with keys off around it',
      'PRAGMA foreign_keys = OFF; BEGIN; CREATE TABLE n (id INTEGER PRIMARY KEY, name TEXT); INSERT INTO n SELECT * FROM p; DROP TABLE p; ALTER TABLE n RENAME TO p; COMMIT; PRAGMA foreign_keys = ON;',
    ],
    ['a rename', 'ALTER TABLE c RENAME TO d;'],
    [
      'a loss that is allowed with a reason',
      '-- rowproof: allow rows-lost c -- nobody reads it\nDROP TABLE c; CREATE TABLE c (id INTEGER PRIMARY KEY);',
    ],
  ])('is silent about %s', async (_name, sql) => {
    expect(brief(await run({ '1.sql': parent + child, '2.sql': sql, 'seeds/1.sql': rows }, fixture))).toEqual([]);
  });

  test('allow accepts the table that it names and no other', async () => {
    const grandchild = 'CREATE TABLE g (id INTEGER PRIMARY KEY, c_id INTEGER REFERENCES c(id) ON DELETE CASCADE);';
    const rebuild =
      'CREATE TABLE n (id INTEGER PRIMARY KEY, name TEXT); INSERT INTO n SELECT * FROM p; DROP TABLE p; ALTER TABLE n RENAME TO p;';
    for (const [claimed, other] of [
      ['c', 'g'],
      ['g', 'c'],
    ] as const) {
      const sql = `-- rowproof: allow rows-lost ${claimed} -- nobody reads it\n${rebuild}`;
      const report = await run(
        { '1.sql': parent + child + grandchild, '2.sql': sql, 'seeds/1.sql': `${rows} INSERT INTO g VALUES (1, 1);` },
        fixture,
      );
      expect(brief(report)).toEqual([['rows-lost', 'cascade-on-drop', 'error', other, 3, 'fixture']]);
      expect(report.notes.filter(({ kind }) => kind === 'allowed').map(({ text }) => text)).toEqual([
        expect.stringMatching(new RegExp(`^2: ${claimed} lost \\d of \\d rows?; allowed: nobody reads it$`)),
      ]);
    }
  });

  test('a trigger that causes the loss is named', async () => {
    const trigger = 'CREATE TABLE k (v); CREATE TRIGGER g AFTER UPDATE ON p BEGIN DELETE FROM "k"; END;';
    const files = { '1.sql': parent + trigger, '2.sql': 'UPDATE p SET name = trim(name);' };
    const report = await run(
      { ...files, 'seeds/1.sql': "INSERT INTO p VALUES (1, 'a'); INSERT INTO k VALUES (1);" },
      fixture,
    );
    expect(brief(report)).toEqual([['rows-lost', 'trigger-deletes', 'error', 'k', 1, 'fixture']]);
  });

  test('the same rebuild is an error where the directive cannot act', async () => {
    const sql =
      '-- rowproof: foreign_keys=off\nCREATE TABLE n (id INTEGER PRIMARY KEY, name TEXT); INSERT INTO n SELECT * FROM p; DROP TABLE p; ALTER TABLE n RENAME TO p;';
    const report = await run(
      { '1.sql': parent + child, '2.sql': sql, 'seeds/1.sql': rows },
      { ...fixture, transaction: 'all-pending' },
    );
    expect(only(report)).toMatchObject({ code: 'rows-lost', table: 'c' });
  });
});

test('a failing copy reports the rows that it read, although their table was renamed', async () => {
  const report = await run(
    {
      '1.sql': parent,
      '2.sql': `ALTER TABLE p RENAME TO p_old; CREATE TABLE p (id INTEGER PRIMARY KEY, name TEXT UNIQUE);
        INSERT INTO p SELECT * FROM p_old; DROP TABLE p_old;`,
      'seeds/1.sql': "INSERT INTO p VALUES (1, 'a'), (2, 'b'), (3, 'b');",
    },
    fixture,
  );
  expect(only(report)).toMatchObject({ table: 'p', facts: { held: { table: 'p_old', rows: 3 } } });
});

describe('a trigger refuses values of rows', () => {
  const tree = `CREATE TABLE topics (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES topics(id), name TEXT NOT NULL);
    CREATE TRIGGER one_level BEFORE UPDATE ON topics WHEN NEW.parent_id IS NOT NULL
      AND EXISTS (SELECT 1 FROM topics WHERE parent_id = NEW.id) BEGIN SELECT RAISE(ABORT, 'one level'); END;`;
  const nested = "INSERT INTO topics VALUES (1, NULL, 'a'), (2, 1, 'b'), (3, 2, 'c');";
  const update = 'UPDATE topics SET name = upper(name);';
  // The trigger looks through all topics for each of them, which is slow as well.
  const severity = async (files: Readonly<Record<string, string>>, dataset: readonly CheckDataset[]) => {
    const { findings } = await run({ '1.sql': tree, '2.sql': update, ...files }, { dataset: [...dataset] });
    const failures = findings.filter(({ code }) => code === 'fails-on-rows');
    expect(failures).toHaveLength(1);
    return failures[0]?.severity;
  };

  test('made-up rows give a warning, hand-written rows an error', async () => {
    expect(await severity({}, ['typical'])).toBe('warning');
    expect(await severity({ 'seeds/1.sql': nested }, ['fixture', 'typical'])).toBe('error');
  });

  test('the plain rows of awkward give a warning', async () => {
    const dear = `CREATE TABLE topics (id INTEGER PRIMARY KEY, name TEXT, price INTEGER NOT NULL);
      CREATE TRIGGER dear BEFORE UPDATE ON topics WHEN NEW.price < 99000000 BEGIN SELECT RAISE(ABORT, 'too little'); END;`;
    expect(await severity({ '1.sql': dear }, ['one-row', 'awkward'])).toBe('warning');
  });

  test('a trigger that refuses every update is an error on any rows', async () => {
    const log = `CREATE TABLE log (id INTEGER PRIMARY KEY, line TEXT NOT NULL);
      CREATE TRIGGER written BEFORE UPDATE ON log BEGIN SELECT RAISE(ABORT, 'what is written is written'); END;`;
    const report = await run({ '1.sql': log, '2.sql': 'UPDATE log SET line = upper(line);' }, { dataset: ['one-row'] });
    expect(brief(report)).toEqual([['fails-on-rows', 'trigger-raises', 'error', 'log', 1, 'one-row']]);
  });
});

test('rows that a trigger replaces are reported with the one statement that writes', async () => {
  const report = await run(
    {
      '1.sql': `CREATE TABLE a (id INTEGER PRIMARY KEY); CREATE TABLE b (id INTEGER PRIMARY KEY, a_id INTEGER);
        CREATE TRIGGER anew AFTER DELETE ON a BEGIN
          DELETE FROM b WHERE a_id = OLD.id; INSERT INTO b VALUES (OLD.id + 100, NULL); END;`,
      '2.sql': 'CREATE TABLE c (d); DELETE FROM a;',
      'seeds/1.sql': 'INSERT INTO a VALUES (1); INSERT INTO b VALUES (1, 1);',
    },
    fixture,
  );
  expect(report.findings.find(({ cause }) => cause === 'trigger-deletes')).toMatchObject({ table: 'b', statement: 2 });
});

describe('orphans-created', () => {
  test('counts only the new ones', async () => {
    const planted = `${rows} PRAGMA foreign_keys = OFF; INSERT INTO c VALUES (7, 70), (8, 80);`;
    const report = await run(
      { '1.sql': parent + child, '2.sql': 'DELETE FROM p WHERE id = 2;', 'seeds/1.sql': planted },
      { ...fixture, foreignKeys: false },
    );
    const found = report.findings.find(({ code }) => code === 'orphans-created');
    expect(found).toMatchObject({
      severity: 'error',
      table: 'c',
      statement: 1,
      facts: { keys: [{ rows: 1, parent: 'p', columns: ['p_id'] }] },
    });
  });

  test('orphans from before the migration are no finding', async () => {
    const planted = 'PRAGMA foreign_keys = OFF; INSERT INTO c VALUES (7, 70);';
    expect(
      brief(
        await run({ '1.sql': parent + child, '2.sql': 'ALTER TABLE c ADD COLUMN d;', 'seeds/1.sql': planted }, fixture),
      ),
    ).toEqual([]);
  });

  test.each<[string, string]>([
    ['a renamed column', 'ALTER TABLE c RENAME COLUMN p_id TO owner_id;'],
    ['renamed tables', 'ALTER TABLE c RENAME TO kids; ALTER TABLE p RENAME TO parents;'],
    [
      'a rebuild that renames the column',
      'CREATE TABLE n (id INTEGER PRIMARY KEY, owner_id REFERENCES p(id)); INSERT INTO n SELECT * FROM c; DROP TABLE c; ALTER TABLE n RENAME TO c;',
    ],
  ])('old orphans stay old through %s', async (_name, sql) => {
    const planted = `${rows} PRAGMA foreign_keys = OFF; INSERT INTO c VALUES (7, 70);`;
    const report = await run(
      { '1.sql': parent + child, '2.sql': sql, 'seeds/1.sql': planted },
      { ...fixture, foreignKeys: false },
    );
    expect(brief(report)).toEqual([]);
  });

  test('a new key over rows without parents is reported', async () => {
    const files = { '1.sql': `${parent} CREATE TABLE d (p INTEGER);`, 'seeds/1.sql': 'INSERT INTO d VALUES (9);' };
    const sql =
      'CREATE TABLE n (p INTEGER REFERENCES p(id)); INSERT INTO n SELECT * FROM d; DROP TABLE d; ALTER TABLE n RENAME TO d;';
    const report = await run({ ...files, '2.sql': sql }, { ...fixture, foreignKeys: false });
    expect(brief(report)).toEqual([['orphans-created', 'key-meets-orphans', 'error', 'd', 2, 'fixture']]);
  });

  test('the migration declares a key again whose parent table was missing', async () => {
    const report = await run(
      {
        '1.sql': parent + child,
        '2.sql':
          'ALTER TABLE p RENAME TO p_old; CREATE TABLE p (id INTEGER PRIMARY KEY); INSERT INTO p VALUES (1); DROP TABLE p_old;',
        '3.sql':
          'CREATE TABLE n (id INTEGER PRIMARY KEY, p_id INTEGER REFERENCES p(id)); INSERT INTO n SELECT * FROM c; DROP TABLE c; ALTER TABLE n RENAME TO c;',
        'seeds/2.sql': 'PRAGMA foreign_keys = OFF; INSERT INTO c VALUES (7, 70);',
      },
      { ...fixture, foreignKeys: false },
    );
    expect(brief(report).at(-1)).toEqual(['orphans-created', 'key-meets-orphans', 'error', 'c', 2, 'fixture']);
  });

  test('the statement that removes the parents is reported, although the children are rebuilt after it', async () => {
    const report = await run(
      {
        '1.sql': parent + child,
        '2.sql': `CREATE INDEX i ON p (name); DELETE FROM p WHERE id = 1; ALTER TABLE c RENAME TO c_old;
          CREATE TABLE c (id INTEGER PRIMARY KEY, p_id INTEGER REFERENCES p(id)); INSERT INTO c SELECT * FROM c_old; DROP TABLE c_old;`,
        'seeds/1.sql': rows,
      },
      { ...fixture, foreignKeys: false },
    );
    expect(report.findings.find(({ code }) => code === 'orphans-created')).toMatchObject({ table: 'c', statement: 2 });
  });

  test('foreign_keys=off does not allow new orphans', async () => {
    const report = await run(
      {
        '1.sql': parent + child,
        '2.sql': '-- rowproof: foreign_keys=off\nDELETE FROM p WHERE id = 2;',
        'seeds/1.sql': rows,
      },
      fixture,
    );
    expect(only(report)).toMatchObject({
      code: 'fails-on-rows',
      cause: 'foreign-key-check-failed',
      table: 'c',
      statement: 1,
      facts: { rolledBack: true },
    });
  });
});

describe('invariant-broken', () => {
  const invariant = { 'seeds/invariants/2_every_c_has_a_note.sql': "SELECT id FROM c WHERE note IS NULL OR note = ''" };

  test('rows that a migration leaves in violation are counted, on the side that has them', async () => {
    const report = await run(
      {
        '1.sql': parent + child,
        '2.sql': 'ALTER TABLE c ADD COLUMN note TEXT;',
        'seeds/1.sql': rows,
        ...invariant,
      },
      { dataset: ['fixture', 'one-row'] },
    );
    expect(only(report)).toMatchObject({
      code: 'invariant-broken',
      severity: 'error',
      datasets: ['fixture', 'one-row'],
      facts: { rows: ['{"id":1}', '{"id":2}'] },
    });
  });

  test('only new violations count', async () => {
    const report = await run(
      {
        '1.sql': parent + child,
        '2.sql': "ALTER TABLE c ADD COLUMN note TEXT DEFAULT 'x';",
        '3.sql': 'CREATE INDEX i ON c(note);',
        'seeds/1.sql': rows,
        'seeds/2.sql': "UPDATE c SET note = ''",
        ...invariant,
      },
      fixture,
    );
    expect(brief(report)).toEqual([]);
  });

  test.each<[string, Record<string, string>]>([
    ['a row that a wider SELECT * shows again', { 'seeds/invariants/1_a.sql': 'SELECT * FROM t WHERE a IS NULL' }],
    ['a row from before the invariant', { 'seeds/invariants/2_a.sql': 'SELECT id FROM t WHERE a IS NULL' }],
  ])('is silent about %s', async (_name, declared) => {
    const files = {
      '1.sql': 'CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);',
      '2.sql': 'ALTER TABLE t ADD b;',
      '3.sql': 'ALTER TABLE t ADD c;',
    };
    const report = await run({ ...files, 'seeds/1.sql': "INSERT INTO t VALUES (1, 'a'), (2, NULL);", ...declared });
    expect(brief(report)).toEqual([]);
  });

  test('an invariant ends at the migration that it names', async () => {
    const files = {
      '1.sql': 'CREATE TABLE a (b);',
      '2.sql': 'ALTER TABLE a RENAME TO z;',
      'seeds/1.sql': 'INSERT INTO a VALUES (1);',
    };
    const ended = { 'seeds/invariants/1_b.sql': '-- rowproof: until=1\nSELECT * FROM a WHERE b IS NULL' };
    expect(brief(await run({ ...files, ...ended }))).toEqual([]);
    await expect(
      run({ ...files, 'seeds/invariants/1_b.sql': 'SELECT * FROM a WHERE b IS NULL' }),
    ).rejects.toMatchObject({ code: 'bad-invariant' });
  });
});

describe('schema-differs', () => {
  test('IF NOT EXISTS skips an object that somebody made by hand', async () => {
    const report = await run(
      {
        '1.sql': 'CREATE TABLE a (b);',
        '2.sql': 'CREATE TABLE IF NOT EXISTS r (id INTEGER PRIMARY KEY, body TEXT);',
        'seeds/1.sql': 'CREATE TABLE r (id);',
      },
      fixture,
    );
    expect(only(report)).toMatchObject({
      code: 'schema-differs',
      severity: 'error',
      table: 'r',
      datasets: ['fixture'],
    });
  });

  test('a difference from before that stays is not reported', async () => {
    const report = await run(
      {
        '1.sql': 'CREATE TABLE a (b);',
        '2.sql': 'ALTER TABLE a ADD COLUMN c;',
        'seeds/1.sql': 'CREATE INDEX by_hand ON a(b);',
      },
      fixture,
    );
    expect(brief(report)).toEqual([]);
  });
});

describe('not-atomic', () => {
  test.each<[string, string, Config]>([
    ['a file that commits midway', 'CREATE TABLE d (e);\nCOMMIT;\nBEGIN;\nCREATE UNIQUE INDEX u ON p(name);', {}],
    [
      'a file with two transactions',
      'BEGIN; UPDATE p SET name = name || 1 WHERE id = 1; COMMIT; BEGIN; CREATE UNIQUE INDEX u ON p(id > 0); COMMIT;',
      {},
    ],
    [
      'a run without a transaction',
      'INSERT INTO p VALUES (9, NULL); CREATE UNIQUE INDEX u ON p(name);',
      { transaction: 'none' },
    ],
  ])('%s', async (_name, sql, config) => {
    const report = await run({ '1.sql': parent + child, '2.sql': sql, 'seeds/1.sql': rows }, { ...fixture, ...config });
    // Run again, only what can be done twice comes as far as before.
    const again = sql.includes('UPDATE') ? [] : ['not-rerunnable'];
    expect(only(report)).toMatchObject({
      code: 'not-atomic',
      cause: 'unique-meets-duplicates',
      severity: 'error',
      consequences: ['fails-on-rows', ...again],
    });
  });

  test('two failures of one file are two stories, each with what comes of it', async () => {
    const report = await run(
      {
        '1.sql': 'CREATE TABLE p (id INTEGER PRIMARY KEY, name TEXT, size INTEGER);',
        '2.sql':
          'CREATE TABLE d (e); CREATE TABLE n (name TEXT NOT NULL, size INTEGER UNIQUE); INSERT INTO n SELECT name, size FROM p;',
      },
      { dataset: ['one-row', 'awkward'], transaction: 'none' },
    );
    expect(report.findings.every(({ code }) => code === 'not-atomic')).toBe(true);
    expect(new Set(report.findings.map(({ cause }) => cause))).toEqual(
      new Set(['not-null-meets-null', 'unique-meets-duplicates']),
    );
    for (const { consequences } of report.findings) expect(consequences).toEqual(['fails-on-rows', 'not-rerunnable']);
  });

  test('an accepted failure leaves the half that it leaves behind to be told', async () => {
    const report = await run(
      {
        '1.sql': parent + child,
        '2.sql':
          '-- rowproof: allow fails-on-rows p -- names are unique\nCREATE TABLE d (e); CREATE UNIQUE INDEX u ON p(name);',
        'seeds/1.sql': rows,
      },
      { ...fixture, transaction: 'none' },
    );
    expect(only(report)).toMatchObject({ code: 'not-atomic', consequences: ['not-rerunnable'] });
  });

  test('a failure in one transaction leaves nothing', async () => {
    const report = await run(
      {
        '1.sql': parent + child,
        '2.sql': 'CREATE TABLE d (e); CREATE UNIQUE INDEX u ON p(name);',
        'seeds/1.sql': rows,
      },
      fixture,
    );
    expect(only(report)).toMatchObject({
      code: 'fails-on-rows',
      cause: 'unique-meets-duplicates',
      table: 'p',
      facts: { rolledBack: true, held: { rows: 3 } },
    });
  });
});

describe('a guard', () => {
  const made = 'CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT, city TEXT);';
  const guard =
    'CREATE TABLE stop (ok CHECK (ok)); INSERT INTO stop SELECT 0 WHERE EXISTS (SELECT 1 FROM users WHERE email IS NULL); DROP TABLE stop;';
  const sides: Config = { dataset: ['one-row', 'typical', 'awkward'] };

  test('that stops the migration is a note, and what it hides is looked for all the same', async () => {
    const report = await run({ '1.sql': made, '2.sql': `${guard} CREATE UNIQUE INDEX u ON users(city);` }, sides);
    expect(report.findings).toMatchObject([
      { code: 'fails-on-rows', severity: 'warning', statement: 4, hazards: [{ kind: 'duplicate', columns: ['city'] }] },
      { code: 'fails-on-rows', severity: 'note', statement: 2, hazards: [{ kind: 'null', columns: ['email'] }] },
    ]);
  });

  test('that hand-written rows meet stops the deploy, which is an error', async () => {
    const report = await run(
      { '1.sql': made, '2.sql': guard, 'seeds/1.sql': 'INSERT INTO users VALUES (1, NULL, NULL);' },
      fixture,
    );
    expect(only(report)).toMatchObject({ code: 'fails-on-rows', severity: 'error', title: 'stops on purpose' });
  });

  test.each([
    ['a table that stays', 'CREATE TABLE kept (ok CHECK (ok IS NOT NULL)); INSERT INTO kept SELECT email FROM users;'],
    [
      'a table that another statement reads',
      'CREATE TABLE part (ok NOT NULL); INSERT INTO part SELECT email FROM users; CREATE TABLE whole AS SELECT ok FROM part; DROP TABLE part;',
    ],
  ])('is not an insert into %s', async (_name, sql) => {
    const report = await run({ '1.sql': made, '2.sql': sql }, sides);
    expect(only(report)).toMatchObject({ code: 'fails-on-rows', severity: 'warning', statement: 2 });
  });
});

describe('a limit of the engine', () => {
  const deep = (sql: string): string => `SELECT ${'replace('.repeat(1100)}${sql}${", 'a', 'b')".repeat(1100)}`;

  test('is told as one, with the engine to try instead', async () => {
    const report = await run({ '1.sql': 'CREATE TABLE a (b);', '2.sql': `CREATE VIEW v AS ${deep("'x'")};` });
    expect(only(report)).toMatchObject({ code: 'fails-on-empty', cause: 'engine-limit', severity: 'error' });
    expect(only(report).instead).toContain('--engine node');
  });

  test('that only rows meet is a warning', async () => {
    const report = await run(
      {
        '1.sql': 'CREATE TABLE a (n INTEGER); CREATE TRIGGER t AFTER UPDATE ON a BEGIN UPDATE a SET n = n + 1; END;',
        '2.sql': 'UPDATE a SET n = 2;',
        'seeds/1.sql': 'INSERT INTO a VALUES (1);',
      },
      { ...fixture, recursiveTriggers: true },
    );
    expect(only(report)).toMatchObject({ code: 'fails-on-rows', cause: 'engine-limit', severity: 'warning' });
  });

  test('is not what a document is that nests too deep', async () => {
    const report = await run(
      {
        '1.sql': 'CREATE TABLE a (n TEXT);',
        '2.sql': "UPDATE a SET n = json_remove(n, '$[1]');",
        'seeds/1.sql': `INSERT INTO a VALUES ('${'['.repeat(1100)}${']'.repeat(1100)}');`,
      },
      fixture,
    );
    expect(only(report)).toMatchObject({ code: 'fails-on-rows', cause: 'malformed-json' });
  });
});

describe('pragmas of a migration', () => {
  test('end with it and do not reach the next', async () => {
    const report = await run(
      {
        '1.sql': `${parent} PRAGMA query_only = ON;`,
        '2.sql': `CREATE TEMP TABLE c (x); ${child}`,
        '3.sql': 'PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; PRAGMA legacy_alter_table = ON;',
        '4.sql': 'ALTER TABLE c ADD COLUMN d CHECK (d IS NULL);',
      },
      { transaction: 'none' },
    );
    expect(brief(report)).toEqual([]);
  });

  test('that forbid writing make the migration fail, not the harness', async () => {
    const report = await run({ '1.sql': parent, '2.sql': 'PRAGMA query_only = ON; DELETE FROM p;' });
    expect(only(report)).toMatchObject({
      code: 'fails-on-empty',
      statement: 2,
      message: 'attempt to write a readonly database',
    });
  });
});

test('made-up rows begin before they end, so a later CHECK of that holds', async () => {
  const columns = 'starts TEXT NOT NULL, ends TEXT NOT NULL, low INTEGER NOT NULL, high INTEGER NOT NULL';
  const checked = `CREATE TABLE n (id INTEGER PRIMARY KEY, ${columns}, CHECK (ends >= starts), CHECK (high >= low));`;
  const copy = 'INSERT INTO n SELECT * FROM o; DROP TABLE o; ALTER TABLE n RENAME TO o;';
  const files = { '1.sql': `CREATE TABLE o (id INTEGER PRIMARY KEY, ${columns});`, '2.sql': checked + copy };
  expect(brief(await run(files, { dataset: ['one-row', 'typical'] }))).toEqual([]);
});

describe('rows that a migration writes out', () => {
  const users = 'CREATE TABLE users (id INTEGER PRIMARY KEY, role_id INTEGER NOT NULL REFERENCES roles(id));';
  const withUsers = `CREATE TABLE roles (id INTEGER PRIMARY KEY, name TEXT NOT NULL); ${users}`;

  test.each<[string, Record<string, string>]>([
    ['with keys', { '1.sql': withUsers, '2.sql': "INSERT INTO roles VALUES (1, 'admin'), (2, 'member');" }],
    [
      'first without keys, then with',
      {
        '1.sql': 'CREATE TABLE plan (id INTEGER PRIMARY KEY, label TEXT NOT NULL);',
        '2.sql': "INSERT INTO plan (label) VALUES ('Free'), ('Pro');",
        '3.sql': "INSERT INTO plan (id, label) VALUES (1000, 'Team');",
      },
    ],
    [
      'with a unique place',
      {
        '1.sql': 'CREATE TABLE cat (id INTEGER PRIMARY KEY, name TEXT NOT NULL, sort INTEGER NOT NULL UNIQUE);',
        '2.sql': "INSERT INTO cat (name, sort) VALUES ('a', 1), ('b', 2);",
      },
    ],
    [
      'where only one row can exist',
      {
        '1.sql': 'CREATE TABLE cfg (id INTEGER PRIMARY KEY CHECK (id = 1), v TEXT);',
        '2.sql': "INSERT INTO cfg VALUES (1, 'x');",
      },
    ],
  ])('do not collide with made-up rows: %s', async (_name, files) => {
    expect(brief(await run(files, { dataset: ['one-row', 'typical'] }))).toEqual([]);
  });

  test('a table that stays empty because of them is named', async () => {
    const files = {
      '1.sql': 'CREATE TABLE cfg (id INTEGER PRIMARY KEY CHECK (id = 1));',
      '2.sql': 'INSERT INTO cfg VALUES (1);',
    };
    const { notes } = await run(files, { dataset: ['one-row'] });
    expect(notes.filter(({ kind }) => kind === 'unfilled').map(({ text }) => text)).toEqual([
      expect.stringMatching(/cfg has no row from version 1 on: CHECK constraint failed/),
    ]);
  });
});

describe('a history', () => {
  test('continues after a migration that fails on rows, with the rows that fit', async () => {
    const report = await run(
      {
        '1.sql': parent + child,
        '2.sql': 'CREATE UNIQUE INDEX u ON p(name);',
        '3.sql': 'ALTER TABLE c ADD COLUMN k INTEGER NOT NULL;',
        'seeds/1.sql': rows,
        'seeds/2.sql': 'INSERT INTO c VALUES (3, 2), (4, 3);',
      },
      fixture,
    );
    expect(brief(report)).toEqual([
      ['fails-on-rows', 'unique-meets-duplicates', 'error', 'p', 1, 'fixture'],
      ['fails-on-rows', 'add-column-not-null', 'error', 'c', 1, 'fixture'],
    ]);
    expect(report.notes.filter(({ kind }) => kind === 'restarted')).toHaveLength(2);
    expect(report.notes.filter(({ kind }) => kind === 'seed').map(({ text }) => text)).toEqual([
      expect.stringMatching(/left out after the restart/),
    ]);
  });

  test('ends where the empty database fails, and blames no hazard', async () => {
    const report = await run(
      {
        '1.sql': parent,
        '2.sql': '\nALTER TABLE p ADD COLUMN e TEXT UNIQUE;',
        '3.sql': child,
        'seeds/1.sql': rows.split(';')[0] ?? '',
      },
      { dataset: ['fixture', 'one-row'] },
    );
    expect(only(report)).toMatchObject({
      code: 'fails-on-empty',
      line: 2,
      datasets: ['empty'],
      message: 'Cannot add a UNIQUE column',
    });
    expect(report.steps.map(({ migration, dataset, outcome }) => `${migration} ${dataset} ${outcome}`)).toEqual([
      '1 empty applied',
      '1 fixture applied',
      '1 one-row applied',
      '2 empty failed',
      '2 fixture not-run',
      '2 one-row not-run',
      '3 empty not-run',
      '3 fixture not-run',
      '3 one-row not-run',
    ]);
  });

  test('skips programs, and reports steps that need them as blocked', async () => {
    const report = await run({
      '1.sql': parent,
      '2_make_q.ts': '',
      '3.sql': 'ALTER TABLE q ADD COLUMN r;',
      '4.sql': child,
    });
    expect(brief(report)).toEqual([]);
    expect(report.steps.filter(({ dataset }) => dataset === 'one-row').map(({ outcome }) => outcome)).toEqual([
      'applied',
      'skipped',
      'blocked',
      'applied',
    ]);
  });

  test.each<[string, number, string, Config, boolean]>([
    ['in a long history', 20, 'ALTER TABLE p ADD COLUMN x TEXT NOT NULL;', {}, true],
    ['in a short one', 19, 'ALTER TABLE p ADD COLUMN x TEXT NOT NULL;', {}, false],
    ['absent', 20, 'SELECT 1;', {}, false],
    ['omitted already', 20, 'ALTER TABLE p ADD COLUMN x TEXT NOT NULL;', { since: 10 }, false],
  ])('--since is suggested or not where the finding is %s', async (_name, count, second, config, isSuggested) => {
    const others = Array.from({ length: count - 2 }, (_, i) => [`${i + 3}.sql`, 'SELECT 1;']);
    const files = { '1.sql': parent, '2.sql': second, ...Object.fromEntries(others) };
    const { notes } = await run(files, { dataset: ['one-row'], ...config });
    const suggestions = notes.filter(({ kind }) => kind === 'since').map(({ text }) => text);
    expect(suggestions).toEqual(isSuggested ? [expect.stringContaining(`--since ${count - 1} only those after`)] : []);
  });

  test('does not judge applied migrations with --since', async () => {
    const files = { '1.sql': parent, '2.sql': 'ALTER TABLE p ADD COLUMN k INTEGER NOT NULL;', '3.sql': child };
    expect((await run(files)).summary.errors).toBe(1);
    const report = await run(files, { since: 2 });
    expect(report.summary.errors).toBe(0);
    expect(report.notes.map(({ text }) => text)).toContainEqual(
      expect.stringMatching(/^2 migrations ran without being judged/),
    );
    expect(report.steps.map(({ migration, unjudged }) => [migration, unjudged])).toEqual(
      ['1', '2', '3'].flatMap((name) => report.datasets.map(() => [name, name === '3' ? undefined : true])),
    );
    expect(render(report, 'terminal')).toMatch(/^ {2}2 +· +· +·/m);
  });

  test('gives the same report twice, byte for byte', async () => {
    const folder = folderWith({
      'm/1.sql': parent + child,
      'm/2.sql': 'CREATE UNIQUE INDEX u ON c(p_id);',
      'seeds/1.mjs':
        'export default ({ insert, faker }) => { for (let i = 1; i < 9; i++) insert("p", { id: i, name: faker.person.firstName() }); insert("c", [{ p_id: 1 }, { p_id: 1 }]); }',
    });
    const once = (): Promise<Report> => check({ migrations: join(folder, 'm') });
    expect(JSON.stringify(await once())).toBe(JSON.stringify(await once()));
  });

  test('registers the functions of the application', async () => {
    const sql = { '1.sql': "CREATE TABLE a (b TEXT NOT NULL DEFAULT 'x'); CREATE INDEX i ON a(shout(b));" };
    const report = await run(sql, {
      connect: (db) => db.function('shout', { deterministic: true }, (text) => String(text).toUpperCase()),
    });
    expect(brief(report)).toEqual([]);
  });
});

test('seeds, invariants and bases are read in letters of any case, and skipped files are listed', async () => {
  const folder = folderWith({
    'm/1_a.SQL': 'CREATE TABLE a (b INTEGER);',
    'm/2_b.sql': 'DELETE FROM a; CREATE TABLE c (d);',
    'seeds/1_a.SQL': 'INSERT INTO a VALUES (1), (2);',
    'seeds/1_a.sql': 'INSERT INTO a VALUES (3);',
    'seeds/1_a.sql.bak': 'INSERT INTO a VALUES (4);',
    'seeds/Invariants/1_n.sql': 'SELECT 1',
    'seeds/invariants/1_N.SQL': 'SELECT * FROM a WHERE b > 2',
    'seeds/invariants/2_o.sql.orig': 'SELECT 1',
    'base.SQL': 'CREATE TABLE z (y);',
  });
  const report = await check({ migrations: join(folder, 'm'), base: join(folder, 'base.SQL'), dataset: ['fixture'] });
  expect(report.findings).toMatchObject([
    { code: 'rows-lost', facts: { tables: [{ table: 'a', before: 3, after: 0 }] } },
  ]);
  const ignored = report.notes
    .filter(({ kind }) => kind === 'ignored')
    .map(({ text }) => text.replace(`${folder}/`, ''));
  expect(ignored).toEqual([
    'seeds/1_a.sql.bak was ignored: its name does not end in .sql.',
    'seeds/Invariants was ignored: it is a folder, and the 1 SQL file in it is not read.',
    'seeds/invariants/2_o.sql.orig was ignored: its name does not end in .sql.',
  ]);
});
