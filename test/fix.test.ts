/** `check --fix` in a temporary repository: which files it writes, which it keeps, and which it leaves. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Run, rowproof } from './cli/run.ts';
import { folderWith } from './temporary.ts';

const parent =
  'CREATE TABLE publishers (id TEXT PRIMARY KEY);\nINSERT INTO publishers VALUES (\'p\');\nCREATE TABLE "my t" (id INTEGER PRIMARY KEY);\n';
const unsafe = `-- Everything gets a publisher.\nALTER TABLE "my t" ADD COLUMN "a""b" TEXT DEFAULT 'p' REFERENCES publishers(id);\n`;

function git(folder: string, ...args: string[]): void {
  const who = ['-c', 'user.name=a', '-c', 'user.email=a@example.org', '-c', 'commit.gpgsign=false'];
  const { status, stderr } = spawnSync('git', [...who, ...args], { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

/** A repository whose only commit has the first migration; the second one, which is unsafe, is new. */
function repository(files: Readonly<Record<string, string>> = {}): string {
  const folder = folderWith({ 'm/1_a.sql': parent, ...files });
  git(folder, 'init', '--quiet', '--initial-branch=main');
  git(folder, 'add', '.');
  git(folder, 'commit', '--quiet', '-m', 'first');
  writeFileSync(join(folder, 'm/2_b.sql'), unsafe);
  return folder;
}

function fix(cwd: string, ...args: string[]): Run {
  return rowproof(['check', 'm', '--dataset', 'one-row', '--fix', ...args], { cwd });
}

const read = (folder: string, file: string): string => readFileSync(join(folder, file), 'utf8');

test('a new file is corrected, its text as it was is kept, and the next run is clean', () => {
  const folder = repository();
  const { status, stderr } = fix(folder, '--since-git', 'main');
  expect(stderr).toContain('m/2_b.sql');
  expect(status).toBe(0);
  expect(read(folder, 'm/2_b.sql.orig')).toBe(unsafe);
  expect(read(folder, 'm/2_b.sql')).toContain('-- Everything gets a publisher.');
  expect(read(folder, 'm/2_b.sql')).toContain('UPDATE "my t" SET "a""b" = \'p\'');
  const again = rowproof(['check', 'm', '--dataset', 'one-row', '--fail-on', 'warning'], { cwd: folder });
  expect(again.status, again.stdout).toBe(0);
});

test('a file that Git holds is corrected in place, without a copy', () => {
  const folder = repository();
  git(folder, 'add', '.');
  git(folder, 'commit', '--quiet', '-m', 'second');
  expect(fix(folder, '--since', '1').status).toBe(0);
  expect(read(folder, 'm/2_b.sql')).not.toBe(unsafe);
  expect(existsSync(join(folder, 'm/2_b.sql.orig'))).toBe(false);
});

test('a tracked file with changes of its own is left, and written with --yes', () => {
  const folder = repository();
  git(folder, 'add', '.');
  expect(fix(folder, '--since', '1').status).toBe(2);
  expect(read(folder, 'm/2_b.sql')).toBe(unsafe);
  expect(fix(folder, '--since', '1', '--yes').status).toBe(0);
  expect(read(folder, 'm/2_b.sql')).not.toBe(unsafe);
  expect(read(folder, 'm/2_b.sql.orig')).toBe(unsafe);
});

test('without the last applied migration it shows the diff and writes nothing', () => {
  const folder = repository();
  const { status, stdout, stderr } = fix(folder);
  expect(status).toBe(2);
  expect(stdout).toContain('+++ b/m/2_b.sql');
  expect(stderr).toContain('--since-git');
  expect(read(folder, 'm/2_b.sql')).toBe(unsafe);
});

test('an applied migration is left', () => {
  const folder = repository();
  const { status, stderr } = fix(folder, '--since', '2');
  expect({ status, stderr }).toEqual({ status: 0, stderr: 'No file is corrected: there is nothing to correct.\n' });
  expect(read(folder, 'm/2_b.sql')).toBe(unsafe);
});

test('the ledger of a database tells which migrations are applied', () => {
  const folder = repository();
  rmSync(join(folder, 'm/2_b.sql'));
  const { status, stderr } = rowproof(['migrate', 'm', '--db', 'app.db'], { cwd: folder });
  expect(status, stderr).toBe(0);
  writeFileSync(join(folder, 'm/2_b.sql'), unsafe);
  expect(fix(folder, '--db', 'app.db').status).toBe(0);
  expect(read(folder, 'm/2_b.sql')).not.toBe(unsafe);
  writeFileSync(join(folder, 'm/2_b.sql'), unsafe);
  rmSync(join(folder, 'm/2_b.sql.orig'));
  rowproof(['migrate', 'm', '--db', 'app.db'], { cwd: folder });
  expect(fix(folder, '--db', 'app.db').status).toBe(0);
  expect(read(folder, 'm/2_b.sql')).toBe(unsafe);
});

test('a finding without a corrected text is told apart from none', () => {
  const folder = repository();
  writeFileSync(join(folder, 'm/2_b.sql'), 'ALTER TABLE gone ADD COLUMN a;\n');
  const { status, stderr } = fix(folder, '--since', '1');
  expect(status).toBe(1);
  expect(stderr).toMatch(/^No file is corrected: no finding has a corrected text\./);
});

test('golang-migrate, which runs files of any ending, does not run the copy', () => {
  const folder = repository();
  for (const name of ['1_a', '2_b']) {
    writeFileSync(join(folder, `m/${name}.up.sql`), name === '1_a' ? parent : unsafe);
    rmSync(join(folder, `m/${name}.sql`));
  }
  const tool = ['--tool', 'golang-migrate', '--foreign-keys', 'on'];
  const { status, stderr } = fix(folder, '--since', '1', ...tool);
  expect({ status, stderr }).toEqual({ status: 0, stderr: expect.stringContaining('m/.2_b.up.sql.orig') });
  expect(read(folder, 'm/.2_b.up.sql.orig')).toBe(unsafe);
  const again = rowproof(['check', 'm', '--dataset', 'one-row', ...tool], { cwd: folder });
  expect(again, again.stderr).toMatchObject({ status: 0, stdout: expect.stringContaining('2 migrations in m') });
});

test('an older copy is never written over', () => {
  const folder = repository();
  writeFileSync(join(folder, 'm/2_b.sql.orig'), 'mine');
  expect(fix(folder, '--since', '1').status).toBe(2);
  expect(read(folder, 'm/2_b.sql.orig')).toBe('mine');
  expect(read(folder, 'm/2_b.sql')).toBe(unsafe);
});

test('a folder with a hash of its files is left', () => {
  const folder = repository({ 'm/atlas.sum': 'h1:x\n' });
  const { status, stderr } = fix(folder, '--since', '1', '--tool', 'atlas', '--foreign-keys', 'on');
  expect(status).toBe(2);
  expect(stderr).toContain('atlas.sum');
  expect(read(folder, 'm/2_b.sql')).toBe(unsafe);
});

test('a byte order mark stays', () => {
  const folder = repository();
  writeFileSync(join(folder, 'm/2_b.sql'), `\ufeff${unsafe}`);
  expect(fix(folder, '--since', '1').status).toBe(0);
  expect(read(folder, 'm/2_b.sql')).toMatch(/^\ufeff-- Everything/);
});
