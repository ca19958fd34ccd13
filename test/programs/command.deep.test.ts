/** A migrator in another language, run as a command on a file for each step. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { check, seed } from '../../src/api.ts';
import { gate } from '../gate-source.ts';
import { folderWith } from '../temporary.ts';
import { rowsAfterFirst } from './project.ts';

const hasPython = spawnSync('python3', ['-c', 'import sqlite3'], { stdio: 'ignore' }).status === 0;

/** A migrator such as people write: numbered files of SQL, a table of versions, keys on, a transaction round each. */
const script = `import pathlib, sqlite3, sys
here = pathlib.Path(__file__).parent / 'migrations'
if sys.argv[1] == 'list':
    print('\\n'.join(sorted(p.stem for p in here.glob('*.sql'))))
    sys.exit()
version, file = sys.argv[2], sys.argv[3]
db = sqlite3.connect(file, isolation_level=None)
db.execute('PRAGMA foreign_keys = ON')
db.execute('CREATE TABLE IF NOT EXISTS schema_migrations (version TEXT PRIMARY KEY)')
db.execute('BEGIN')
try:
    for statement in (here / (version + '.sql')).read_text().split(';'):
        db.execute(statement)
    db.execute('INSERT INTO schema_migrations VALUES (?)', [version])
    db.execute('COMMIT')
except sqlite3.Error as error:
    db.execute('ROLLBACK')
    sys.exit(f'{version}: {error}')
print('applied', version)
`;

const migrations = {
  'migrations/1_init.sql': `CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, email TEXT NOT NULL UNIQUE, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users(id) ON DELETE CASCADE, title TEXT NOT NULL);
CREATE TABLE comments (id INTEGER PRIMARY KEY, post_id INTEGER NOT NULL REFERENCES posts(id) ON DELETE CASCADE, body TEXT NOT NULL)`,
  'migrations/2_nick.sql': 'ALTER TABLE users ADD COLUMN nick TEXT',
  'migrations/3_rebuild.sql': `CREATE TABLE users_new (id INTEGER PRIMARY KEY AUTOINCREMENT, email TEXT NOT NULL UNIQUE, name TEXT, nick TEXT);
INSERT INTO users_new SELECT * FROM users;
DROP TABLE users;
ALTER TABLE users_new RENAME TO users`,
};

/** A project with the migrator, and the commands that run it. */
function projectOf(files: Readonly<Record<string, string>> = {}) {
  const folder = folderWith({ 'migrate.py': script, ...migrations, 'rows/1_rows.sql': rowsAfterFirst, ...files });
  const run = `python3 '${folder}/migrate.py'`;
  const migrator = { list: `${run} list`, up: `${run} up {version} {file}` };
  return { folder, config: { migrations: join(folder, 'migrations'), seeds: join(folder, 'rows'), migrator } };
}

describe.skipIf(!hasPython)('a script in Python', () => {
  test('loses the rows that its cascade deletes, and the check reports it', async () => {
    const { folder, config } = projectOf();
    const { findings, steps, notes } = await check({ ...config, dataset: ['fixture', 'typical'] });
    expect(steps.every(({ outcome }) => outcome === 'applied')).toBe(true);
    const lost = findings.find(({ code }) => code === 'rows-lost');
    expect(lost).toMatchObject({ severity: 'error', migration: '3_rebuild', statement: null });
    expect(lost?.message).toContain('posts lost 2 of 2 rows');
    expect(findings.filter(({ migration }) => migration !== '3_rebuild')).toEqual([]);
    expect(notes.map(({ text }) => text).join('\n')).toContain('not told apart');
    expect(readdirSync(folder).sort()).toEqual(['migrate.py', 'migrations', 'rows']);
  });

  test('leaves the same database as without rowproof', async () => {
    const { folder, config } = projectOf();
    const [ours, theirs] = [join(folder, 'ours.db'), join(folder, 'theirs.db')];
    await seed(config, { dataset: ['fixture'], file: ours });
    const up = (version: string) => spawnSync('python3', [join(folder, 'migrate.py'), 'up', version, theirs]);
    up('1_init');
    const db = new Sqlite(theirs);
    db.exec(rowsAfterFirst);
    db.close();
    up('2_nick');
    up('3_rebuild');
    const contentOf = (file: string): unknown[] => {
      const opened = new Sqlite(file, { readonly: true });
      const all = ['users', 'posts', 'comments', 'schema_migrations'].map((table) =>
        opened.prepare(`SELECT * FROM ${table}`).all(),
      );
      opened.close();
      return all;
    };
    expect(contentOf(ours)).toEqual(contentOf(theirs));
  });

  test('fails on rows with its last output as the message', async () => {
    const { config } = projectOf({ 'migrations/3_rebuild.sql': 'CREATE UNIQUE INDEX one ON posts (1)' });
    const { findings } = await check({ ...config, dataset: ['fixture'] });
    expect(findings).toMatchObject([{ code: 'fails-on-rows', migration: '3_rebuild' }]);
    expect(findings[0]?.message).toContain('3_rebuild: UNIQUE constraint failed');
  });

  test('works in the gate on the copy, and not on the file', async () => {
    const { folder, config } = projectOf();
    const file = join(folder, 'prod.db');
    for (const version of ['1_init', '2_nick']) spawnSync('python3', [join(folder, 'migrate.py'), 'up', version, file]);
    const db = new Sqlite(file);
    db.exec(rowsAfterFirst);
    db.close();
    const before = readFileSync(file);
    const { findings, steps } = await gate(config, { file, at: 2 });
    expect(steps.map(({ outcome }) => outcome)).toEqual(['applied', 'applied']);
    expect(findings.find(({ code }) => code === 'rows-lost')).toMatchObject({
      migration: '3_rebuild',
      datasets: ['copy'],
    });
    expect(readFileSync(file)).toEqual(before);
  });
});

