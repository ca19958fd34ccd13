import { expect, test } from 'vitest';
import { type Database, openMemory } from '../../src/database/connection.ts';
import { execute, type Hooks } from '../../src/database/execute.ts';
import type { Migration } from '../../src/model/history.ts';
import type { Failure } from '../../src/model/outcome.ts';
import type { Settings } from '../../src/model/settings.ts';
import { readHistory } from '../../src/tools/history.ts';
import { buildSettings } from '../build.ts';
import { folderWith } from '../temporary.ts';

function migration(sql: string): Migration {
  const [only] = readHistory(folderWith({ '0001_next.sql': sql })).migrations;
  if (only === undefined) throw new Error('no migration');
  return only;
}

function apply(db: Database, sql: string, hooks: Hooks = {}, settings: Partial<Settings> = {}): Failure | null {
  return execute(db, migration(sql), buildSettings(settings), hooks);
}

const tables = 'CREATE TABLE a (b INTEGER PRIMARY KEY); CREATE TABLE c (b REFERENCES a);';

/** The state that a migration could leave on a connection. */
function traces(db: Database): unknown {
  return {
    open: db.inTransaction,
    pragmas: [
      'foreign_keys',
      'recursive_triggers',
      'legacy_alter_table',
      'ignore_check_constraints',
      'defer_foreign_keys',
    ].map((name) => db.pragma(name, { simple: true })),
    temporary: db.prepare('SELECT name FROM sqlite_temp_schema').pluck().all(),
    databases: db.prepare('SELECT name FROM pragma_database_list WHERE seq <> 1').pluck().all(),
  };
}

const switches = `PRAGMA foreign_keys = OFF; PRAGMA recursive_triggers = ON; PRAGMA legacy_alter_table = ON;
  PRAGMA ignore_check_constraints = ON;`;
const scraps = `
  CREATE TEMP TABLE parents (id INTEGER PRIMARY KEY); CREATE TEMP TABLE children (id REFERENCES parents);
  INSERT INTO parents VALUES (1); INSERT INTO children VALUES (1);
  CREATE TEMP VIEW seen AS SELECT * FROM children; CREATE TEMP TRIGGER watch AFTER INSERT ON main.a BEGIN SELECT 1; END;
  CREATE VIRTUAL TABLE temp.words USING fts5 (word); ATTACH ':memory:' AS "sc""ratch"; CREATE TABLE "sc""ratch".t (u);`;

test.each([
  ['that is applied', '', null],
  ['that fails', 'INSERT INTO missing VALUES (1);', 'SQLITE_ERROR'],
])('a migration %s leaves nothing on the connection', (_, last, code) => {
  for (const sql of [
    `${scraps} ${last}`,
    `-- rowproof: foreign_keys=off\nPRAGMA defer_foreign_keys = ON; ${scraps} ${last}`,
    `${switches} BEGIN; ${scraps} ${last} COMMIT;`,
  ]) {
    const db = openMemory(buildSettings());
    db.exec(tables);
    const before = traces(db);
    expect(apply(db, sql)?.code ?? null).toBe(code);
    expect(traces(db)).toEqual(before);
    db.close();
  }
});

test('foreign keys are off during a migration with the directive, and on for any other', () => {
  const enforced = (sql: string, settings: Partial<Settings> = {}): unknown => {
    const db = openMemory(buildSettings(settings));
    let inside: unknown;
    apply(db, sql, { after: () => (inside = db.pragma('foreign_keys', { simple: true })) }, settings);
    db.close();
    return inside;
  };
  expect(enforced('CREATE TABLE a (b);')).toBe(1);
  expect(enforced('-- rowproof: foreign_keys=off\nCREATE TABLE a (b);')).toBe(0);
  expect(enforced('PRAGMA foreign_keys = OFF; CREATE TABLE a (b);')).toBe(1);
  expect(enforced('-- rowproof: foreign_keys=off\nCREATE TABLE a (b);', { transaction: 'all-pending' })).toBe(1);
  expect(enforced('CREATE TABLE a (b);', { foreignKeys: false })).toBe(0);
});

test('an error of a hook is thrown after everything was rolled back', () => {
  const bug = new Error('a bug');
  const hooks: readonly Hooks[] = [
    { begun: throwing(bug) },
    { after: throwing(bug) },
    { committing: throwing(bug) },
    { failed: throwing(bug) },
  ];
  for (const own of [false, true]) {
    for (const hook of hooks) {
      const db = openMemory(buildSettings());
      db.exec(tables);
      const before = traces(db);
      const body = `INSERT INTO a VALUES (1);${hook.failed === undefined ? '' : 'INSERT INTO a VALUES (1);'}`;
      expect(() => apply(db, own ? `BEGIN; ${body} COMMIT;` : body, hook)).toThrow(bug);
      expect(traces(db)).toEqual(before);
      expect(db.prepare('SELECT * FROM a').all()).toEqual([]);
      db.close();
    }
  }
});

test('a hook whose statement SQLite refuses fails the migration', () => {
  const db = openMemory(buildSettings());
  const failure = apply(db, tables, { committing: () => db.exec('INSERT INTO c VALUES (1)') });
  expect(failure).toMatchObject({ at: 'commit', statement: null, code: 'SQLITE_CONSTRAINT_FOREIGNKEY' });
  expect(db.prepare('SELECT name FROM sqlite_schema').all()).toEqual([]);
  db.close();
});

test.each(['INSERT INTO a VALUES (1);', 'BEGIN; INSERT INTO a VALUES (1); COMMIT;'])(
  'the hook begun is called once, inside the lock, and can skip <%s>',
  (sql) => {
    const db = openMemory(buildSettings());
    db.exec(tables);
    const asked: boolean[] = [];
    const begun = (): 'skip' => {
      asked.push(db.inTransaction);
      return 'skip';
    };
    const committing = (): void => {
      throw new Error('nothing is to be committed');
    };
    expect(apply(db, sql, { begun, committing })).toBeNull();
    expect(asked).toEqual([true]);
    expect(db.prepare('SELECT * FROM a').all()).toEqual([]);
    db.close();
  },
);

test.each(['per-migration', 'all-pending', 'none'] as const)('transaction %s', (transaction) => {
  const db = openMemory(buildSettings());
  db.exec(tables);
  const failure = apply(db, 'INSERT INTO a VALUES (1); INSERT INTO c VALUES (2);', {}, { transaction });
  expect(failure).toMatchObject({ at: 'statement', statement: 2, code: 'SQLITE_CONSTRAINT_FOREIGNKEY' });
  expect(db.prepare('SELECT * FROM a').all()).toHaveLength(transaction === 'none' ? 1 : 0);
  db.close();
});

function throwing(error: Error): () => never {
  return () => {
    throw error;
  };
}
