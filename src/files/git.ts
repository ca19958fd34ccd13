import { spawnSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { HarnessError } from '../errors.ts';

/**
 * The files below a folder that a commit holds with the content that they have now, as absolute real paths. Git itself
 * compares, so that line ends and filters count as they do for `git diff`: https://git-scm.com/docs/git-diff
 * @param ref a name of the commit: a branch, a tag, a hash.
 * @param flag the flag that asks, for the error.
 * @throws HarnessError `bad-flag` where Git is missing, the folder is in no repository, or no commit has that name
 */
export function filesOfCommit(ref: string, folder: string, flag: string): ReadonlySet<string> {
  const fail = (why: string, remedy: string): HarnessError =>
    new HarnessError('bad-flag', `${flag} ${ref}: ${why}.`, { remedy, facts: { ref, folder } });
  const git = (...args: string[]): string | null => {
    const output = runGit(folder, args);
    if (output === undefined) throw fail('git cannot be started', 'Install Git, or name the last applied migration.');
    return output;
  };

  if (git('rev-parse', '--is-inside-work-tree') === null)
    throw fail(`${folder} is in no Git repository`, 'Name the last applied migration with --since instead.');
  // A name may be that of a file as well, or begin with a dash.
  const commit = git('rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`)?.trim();
  if (commit === undefined)
    throw fail('the repository has no commit of that name', `Name a branch, a tag or a hash; in CI, fetch it first.`);
  const held = git('ls-tree', '-r', '-z', '--name-only', commit);
  const changed = git('diff', '--relative', '--name-only', '--no-renames', '--no-ext-diff', '-z', commit, '--', '.');
  if (held === null || changed === null)
    throw fail('Git cannot compare the folder with it', `Run git diff ${ref} there to see why.`);
  const root = realpathSync(folder);
  const files = new Set(pathsIn(held, root));
  for (const file of pathsIn(changed, root)) files.delete(file);
  return files;
}

/** Git's state of a file: nothing, the same content, or another content. */
export type Tracked = 'untracked' | 'same' | 'changed';

/**
 * Asks Git whether its last commit holds a file with the content that it has now. Without Git, and outside of any
 * repository, no file is tracked. https://git-scm.com/docs/git-status
 */
export function trackedState(path: string): Tracked {
  const [folder, name] = [dirname(path), basename(path)];
  const ask = (...args: string[]): string | null | undefined => runGit(folder, [...args, '--', `:(literal)${name}`]);
  if (!ask('ls-files', '-z')) return 'untracked';
  return ask('status', '--porcelain', '-z') === '' ? 'same' : 'changed';
}

/**
 * The output of a command of Git, which writes neither its index nor its cache and starts no monitor of the project; null
 * where it fails, undefined where Git cannot be started.
 */
function runGit(folder: string, args: readonly string[]): string | null | undefined {
  const { status, stdout, error } = spawnSync('git', ['--no-optional-locks', '-c', 'core.fsmonitor=false', ...args], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    windowsHide: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  if (error !== undefined) return undefined;
  return status === 0 ? stdout : null;
}

function pathsIn(listed: string, root: string): string[] {
  return listed
    .split('\0')
    .filter((path) => path !== '')
    .map((path) => resolve(root, path));
}
