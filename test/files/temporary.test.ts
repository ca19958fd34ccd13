/** The remains of a joint kill of a run and its guardian, and the processes that may remove them. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createWorkspace } from '../../src/database/workspace.ts';
import { formatOwner, type Owner, parseOwner, thisOwner } from '../../src/files/owner.ts';
import { sweep, temporaryName } from '../../src/files/temporary.ts';
import { inProcess } from '../cli/main.ts';
import { launch } from '../database/launch.ts';
import { folderWith } from '../temporary.ts';

/** The number of a process that has ended. */
const { pid: endedPid } = spawnSync(process.execPath, ['-e', '']);
const ended: Owner = { ...thisOwner(), pid: endedPid, start: '1' };

function nameOf(owner: Owner, prefix = 'rowproof-'): string {
  return `${prefix}${formatOwner(owner)}-0123456789ab`;
}

/** Makes what a run leaves: a folder with a copy in it. */
function leave(parent: string, name: string, mode = 0o700): string {
  const folder = join(parent, name);
  mkdirSync(folder);
  writeFileSync(join(folder, 'copy.db'), 'rows');
  chmodSync(folder, mode);
  return folder;
}

test('a name contains its owner, who is alive', () => {
  const name = temporaryName('rowproof-');
  expect(parseOwner(name.slice('rowproof-'.length, -13))).toEqual(thisOwner());
  expect(thisOwner().pid).toBe(process.pid);
  const parent = folderWith();
  const folder = leave(parent, name);
  expect(sweep(parent)).toBe(0);
  expect(readdirSync(parent)).toEqual([basename(folder)]);
});

describe.skipIf(process.platform !== 'linux')('sweeping', () => {
  test.each<[string, Owner]>([
    ['that has ended', ended],
    ['whose number another process has now', { ...thisOwner(), start: '1' }],
    ['of another boot, on a disk of this machine', { ...thisOwner(), boot: '00000000' }],
  ])('removes the files of a process %s', (_who, owner) => {
    const parent = folderWith();
    leave(parent, nameOf(owner));
    leave(parent, nameOf(owner, '.rowproof-'));
    writeFileSync(join(parent, `${nameOf(owner, '.rowproof-').slice(0, -1)}c`), 'half a report', { mode: 0o600 });
    expect(sweep(parent)).toBe(3);
    expect(readdirSync(parent)).toEqual([]);
  });

  test.each<[string, (parent: string) => void]>([
    ['a folder of a living process', (parent) => leave(parent, nameOf(thisOwner()))],
    ['a folder of its parent', (parent) => leave(parent, nameOf({ ...ended, pid: process.ppid, start: '0' }))],
    ['a folder of a process in another container', (parent) => leave(parent, nameOf({ ...ended, namespace: '7' }))],
    ['a folder that others may enter', (parent) => leave(parent, nameOf(ended), 0o755)],
    ['a folder that it may not write', (parent) => leave(parent, nameOf(ended), 0o500)],
    ['a file that others may read', (parent) => writeFileSync(join(parent, nameOf(ended)), '', { mode: 0o644 })],
    [
      'a file with a second name',
      (parent) => {
        writeFileSync(join(parent, nameOf(ended)), '', { mode: 0o600 });
        linkSync(join(parent, nameOf(ended)), join(parent, 'other'));
      },
    ],
    ['a folder of a longer name', (parent) => leave(parent, `${nameOf(ended)}.bak`)],
    ['a folder of a shorter name', (parent) => leave(parent, nameOf(ended).slice(0, -1))],
    ['a folder of an earlier version', (parent) => leave(parent, 'rowproof-a1B2c3')],
    ['a folder of another prefix', (parent) => leave(parent, nameOf(ended, 'x-rowproof-'))],
    ['a folder of an unknown boot', (parent) => leave(parent, nameOf({ ...ended, boot: '0' }))],
  ])('keeps %s', (_what, make) => {
    const parent = folderWith();
    make(parent);
    const before = readdirSync(parent, { recursive: true });
    expect(sweep(parent)).toBe(0);
    expect(readdirSync(parent, { recursive: true })).toEqual(before);
  });

  test('leaves a link of our name and its target', () => {
    const parent = folderWith({ 'precious/file': '' });
    chmodSync(join(parent, 'precious'), 0o700);
    symlinkSync('precious', join(parent, nameOf(ended)));
    expect(sweep(parent)).toBe(0);
    expect(existsSync(join(parent, nameOf(ended), 'file'))).toBe(true);
  });

  test('removes a link in a folder of ours, and not its target', () => {
    const parent = folderWith({ 'precious/file': '' });
    symlinkSync(join(parent, 'precious'), join(leave(parent, nameOf(ended)), 'link'));
    expect(sweep(parent)).toBe(1);
    expect(readdirSync(parent, { recursive: true }).sort()).toEqual(['precious', 'precious/file']);
  });

  test.skipIf(process.getuid?.() !== 0)('leaves the files of another user', () => {
    const parent = folderWith();
    chownSync(leave(parent, nameOf(ended)), 65534, 65534);
    expect(sweep(parent)).toBe(0);
  });

  test('skips a folder that is missing or may not be read', () => {
    expect(sweep(join(folderWith(), 'gone'))).toBe(0);
  });
});

