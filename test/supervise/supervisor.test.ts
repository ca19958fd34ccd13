/** The process that supervises the command: signals, its own end, and what it makes of the end of the command. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { describeEnd } from '../../src/supervise/ending.ts';
import { some } from '../breadth.ts';
import { command } from '../cli/run.ts';
import { endless } from '../hostile/user-code.ts';
import { folderWith } from '../temporary.ts';

/** The command inside an endless statement of a check, and the process that runs it. */
async function running(config = ''): Promise<{ supervisor: ChildProcess; pid: number; temporary: string }> {
  const cwd = folderWith({
    'migrations/1_a.sql': `CREATE TABLE a (b); ${endless};`,
    'tmp/.keep': '',
    'rowproof.config.mjs': `import { writeFileSync } from 'node:fs';
      ${config}
      export default { dataset: ['one-row'], connect: () => writeFileSync('pid', String(process.pid)) };`,
  });
  const supervisor = spawn(process.execPath, [...command, 'check'], {
    cwd,
    env: { ...process.env, NODE_OPTIONS: '', TMPDIR: join(cwd, 'tmp') },
    stdio: 'ignore',
  });
  const file = join(cwd, 'pid');
  await vi.waitFor(() => expect(existsSync(file) && readFileSync(file, 'utf8')).toMatch(/^\d+$/), wait);
  return { supervisor, pid: Number(readFileSync(file, 'utf8')), temporary: join(cwd, 'tmp') };
}

const wait = { timeout: 30_000, interval: 50 };

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe.skipIf(process.platform === 'win32')('while a statement runs', () => {
  test.each(some(['SIGTERM', 'SIGINT', 'SIGKILL', 'SIGHUP'] as const, 1))(
    'a %s to the supervisor ends it and the command, and leaves nothing',
    async (signal) => {
      const { supervisor, pid, temporary } = await running();
      expect(pid).not.toBe(supervisor.pid);
      supervisor.kill(signal);
      await once(supervisor, 'exit');
      expect(supervisor.signalCode).toBe(signal);
      await vi.waitFor(() => expect(isAlive(pid)).toBe(false), wait);
      await vi.waitFor(() => expect(readdirSync(temporary)).toEqual(['.keep']), wait);
    },
  );

  test('a config that ignores signals cannot keep it running', async () => {
    const { supervisor, pid } = await running("process.on('SIGTERM', () => {});");
    supervisor.kill('SIGTERM');
    await once(supervisor, 'exit');
    expect(supervisor.signalCode).toBe('SIGTERM');
    expect(isAlive(pid)).toBe(false);
  });

  test('a command that another process kills has no verdict', async () => {
    const { supervisor, pid } = await running();
    process.kill(pid, 'SIGKILL');
    await once(supervisor, 'exit');
    expect(supervisor.exitCode).toBe(2);
  });
});

describe('the ending of a command without a verdict', () => {
  const end = { code: null, signal: null, error: null, left: null };
  test.each([
    [{ ...end, code: 0, left: { kind: 'left', at: 'c.ts:3', doing: null } as const }, /^process\.exit\(0\) .* c\.ts:3/],
    [{ ...end, code: 0, left: { kind: 'left', at: null, doing: 'Seed a' } as const }, /exit code 0 .*Seed a/],
    [{ ...end, code: 0 }, /exit code 0,/],
    [{ ...end, signal: 'SIGSEGV' as const }, /SIGSEGV/],
    [{ ...end, signal: 'SIGKILL' as const }, /killed by SIGKILL/],
    [{ ...end, signal: 'SIGABRT' as const }, /JavaScript ran out of memory/],
    [{ ...end, error: new Error('spawn EAGAIN') }, /cannot be started: spawn EAGAIN/],
  ])('%j', (ending, says) => {
    const { message, remedy } = describeEnd(ending);
    expect(message).toMatch(says);
    expect(message).toMatch(/no report\.$/);
    expect(remedy).not.toBe('');
  });
});
