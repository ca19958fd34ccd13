import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/**
 * Runs a command of this suite's packages in a folder, without a terminal.
 * @throws when it fails, with all that it printed
 */
export function run(name: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): string {
  const { status, stdout, stderr, error } = spawnSync(join(import.meta.dirname, 'node_modules', '.bin', name), args, {
    cwd,
    env: { ...process.env, NODE_OPTIONS: '', CI: '1', NO_COLOR: '1', ...env },
    encoding: 'utf8',
    timeout: 120_000,
  });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${name} ended with ${status}: ${stdout}${stderr}`);
  return stdout;
}