/** Processes that were started with a text among their arguments. */
function processesWith(text: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(text);
      } catch {
        return false;
      }
    });
}

describe.skipIf(process.platform !== 'linux')('a run that is killed together with its guardian', () => {
  afterEach(() => void vi.unstubAllEnvs());

  /** Kills a run in the middle of its work, in a folder for temporary files of its own; what it leaves has copies in it. */
  const kill = async (): Promise<string> => {
    vi.stubEnv('TMPDIR', folderWith());
    const owner = launch('workspace', 'busy');
    const folder = dirname(await owner.line());
    const argument = basename(folder).slice('rowproof-'.length, -13);
    const guardians = await vi.waitFor(() => {
      const found = processesWith(argument);
      expect(found).toHaveLength(1);
      return found;
    });
    for (const pid of guardians) process.kill(pid, 'SIGKILL');
    process.kill(-Number(owner.process.pid), 'SIGKILL');
    await owner.stop();
    await vi.waitFor(() => expect(processesWith(argument)).toEqual([]));
    expect(existsSync(join(folder, 'copy.db'))).toBe(true);
    return folder;
  };

  test('has its copies removed by the next process that makes a workspace', async () => {
    const folder = await kill();
    createWorkspace().dispose();
    expect(existsSync(folder)).toBe(false);
  });

  test('has them removed by the next command, which says so in one line', async () => {
    const folder = await kill();
    const project = folderWith({ 'm/1_a.sql': 'CREATE TABLE a (b);' });
    new Sqlite(join(project, 'p.db')).close();
    const { status, stderr } = await inProcess('gate', join(project, 'm'), '--db', join(project, 'p.db'));
    expect([status, stderr]).toEqual([
      0,
      `rowproof: removed 1 copy that a killed run had left in ${dirname(folder)}.\n`,
    ]);
    expect(existsSync(folder)).toBe(false);
  });

  test('has the draft beside an output removed by the next run that writes there', async () => {
    const project = folderWith({ 'm/1_a.sql': 'CREATE TABLE a (b);', 'out/.keep': '' });
    leave(join(project, 'out'), nameOf(ended, '.rowproof-'));
    const { stderr } = await inProcess('seed', join(project, 'm'), '-o', join(project, 'out', 'dev.db'));
    expect(stderr).toMatch(/removed 1 copy that a killed run had left in .*out\.\n$/);
    leave(join(project, 'out'), nameOf(ended, '.rowproof-'));
    await inProcess('check', join(project, 'm'), '-o', join(project, 'out', 'report.txt'));
    expect(readdirSync(join(project, 'out')).sort()).toEqual(['.keep', 'dev.db', 'report.txt']);
  });
});

test.skipIf(process.platform !== 'linux')('a folder that a guardian will remove is left to it', async () => {
  const parent = folderWith();
  leave(parent, nameOf(ended));
  const guardian = spawn(process.execPath, ['-e', 'process.stdin.resume()', formatOwner(ended)], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  await once(guardian, 'spawn');
  await vi.waitFor(() => expect(processesWith(formatOwner(ended))).toEqual([guardian.pid]));
  expect(sweep(parent)).toBe(0);
  guardian.stdin.destroy();
  await once(guardian, 'close');
  expect(sweep(parent)).toBe(1);
});
