import { spawnSync } from 'node:child_process';
import { basename, dirname } from 'node:path';

/** What Git holds of a file: nothing, its content as it stands there, or another content. */
export type Tracked = 'untracked' | 'same' | 'changed';

/**
 * Asks Git whether its last commit holds a file with the content that it has now. Without Git, and outside of any
 * repository, no file is tracked. https://git-scm.com/docs/git-status
 */
export function trackedState(path: string): Tracked {
  const [folder, name] = [dirname(path), basename(path)];
  const listed = git(folder, 'ls-files', '-z', '--', `:(literal)${name}`);
  if (listed === null || listed === '') return 'untracked';
  return git(folder, 'status', '--porcelain', '-z', '--', `:(literal)${name}`) === '' ? 'same' : 'changed';
}

/** The output of Git, which writes nothing and starts no monitor of the project; null where it cannot say. */
function git(folder: string, ...args: string[]): string | null {
  const { status, stdout, error } = spawnSync('git', ['--no-optional-locks', '-c', 'core.fsmonitor=false', ...args], {
    cwd: folder,
    encoding: 'utf8',
    windowsHide: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return error === undefined && status === 0 ? stdout : null;
}
