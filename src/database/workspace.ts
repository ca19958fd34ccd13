import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HarnessError } from '../errors.ts';
import { describeFault, faultOf, systemCode } from '../files/faults.ts';
import { type GuardedFolder, makeGuardedFolder } from './guarded-folder.ts';

/** A folder for copies of databases that only this user may enter. */
export interface Workspace {
  /** The path of the file `name` in it. */
  path(name: string): string;
  /** Removes the folder with all that is in it; a second call does nothing. */
  dispose(): void;
}

/**
 * Makes a workspace in the system's folder for temporary files. The folder is removed after any end of the process,
 * even by SIGKILL.
 * @throws HarnessError `output-unwritable` or `disk-full` when the folder cannot be made
 */
export function createWorkspace(): Workspace {
  const folder = makeFolder();
  return { path: (name) => join(folder.path, name), dispose: folder.dispose };
}

function makeFolder(): GuardedFolder {
  try {
    return makeGuardedFolder(tmpdir(), 'rowproof-');
  } catch (cause) {
    const what = 'A folder for temporary copies cannot be created';
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