describe.skipIf(!hasPython)('a script that logs its statements', () => {
  /** Traces each statement to stderr. @param form what is printed of it, in Python. */
  const tracing = (form: string, files: Readonly<Record<string, string>> = {}) =>
    projectOf({
      'migrate.py': script.replace(
        "db.execute('PRAGMA foreign_keys = ON')",
        `db.execute('PRAGMA foreign_keys = ON')\ndb.set_trace_callback(lambda sql: print(${form}, file=sys.stderr))`,
      ),
      ...files,
    });
  const deletion = {
    'migrations/2_nick.sql': "ALTER TABLE users ADD COLUMN nick TEXT; DELETE FROM comments WHERE body = 'a'",
  };

  test.each([
    ['one a line', 'sql', 'stderr'],
    ['with a pattern', "'» ' + sql + ' «'", { stream: 'stderr', pattern: /» (?<sql>.*?) «/s }],
  ] as const)('%s, has them told apart', async (_what, form, statements) => {
    const { config } = tracing(form, deletion);
    const migrator = { ...config.migrator, statements };
    const { findings, notes } = await check({ ...config, migrator, dataset: ['fixture', 'awkward'] });
    expect(notes.map(({ text }) => text).join('\n')).toContain('its log tells the statements apart.');
    expect(findings.find(({ code, severity }) => code === 'rows-lost' && severity === 'error')).toMatchObject({
      migration: '3_rebuild',
      cause: 'cascade-on-drop',
      sql: 'DROP TABLE users',
    });
    expect(findings.find(({ migration }) => migration === '2_nick')).toMatchObject({
      code: 'rows-lost',
      cause: 'deleted-from',
      severity: 'note',
    });
    expect(findings.some(({ hazards }) => hazards !== undefined)).toBe(true);
  });

  test('fails on rows at a statement, with the code of SQLite', async () => {
    const { config } = tracing('sql', {
      'migrations/3_rebuild.sql': 'CREATE TABLE more (id); CREATE UNIQUE INDEX one ON comments (post_id)',
    });
    const migrator = { ...config.migrator, statements: 'stderr' } as const;
    const { findings } = await check({ ...config, migrator, dataset: ['fixture'] });
    expect(findings).toMatchObject([
      { code: 'fails-on-rows', sql: 'CREATE UNIQUE INDEX one ON comments (post_id)', table: 'comments' },
    ]);
    expect(findings[0]?.facts).toMatchObject({ sqliteCode: 'SQLITE_CONSTRAINT_UNIQUE' });
  });

  test('and leaves some out, is told as one without a log', async () => {
    const { config } = tracing("sql if 'INSERT INTO users_new' not in sql else ''", {
      'rows/1_rows.sql': rowsAfterFirst,
      'migrations/3_rebuild.sql': migrations['migrations/3_rebuild.sql'].replace(
        'DROP',
        "INSERT INTO users_new VALUES (99, 'x', 'y', 'z');\nDROP",
      ),
    });
    const migrator = { ...config.migrator, statements: 'stderr' } as const;
    const { findings, notes } = await check({ ...config, migrator, dataset: ['fixture'] });
    expect(notes.map(({ text }) => text).join('\n')).toContain('but not those of 3');
    expect(findings.find(({ code }) => code === 'rows-lost')).toMatchObject({
      migration: '3_rebuild',
      statement: null,
    });
  });
});

