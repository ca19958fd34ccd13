/** What `rowproof init` writes into projects, and what it leaves alone. */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { filesFor } from '../src/init/files.ts';
import { lookAround } from '../src/init/surroundings.ts';
import { rowproof } from './cli/run.ts';
import { folderWith } from './temporary.ts';

const sql = { 'db/migrations/1_a.sql': 'CREATE TABLE a (b);' };
const withVitest = { 'package.json': '{ "devDependencies": { "vitest": "5" } }' };
const found = { directory: 'db/migrations', assumedDriver: null, programs: false };

/** The files of a folder with their texts, without those of Git. */
function contents(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('.git/'))
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(names.map((name) => [name.slice(folder.length + 1), readFileSync(name, 'utf8')]));
}

describe('the command', () => {
  test('writes nothing unless somebody agrees', () => {
    const cwd = folderWith({ ...sql, ...withVitest, '.github/x': '' });
    const before = contents(cwd);
    const { status, stdout, stderr } = rowproof(['init'], { cwd });
    expect(status).toBe(2);
    expect(stderr).toContain('--yes');
    expect(stdout).toBe('');
    expect(stderr).toContain("migrations: 'db/migrations',");
    expect(contents(cwd)).toEqual(before);
  });

  test('writes what it has shown, once, and a check takes the config', () => {
    const cwd = folderWith({ ...sql, ...withVitest, '.github/x': '' });
    const first = rowproof(['init', '--yes'], { cwd });
    expect(first.status).toBe(0);
    const written = contents(cwd);
    expect(Object.keys(written)).toEqual(
      expect.arrayContaining(['rowproof.config.ts', 'test/migrations.test.ts', '.github/workflows/rowproof.yml']),
    );
    for (const name of ['rowproof.config.ts', 'test/migrations.test.ts', '.github/workflows/rowproof.yml'])
      for (const line of (written[name] ?? '').split('\n')) expect(first.stderr).toContain(line);
    const second = rowproof(['init', '--yes'], { cwd });
    expect(second.stdout.match(/^exists /gm)).toHaveLength(3);
    expect(contents(cwd)).toEqual(written);
  });

  test('a project without package.json gets a config that needs no package', () => {
    const cwd = folderWith({ ...sql, 'go.mod': 'module x' });
    expect(rowproof(['init', '--yes', '--ci', 'gitlab'], { cwd })).toMatchObject({ status: 0 });
    expect(Object.keys(contents(cwd)).sort()).toEqual(
      ['.gitlab-ci.yml', 'db/migrations/1_a.sql', 'go.mod', 'rowproof.config.mjs'].sort(),
    );
    const { status, stdout } = rowproof(['check', '--dataset', 'one-row'], { cwd });
    expect([status, stdout]).toEqual([0, expect.stringContaining('1 migration in db/migrations')]);
  });

  test('several folders of migrations are a question of its own', () => {
    const cwd = folderWith({ ...sql, 'other/migrations/1_a.sql': 'CREATE TABLE a (b);' });
    expect(rowproof(['init', '--yes'], { cwd })).toMatchObject({ status: 2, stdout: '' });
  });
});

describe('the surroundings', () => {
  test.each([
    ['pnpm-lock.yaml', 'pnpm'],
    ['yarn.lock', 'yarn'],
    ['bun.lock', 'bun'],
    ['package-lock.json', 'npm'],
  ])('%s means %s', (lockfile, manager) => {
    const root = folderWith({ ...withVitest, [lockfile]: '' });
    expect(lookAround(root).packages).toEqual({ manager, hasVitest: true, hasRowproof: false });
  });

  test('a package of a monorepo has the lockfile and the service of its repository', () => {
    const root = folderWith({
      'pnpm-lock.yaml': '',
      '.git/config': '[remote "origin"]\n\turl = git@github.com:a/b.git\n',
      'apps/api/package.json': '{}',
    });
    expect(lookAround(join(root, 'apps/api'))).toEqual({
      root: join(root, 'apps/api'),
      repository: root,
      packages: { manager: 'pnpm', hasVitest: false, hasRowproof: false },
      ci: 'github',
    });
  });

  test.each([
    ['{ not json', {}],
    ['[]', {}],
    ['{ "dependencies": [], "devDependencies": null }', {}],
  ])('%j as package.json names no package', (text) => {
    expect(lookAround(folderWith({ 'package.json': text })).packages).toMatchObject({ hasVitest: false });
  });
});

describe('the job', () => {
  const hostile = 'my "app\' $(x) #1: y';

  test.each(['github', 'gitlab'] as const)('of %s is YAML with the folder, whatever its name is', (ci) => {
    const root = folderWith({});
    const project = join(root, hostile);
    mkdirSync(project);
    mkdirSync(join(root, '.git'));
    const around = lookAround(project);
    const file = filesFor(around, { ...found, directory: join(project, 'db/migrations') }, ci).at(-1);
    const read: unknown = parse(file?.text ?? '');
    const patterns = [`${hostile}/db/migrations/**`, `${hostile}/db/seeds/**`, `${hostile}/rowproof.config.mjs`];
    expect(read).toMatchObject(
      ci === 'github'
        ? {
            on: { pull_request: { paths: patterns } },
            jobs: { migrations: { defaults: { run: { 'working-directory': hostile } } } },
          }
        : {
            rowproof: {
              rules: [{ changes: patterns }],
              script: expect.arrayContaining([`cd '${hostile.replaceAll("'", "'\\''")}'`]),
              artifacts: { reports: { codequality: `${hostile}/rowproof.json` } },
            },
          },
    );
  });

  test.each(['npm', 'pnpm', 'yarn', 'bun'] as const)(
    'installs with %s and compares with the target branch',
    (manager) => {
      const root = folderWith({});
      const around = {
        root,
        repository: root,
        packages: { manager, hasVitest: false, hasRowproof: true },
        ci: 'github',
      } as const;
      const text = filesFor(around, { ...found, directory: join(root, 'm') }, 'github').at(-1)?.text ?? '';
      expect(text).toContain('rowproof check --since-git FETCH_HEAD');
      expect(text).toMatch(new RegExp(`- run: .*${manager === 'npm' ? 'npm ci' : `${manager} install`}`));
      expect(text).not.toContain('working-directory');
    },
  );

  test('beside a pipeline of GitLab it is a file to include', () => {
    const root = folderWith({ '.gitlab-ci.yml': 'x: 1\n' });
    const file = filesFor(lookAround(root), { ...found, directory: join(root, 'm') }, 'gitlab').at(-1);
    expect(file).toMatchObject({ path: join(root, '.gitlab/rowproof.yml'), todo: expect.stringContaining('include') });
  });
});
