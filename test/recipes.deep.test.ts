/** The recipes of docs/gate.md, run as they stand, with stand-ins for the commands that this machine may lack. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { migrate } from '../src/api.ts';
import { commands, example } from './recipes.ts';
import { folderWith } from './temporary.ts';

const first = 'CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);';
const safe = "UPDATE users SET name = '' WHERE name IS NULL;";
const unsafe = 'CREATE UNIQUE INDEX users_name ON users (name);';

/** A folder with a production database and a pending migration. */
async function project(pending: string): Promise<string> {
  const folder = folderWith({ 'migrations/1_users.sql': first, 'migrations/2_next.sql': pending });
  const file = join(folder, 'app.db');
  await migrate({ migrations: join(folder, 'migrations') }, { file, to: 1 });
  const db = new Sqlite(file);
  db.exec("INSERT INTO users (name) VALUES ('a'), ('a'), (NULL)");
  db.close();
  return folder;
}

/** Runs a recipe in a project; the database of the recipe is that of the project. */
function run(
  recipe: string,
  folder: string,
  scripts: Readonly<Record<string, string>>,
): { status: number | null; calls: string[]; stdout: string } {
  const calls = join(folder, 'calls');
  const text = recipe.replaceAll('/var/lib/app/app.db', 'app.db').replaceAll('/tmp/gate.db', 'copied.db');
  const path = `${commands(scripts)}:${process.env['PATH']}`;
  const env = { ...process.env, PATH: path, CALLS: calls, NODE_OPTIONS: '', NO_COLOR: '1', FORCE_COLOR: undefined };
  const { status, stdout } = spawnSync('sh', ['-c', text], { cwd: folder, env, encoding: 'utf8', timeout: 60_000 });
  const called = existsSync(calls) ? readFileSync(calls, 'utf8').trimEnd().split('\n') : [];
  return { status, calls: called.map((line) => line.split(' ').slice(0, 2).join(' ')), stdout };
}

/** The copies of production that a recipe leaves. */
function left(folder: string): string[] {
  return ['restored.db', 'copied.db'].filter((file) => existsSync(join(folder, file)));
}

const hasShell = spawnSync('sqlite3', ['--version']).status === 0;
const stands: Readonly<Record<string, string>> = {
  docker: '',
  litestream: 'cp app.db "$3"',
  ssh: 'sh -c "$2"',
};

describe.each([
  ['compose', ['docker compose', 'npx rowproof', 'docker compose'], ['docker compose', 'npx rowproof']],
  ['litestream', ['litestream restore', 'npx rowproof'], ['litestream restore', 'npx rowproof']],
  ['ssh', ['npx rowproof', 'ssh app.example'], ['npx rowproof', 'ssh app.example']],
])('the recipe %s', (name, whole, stopped) => {
  // The commands of a pipe start at once.
  const inOrder = (calls: string[]): string[] => (name === 'ssh' ? calls.toSorted() : calls);

  test('goes on after GO', async ({ skip }) => {
    if (name === 'ssh' && !hasShell) skip('there is no sqlite3 shell');
    const folder = await project(safe);
    const { status, calls, stdout } = run(example('gate.md', name), folder, stands);
    expect(stdout).toMatch(/^GO: /m);
    expect(status).toBe(0);
    expect(inOrder(calls)).toEqual(whole);
    expect(left(folder)).toEqual([]);
  });

  test('stops at NO-GO', async ({ skip }) => {
    if (name === 'ssh' && !hasShell) skip('there is no sqlite3 shell');
    const folder = await project(unsafe);
    const { status, calls, stdout } = run(example('gate.md', name), folder, stands);
    expect(stdout).toMatch(/^NO-GO: /m);
    expect(status).toBe(1);
    expect(inOrder(calls)).toEqual(stopped);
    expect(left(folder)).toEqual([]);
  });
});

test('the unit of systemd is one', ({ skip }) => {
  if (spawnSync('systemd-analyze', ['--version']).status !== 0) skip('there is no systemd-analyze');
  const folder = folderWith({ 'app.service': example('gate.md', 'app.service').replace('/srv/app', '/') });
  const { stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', join(folder, 'app.service')], {
    encoding: 'utf8',
  });
  expect(stderr.split('\n').filter((line) => line.includes('app.service'))).toEqual([]);
});

test.each([
  ['better-sqlite3', "import D from 'better-sqlite3'; const db = new D(':memory:');"],
  ['node:sqlite', "import { DatabaseSync } from 'node:sqlite'; const db = new DatabaseSync(':memory:');"],
])('an application on %s writes its statements down', (_name, open) => {
  const folder = folderWith({ 'capture.mjs': example('rolling-deploys.md', 'capture.mjs') });
  // It stands in this project, whose drivers it finds.
  const app = `${open} db.exec('CREATE TABLE t (a)');
    const add = db.prepare('INSERT INTO t VALUES (?);'); add.run('secret'); add.run('secret');
    db.prepare('SELECT a FROM t -- all').all(); db.prepare('INSERT INTO t VALUES (?);');`;
  const captured = join(folder, 'captured.sql');
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      '--import',
      join(folder, 'capture.mjs'),
      '--input-type=module',
      '-e',
      app,
    ],
    {
      cwd: join(import.meta.dirname, '..'),
      env: { ...process.env, NODE_OPTIONS: '', CAPTURE: captured },
      encoding: 'utf8',
    },
  );
  expect(stderr).toBe('');
  expect(status).toBe(0);
  expect(readFileSync(captured, 'utf8')).toBe('INSERT INTO t VALUES (?)\n;\nSELECT a FROM t -- all\n;\n');
});
