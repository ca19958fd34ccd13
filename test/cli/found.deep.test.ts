/** Runs that end before their report still print what they have found. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, test, vi } from 'vitest';
import { fingerprintOf } from '../gate-source.ts';
import { endless } from '../hostile/user-code.ts';
import { folderWith } from '../temporary.ts';
import { command, rowproof } from './run.ts';

const first = 'CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT);';

/** A project whose second migration loses values, and whose third never ends; `mark()` tells that it has begun. */
function project(): { readonly cwd: string; readonly file: string } {
  const cwd = folderWith({
    'migrations/1_a.sql': first,
    'migrations/2_b.sql': `CREATE TABLE new (id INTEGER PRIMARY KEY, title TEXT);
      INSERT INTO new (id) SELECT id FROM posts; DROP TABLE posts; ALTER TABLE new RENAME TO posts;`,
    'migrations/3_c.sql': `SELECT mark(); CREATE TABLE n AS ${endless};`,
    'rowproof.config.mjs': `import { writeFileSync } from 'node:fs';
      export default { rewrites: false, connect: (db) => db.function('mark', () => { writeFileSync('marked', ''); return 1; }) };`,
    'tmp/.keep': '',
  });
  const file = join(folderWith(), 'app.db');
  const db = new Sqlite(file);
  db.exec(`${first} INSERT INTO posts VALUES (1, 'SECRET'), (2, 'SECRET too');`);
  db.close();
  return { cwd, file };
}

const found = /^Found before the end \((?:1 migration was|2 migrations were) judged\):\n\n✗ 2_b {2}[\s\S]*posts\.title/;

describe('a run that ends before its report', () => {
  test.each<[string, (file: string) => string[]]>([
    ['check', () => ['check', '--dataset', 'one-row']],
    ['gate', (file) => ['gate', '--db', file, '--at', '1']],
  ])('tells what %s has found, when a limit ends it', (_name, args) => {
    const { cwd, file } = project();
    const before = fingerprintOf(file);
    const run = rowproof([...args(file), '--limit-statement', '500ms'], { cwd, env: { TMPDIR: join(cwd, 'tmp') } });
    expect(run.status).toBe(2);
    expect(run.stdout).toBe('');
    expect(run.stderr).toMatch(found);
    expect(run.stderr).toMatch(/\nrowproof: migrations\/3_c\.sql:1 .* did not finish within 500 ms/);
    expect(run.stderr).not.toContain('SECRET');
    expect(fingerprintOf(file)).toEqual(before);
  });

  test('tells what the gate has found, when a signal ends it', async () => {
    const { cwd, file } = project();
    const before = fingerprintOf(file);
    const child = spawn(process.execPath, [...command, 'gate', '--db', file, '--at', '1'], {
      cwd,
      env: { ...process.env, NODE_OPTIONS: '', TMPDIR: join(cwd, 'tmp') },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let told = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      told += text;
    });
    await vi.waitFor(() => expect(existsSync(join(cwd, 'marked'))).toBe(true), { timeout: 60_000, interval: 50 });
    child.kill('SIGINT');
    await once(child, 'close');
    expect(child.signalCode).toBe('SIGINT');
    expect(told).toMatch(found);
    expect(told).not.toContain('SECRET');
    expect(fingerprintOf(file)).toEqual(before);
    await vi.waitFor(() => expect(readdirSync(join(cwd, 'tmp'))).toEqual(['.keep']), { timeout: 30_000, interval: 50 });
  });

  test('tells what a drill has found, when a signal ends it', async () => {
    const cwd = folderWith({
      'migrations/1_a.sql': 'CREATE TABLE a (b); CREATE TABLE c (d);',
      'migrations/2_b.sql': 'CREATE TABLE e (f); SELECT mark(); CREATE TABLE g (h);',
      'rowproof.config.mjs': `import { appendFileSync } from 'node:fs';
        export default { transaction: 'none',
          connect: (db) => db.function('mark', () => { appendFileSync('marked', '.'); return 1; }) };`,
      'tmp/.keep': '',
    });
    const child = spawn(process.execPath, [...command, 'drill', '--kinds', 'kill,power-loss,locked,disk-full'], {
      cwd,
      env: { ...process.env, NODE_OPTIONS: '', TMPDIR: join(cwd, 'tmp') },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let told = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      told += text;
    });
    // Some runs record the undisturbed states; the first fault of the second migration then leaves a half of it.
    const marks = (): number => (existsSync(join(cwd, 'marked')) ? statSync(join(cwd, 'marked')).size : 0);
    await vi.waitFor(() => expect(marks()).toBeGreaterThan(12), { timeout: 60_000, interval: 5 });
    child.kill('SIGINT');
    await once(child, 'close');
    expect(child.signalCode ?? told).toBe('SIGINT');
    expect(told).toMatch(/^Drilled before the end: \d+ of \d+ faults, \d+ survived \(--seed 1\)\.\n\n✗ 1_a {2}/);
    expect(told).toContain("--replay 'kill:1_a/");
    await vi.waitFor(() => expect(readdirSync(join(cwd, 'tmp'))).toEqual(['.keep']), { timeout: 30_000, interval: 50 });
  });
});
