import { execFile, spawnSync } from 'node:child_process';
import { join } from 'node:path';

const path = (name: string): string => join(import.meta.dirname, 'node_modules', '.bin', name);
const environment: NodeJS.ProcessEnv = {
  ...process.env,
  NODE_OPTIONS: '',
  CI: '1',
  NO_COLOR: '1',
  WRANGLER_SEND_METRICS: 'false',
  CHECKPOINT_DISABLE: '1',
};

/**
 * Runs a command of this suite's packages in a folder, without a terminal.
 * @throws when it fails, with all that it printed
 */
export function run(name: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): string {
  const { status, stdout, stderr, error } = spawnSync(path(name), args, {
    cwd,
    env: { ...environment, ...env },
    encoding: 'utf8',
    timeout: 120_000,
  });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${name} ended with ${status}: ${stdout}${stderr}`);
  return stdout;
}

/** The same beside others: how it ended, and all that it printed. */
export function runAside(
  name: string,
  args: readonly string[],
  cwd: string,
): Promise<{ readonly status: number; readonly output: string }> {
  return new Promise((resolve) => {
    execFile(path(name), args, { cwd, env: environment, timeout: 120_000 }, (error, stdout, stderr) => {
      const { code = 0 } = error ?? {};
      resolve({ status: typeof code === 'number' ? code : 1, output: stdout + stderr });
    });
  });
}
