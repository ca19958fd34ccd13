import { vi } from 'vitest';
import { main } from '../../src/cli.ts';
import type { Run } from './run.ts';

/** Runs the command line in this process, which is faster than a process of its own, and catches what it prints. */
export async function inProcess(...args: readonly string[]): Promise<Run> {
  const printed = { stdout: '', stderr: '' };
  const catchInto = (stream: 'stdout' | 'stderr') =>
    vi.spyOn(process[stream], 'write').mockImplementation((text) => {
      printed[stream] += String(text);
      return true;
    });
  const spies = [catchInto('stdout'), catchInto('stderr')];
  try {
    return { status: await main(args), ...printed };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
