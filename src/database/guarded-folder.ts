import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Prefix, sweep, temporaryName } from '../files/temporary.ts';
import { postGuardian } from './guardian.ts';

/** A folder that only this user may enter and that is removed with this process. */
export interface GuardedFolder {
  readonly path: string;
  /**
   * Removes the folder with all that is in it; a second call does nothing. What cannot be removed yet, as files that
   * are open on Windows, goes when the process ends.
   */
  dispose(): void;
}

/**
 * Makes a folder that is removed after any end of the process: by a guardian, or, if that is killed too, by the next
 * process that makes one there.
 * @throws the error of the file system
 */
export function makeGuardedFolder(parent: string, prefix: Prefix): GuardedFolder {
  sweep(parent);
  const path = join(parent, temporaryName(prefix));
  // Before the folder exists, so a signal at any moment finds its guardian.
  const dismissGuardian = postGuardian(path);
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    dismissGuardian();
    throw error;
  }
  const dispose = (): void => {
    try {
      rmSync(path, { recursive: true, force: true });
    } catch {
      return;
    }
    process.off('exit', dispose);
    dismissGuardian();
  };
  process.on('exit', dispose);
  return { path, dispose };
}