test('a command that works on another database ends the run, and that database keeps its bytes', async () => {
  const { folder, config } = projectOf();
  const prod = join(folder, 'prod.db');
  const db = new Sqlite(prod);
  db.exec('CREATE TABLE users (id)');
  db.close();
  const before = readFileSync(prod);
  const migrator = { up: `echo {version} {file} > /dev/null # ${prod}` };
  await expect(check({ ...config, migrator, dataset: ['one-row'] })).rejects.toMatchObject({ code: 'bad-programs' });
  expect(readFileSync(prod)).toEqual(before);
});

describe.skipIf(!hasPython)('a command whose migrator has the production file for its database', () => {
  const factsOf = (prod: string): unknown => [readFileSync(prod), statSync(prod).mtimeMs, readdirSync(dirname(prod))];
  const production = (): { readonly prod: string; readonly before: unknown } => {
    const prod = join(folderWith(), 'prod.db');
    new Sqlite(prod).exec('CREATE TABLE kept (id); INSERT INTO kept VALUES (1)').close();
    return { prod, before: factsOf(prod) };
  };
  const escaped = (path: string): string => path.replaceAll(' ', '\\ ');
  /** The script with a database of its own, as people write it. */
  const ownDatabase = (file: string) => ({
    'migrate.py': script.replace(
      'sys.argv[3]',
      "sys.argv[3] if len(sys.argv) > 3 else __import__('os').environ.get('APP_DB', 'none.db')",
    ),
    'note.txt': file,
  });

  test.each([
    ['by a path in the command', (run: string, prod: string) => ({ up: `${run} up {version} ${escaped(prod)}` })],
    ['by a quoted path', (run: string, prod: string) => ({ up: `${run} up {version} "${prod}"` })],
    ['by an option', (run: string, prod: string) => ({ up: `${run} up {version} --db=${escaped(prod)}` })],
    [
      'by a url in the environment',
      (run: string, prod: string) => ({ up: `${run} up {version}`, env: { APP_DB: `sqlite:///${prod}` } }),
    ],
    [
      'in the command that lists',
      (run: string, prod: string) => ({ list: `${run} list '${prod}'`, up: `${run} up {version} {file}` }),
    ],
  ])('%s is refused before it runs', async (_what, migratorOf) => {
    const { prod, before } = production();
    const { folder, config } = projectOf(ownDatabase(prod));
    const migrator = migratorOf(`python3 '${folder}/migrate.py'`, prod);
    const checked = check({ ...config, migrator, dataset: ['one-row'] });
    await expect(checked).rejects.toMatchObject({ code: 'bad-programs', message: expect.stringContaining(prod) });
    expect(factsOf(prod)).toEqual(before);
  });

  test('by a variable of the environment that everybody inherits does not get it', async () => {
    const { prod, before } = production();
    const { folder, config } = projectOf(ownDatabase(prod));
    const migrator = { list: `python3 '${folder}/migrate.py' list`, up: `python3 '${folder}/migrate.py' up {version}` };
    process.env['APP_DB'] = prod;
    try {
      await expect(check({ ...config, migrator, dataset: ['one-row'] })).rejects.toMatchObject({
        code: 'bad-programs',
      });
    } finally {
      delete process.env['APP_DB'];
    }
    expect(factsOf(prod)).toEqual(before);
  });
});

test('a path without a folder names no file of the project', async () => {
  const { folder, config } = projectOf();
  const migrator = { up: 'echo x > app.db && test {version} = 0' };
  const { findings } = await check({ ...config, migrator, dataset: ['one-row'] });
  expect(findings).toMatchObject([{ code: 'fails-on-empty' }]);
  expect(
    existsSync(join(folder, 'app.db')) || existsSync('app.db') || existsSync(join(dirname(folder), 'app.db')),
  ).toBe(false);
});

test('a command that never ends is a finding', async () => {
  const { config } = projectOf();
  const migrator = { up: 'sleep 60 # {version} {file}' };
  const { findings } = await check({ ...config, migrator, dataset: ['one-row'], limits: { statement: '500ms' } });
  expect(findings).toMatchObject([{ code: 'fails-on-empty', facts: { sqliteCode: 'PROGRAM_TIMED_OUT' } }]);
});
