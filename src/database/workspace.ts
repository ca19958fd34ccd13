import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HarnessError } from '../errors.ts';
import { describeFault, faultOf, systemCode } from '../files/faults.ts';
import { makeTemporaryFolder, sweep } from '../files/temporary.ts';
import { postGuardian } from './guardian.ts';

/** A folder for copies of databases that nobody but this user may enter. */
export interface Workspace {
  /** The path of the file `name` in it. */
  path(name: string): string;
  /**
   * Removes the folder with all that is in it; a second call does nothing. What cannot be removed yet, as files that
   * are open on Windows, goes when the process ends.
   */
  dispose(): void;
}

/**
 * Makes a workspace in the system's folder for temporary files. However the process ends, be it by SIGKILL, the folder
 * is removed: by a guardian, or where that is killed as well by the next process that makes a workspace there.
 * @throws HarnessError `output-unwritable` or `disk-full` when the folder cannot be made
 */
export function createWorkspace(): Workspace {
  sweep(tmpdir());
  const folder = makeFolder();
  const dismissGuardian = postGuardian(folder);
  const dispose = (): void => {
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch {
      return;
    }
    process.off('exit', dispose);
    dismissGuardian();
  };
  process.on('exit', dispose);
  return { path: (name) => join(folder, name), dispose };
}

function makeFolder(): string {
  try {
    return makeTemporaryFolder(tmpdir(), 'rowproof-');
  } catch (cause) {
    const what = 'No folder for temporary copies can be made';
    const message = cause instanceof Error ? cause.message : String(cause);
    const fault = faultOf(systemCode(cause) ?? '');
    if (fault !== null) throw describeFault(fault, { what, folder: tmpdir(), message, cause });
    throw new HarnessError('output-unwritable', `${what}: ${message}.`, {
      remedy: 'Set TMPDIR to a folder that exists and that you may write to.',
      facts: { folder: tmpdir() },
      cause,
    });
  }
}
