import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { createWorkspace } from '../../src/database/workspace.ts';
import { launch } from './launch.ts';

describe.concurrent('createWorkspace', () => {
  it('makes an empty folder that only its owner may enter', () => {
    const workspace = createWorkspace();
    const folder = dirname(workspace.path('copy.db'));
    expect(dirname(folder)).toBe(tmpdir());
    expect(readdirSync(folder)).toEqual([]);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    workspace.dispose();
  });

  it('is removed at once by dispose, which may be called twice', () => {
    const workspace = createWorkspace();
    writeFileSync(workspace.path('copy.db'), 'rows');
    workspace.dispose();
    expect(existsSync(dirname(workspace.path('copy.db')))).toBe(false);
    workspace.dispose();
  });

  it.skipIf(process.platform !== 'linux')('posts one guardian for all, and another when that is gone', async () => {
    const guardians = (): string[] => {
      const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim().split(' ');
      return children.filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`\0${process.pid}-`));
    };
    const [one, other] = [createWorkspace(), createWorkspace()];
    await vi.waitFor(() => expect(guardians()).toHaveLength(1));
    const [first] = guardians();
    process.kill(Number(first), 'SIGKILL');
    // Node has noticed it once its number is free.
    await vi.waitFor(() => expect(existsSync(`/proc/${first}`)).toBe(false));
    const third = createWorkspace();
    await vi.waitFor(() => expect(guardians()).toHaveLength(1));
    for (const each of [one, other, third]) each.dispose();
    await vi.waitFor(() => expect(guardians()).toEqual([]), { timeout: 10_000 });
  });

  it.for([
    { end: 'return', code: 0 },
    { end: 'exit', code: 3 },
    { end: 'throw', code: 1 },
  ])('does not keep a process running that ends by $end, and is removed with it', async ({ end, code }) => {
    const owner = launch('workspace', end);
    const folder = dirname(await owner.line());
    expect((await owner.stop()).code).toBe(code);
    expect(existsSync(folder)).toBe(false);
  });

  it.for(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)('is removed when %s kills a busy process', async (signal) => {
    const owner = launch('workspace', 'busy');
    const folder = dirname(await owner.line());
    expect(existsSync(folder)).toBe(true);
    // To the whole group, as a terminal does.
    process.kill(-Number(owner.process.pid), signal);
    await owner.stop();
    expect(owner.process.signalCode).toBe(signal);
    await vi.waitFor(() => expect(existsSync(folder)).toBe(false), { timeout: 10_000 });
  });
});
