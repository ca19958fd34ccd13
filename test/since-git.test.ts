/** Migrations that a commit of Git has are run and not judged. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { check } from '../src/api.ts';
import type { Report } from '../src/model/report.ts';
import { folderWith } from './temporary.ts';

const parent = 'CREATE TABLE p (id INTEGER PRIMARY KEY, name TEXT);\n';
const unsafe = (column: string): string => `ALTER TABLE p ADD COLUMN ${column} INTEGER NOT NULL;\n`;

function git(folder: string, ...args: string[]): void {
  const who = ['-c', 'user.name=a', '-c', 'user.email=a@example.org', '-c', 'commit.gpgsign=false'];
  const { status, stderr } = spawnSync('git', [...who, ...args], { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

/** A repository whose branch `main` has the files. */
function repository(files: Readonly<Record<string, string>>): string {
  const folder = folderWith(files);
  git(folder, 'init', '--quiet', '--initial-branch=main');
  git(folder, 'add', '.');
  git(folder, 'commit', '--quiet', '-m', 'first');
  git(folder, 'checkout', '--quiet', '-b', 'work');
  return folder;
}

const judge = (folder: string, sinceGit: string, place = 'm'): Promise<Report> =>
  check({ migrations: join(folder, place), sinceGit, dataset: ['one-row'] });
const blamed = ({ findings }: Report): string[] => findings.map(({ migration }) => migration);
const unjudged = ({ steps }: Report): string[] => [
  ...new Set(steps.filter((step) => step.unjudged === true).map(({ migration }) => migration)),
];

test('those that the commit has are not judged; new, staged and edited ones are', async () => {
  const files = { 'm/1_a.sql': parent, 'm/2_b.sql': unsafe('b'), 'm/3_c.sql': unsafe('c') };
  const folder = repository(files);
  expect(blamed(await judge(folder, 'main'))).toEqual([]);
  writeFileSync(join(folder, 'm/4_d.sql'), unsafe('d'));
  expect(blamed(await judge(folder, 'main'))).toEqual(['4_d']);
  git(folder, 'add', '.');
  writeFileSync(join(folder, 'm/2_b.sql'), `-- other\n${unsafe('b')}`);
  const report = await judge(folder, 'main');
  expect(blamed(report)).toEqual(['2_b', '4_d']);
  expect(unjudged(report)).toEqual(['1_a', '3_c']);
  git(folder, 'commit', '--quiet', '-am', 'second');
  expect(blamed(await judge(folder, 'main'))).toEqual(['2_b', '4_d']);
  expect(blamed(await judge(folder, 'HEAD'))).toEqual([]);
});

test('renamed, ignored and late files are judged', async () => {
  const folder = repository({ 'm/1_a.sql': parent, 'm/3_c.sql': unsafe('c'), 'm/9_z.sql': 'SELECT 1;' });
  renameSync(join(folder, 'm/3_c.sql'), join(folder, 'm/4_c.sql'));
  writeFileSync(join(folder, 'm/2_b.sql'), unsafe('b'));
  writeFileSync(join(folder, 'm/5_e.sql'), unsafe('e'));
  writeFileSync(join(folder, '.gitignore'), '5_e.sql\n');
  expect(unjudged(await judge(folder, 'main'))).toEqual(['1_a', '9_z']);
});

test('names with spaces, quotes and letters of any language, and a linked folder, are found', async () => {
  const folder = repository({ 'my "ü" m/1_a.sql': parent, 'my "ü" m/2 "ß"\n.sql': unsafe('b') });
  symlinkSync(join(folder, 'my "ü" m'), join(folder, 'linked'));
  expect(blamed(await judge(folder, 'main', 'linked'))).toEqual([]);
});

test('a repository below a commit hook, a filter and other line ends gives the same', async () => {
  const folder = folderWith({
    '.gitattributes': '*.sql text eol=crlf\n',
    'm/1_a.sql': parent,
    'm/2_b.sql': unsafe('b'),
  });
  git(folder, 'init', '--quiet', '--initial-branch=main');
  git(folder, 'add', '.');
  git(folder, 'commit', '--quiet', '-m', 'first');
  git(folder, 'checkout', '--quiet', '--', '.');
  writeFileSync(join(folder, 'm/2_b.sql'), unsafe('b').replaceAll('\n', '\r\n'));
  expect(blamed(await judge(folder, 'main'))).toEqual([]);
});

test.each([
  ['unknown', 'no commit of that name'],
  ['--output=x', 'no commit of that name'],
  ['main:m', 'no commit of that name'],
])('the name %s is refused', async (ref, why) => {
  const folder = repository({ 'm/1_a.sql': parent });
  await expect(judge(folder, ref)).rejects.toMatchObject({ code: 'bad-flag', message: expect.stringContaining(why) });
});

test('a folder outside of any repository is refused', async () => {
  const folder = folderWith({ 'm/1_a.sql': parent });
  mkdirSync(join(folder, 'other'));
  await expect(judge(folder, 'main')).rejects.toMatchObject({
    code: 'bad-flag',
    message: expect.stringContaining('in no Git repository'),
  });
});
