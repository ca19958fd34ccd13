/** Inputs that are no regular files: none is opened, so that nothing waits for the other end of a pipe. */
import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, symlinkSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { folderWith } from '../temporary.ts';
import { inProcess } from './main.ts';

const makers: Readonly<Record<string, (path: string) => void>> = {
  'a pipe': (path) => void execFileSync('mkfifo', [path]),
  'a link to a pipe': (path) => {
    execFileSync('mkfifo', [`${path}.pipe`]);
    symlinkSync(`${path}.pipe`, path);
  },
  'a device': (path) => symlinkSync('/dev/zero', path),
  'a socket': (path) => {
    // Killed before it can take the socket away.
    const script =
      "require('node:net').createServer().listen(process.argv[1], () => process.kill(process.pid, 'SIGKILL'))";
    spawnSync(process.execPath, ['-e', script, path]);
  },
  'a file of the kernel': (path) => symlinkSync('/proc/self/environ', path),
};

const places: readonly (readonly [place: string, args: (folder: string) => string[]])[] = [
  ['m/2_b.sql', (folder) => ['check', join(folder, 'm')]],
  ['seeds/1_a.sql', (folder) => ['check', join(folder, 'm')]],
  ['seeds/1_a.ts', (folder) => ['check', join(folder, 'm')]],
  ['seeds/invariants/1_a.sql', (folder) => ['check', join(folder, 'm')]],
  ['seeds/production.profile.json', (folder) => ['check', join(folder, 'm')]],
  ['shape.json', (folder) => ['check', join(folder, 'm'), '--profile', join(folder, 'shape.json')]],
  ['config.ts', (folder) => ['check', join(folder, 'm'), '--config', join(folder, 'config.ts')]],
  ['package.json', (folder) => ['check', join(folder, 'm'), '--config', join(folder, 'good.js')]],
  ['base.sql', (folder) => ['check', join(folder, 'm'), '--base', join(folder, 'base.sql')]],
  ['base.db', (folder) => ['check', join(folder, 'm'), '--base', join(folder, 'base.db')]],
  ['p.db', (folder) => ['gate', join(folder, 'm'), '--db', join(folder, 'p.db')]],
  ['p.db', (folder) => ['profile', join(folder, 'm'), '--db', join(folder, 'p.db')]],
  ['p.db', (folder) => ['migrate', join(folder, 'm'), '--db', join(folder, 'p.db')]],
  ['p.db-wal', (folder) => ['gate', join(folder, 'm'), '--db', join(folder, 'p.db')]],
  ['p.db-journal', (folder) => ['migrate', join(folder, 'm'), '--db', join(folder, 'p.db')]],
  ['p.db-shm', (folder) => ['profile', join(folder, 'm'), '--db', join(folder, 'p.db')]],
];

describe.skipIf(process.platform !== 'linux').each(Object.keys(makers))('%s', (kind) => {
  test.each(places.map(([place, args]) => ({ place, command: args('')[0], args })))(
    'in the place of $place is refused by $command',
    async ({ place, args }) => {
      const folder = folderWith({ 'm/1_a.sql': 'CREATE TABLE a (b);', 'good.js': 'module.exports = {}' });
      new Sqlite(join(folder, 'p.db')).exec('PRAGMA user_version = 1').close();
      const path = join(folder, place);
      mkdirSync(dirname(path), { recursive: true });
      rmSync(path, { force: true });
      makers[kind]?.(path);
      const { status, stdout, stderr } = await inProcess(...args(folder));
      expect([status, stdout]).toEqual([2, '']);
      const what = { 'a link to a pipe': 'a pipe' }[kind] ?? kind;
      expect(stderr).toMatch(new RegExp(`^rowproof: .*${place} is ${what}, not a file\\.\\n {2}\\S.*\\n$`));
    },
  );
});

test('links to regular files stay inputs as any other', async () => {
  const folder = folderWith({ 'elsewhere/a.sql': 'CREATE TABLE a (b);', 'm/.keep': '' });
  symlinkSync('../elsewhere/a.sql', join(folder, 'm', '1_a.sql'));
  expect((await inProcess('check', join(folder, 'm'))).status).toBe(0);
});

/** Makes a file of a size that takes no room on the disk. */
function sparse(path: string, size: number, head = ''): void {
  const descriptor = openSync(path, 'w');
  writeSync(descriptor, head);
  closeSync(descriptor);
  truncateSync(path, size);
}

describe('what is too large to be read', () => {
  const text = /has 735 MB; at most 67 MB \(67108864 bytes\) are read as text/;
  test.each([
    ['m/2_b.sql', [], text],
    ['seeds/1_a.sql', [], text],
    ['seeds/invariants/1_a.sql', [], text],
    ['seeds/1_a.mjs', [], text],
    ['config.mjs', ['--config', 'config.mjs'], text],
    ['shape.json', ['--profile', 'shape.json'], text],
    ['base.sql', ['--base', 'base.sql'], /has 735 MB; at most 537 MB \(536870888 bytes\) are read as text/],
  ])('%s is named with both sizes', async (place, flags, message) => {
    const folder = folderWith({ 'm/1_a.sql': 'CREATE TABLE a (b);', 'seeds/invariants/.keep': '' });
    sparse(join(folder, place), 735_000_000);
    const paths = flags.map((flag) => (flag.startsWith('--') ? flag : join(folder, flag)));
    const { status, stderr } = await inProcess('check', join(folder, 'm'), ...paths);
    expect([status, stderr]).toEqual([2, expect.stringMatching(message)]);
    expect(stderr).toMatch(/\n {2}Put the data into a database and name it with --base/);
  });

  test('a database of more than 2 GiB as a base is, before it is copied', async () => {
    const folder = folderWith({ 'm/1_a.sql': 'CREATE TABLE a (b);' });
    new Sqlite(join(folder, 'base.db')).exec('CREATE TABLE b (c)').close();
    truncateSync(join(folder, 'base.db'), 2_300_000_000);
    const { status, stderr } = await inProcess('check', join(folder, 'm'), '--base', join(folder, 'base.db'));
    expect([status, stderr]).toEqual([
      2,
      expect.stringMatching(/base\.db has 2\.3 GB, .* memory, where the limit is 2 GiB/),
    ]);
  });
});

test('a folder in the place of a profile, a base or a config is refused', async () => {
  const folder = folderWith({ 'm/1_a.sql': 'CREATE TABLE a (b);', 'd/x': '' });
  writeFileSync(join(folder, 'x'), '');
  for (const flag of ['--profile', '--base', '--config']) {
    const { status, stderr } = await inProcess('check', join(folder, 'm'), flag, join(folder, 'd'));
    expect([status, stderr]).toEqual([2, expect.stringMatching(/\/d is a folder, not a file/)]);
  }
});
