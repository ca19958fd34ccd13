import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import process from 'node:process';

/** A small disk of its own, in memory. */
export interface SmallDisk {
  readonly folder: string;
  /** Makes it so large. */
  readonly resize: (bytes: number) => void;
  readonly setReadOnly: (isReadOnly: boolean) => void;
  readonly unmount: () => void;
}

/** The reason why no disk can be mounted here; null where one can. */
export function mountObstacle(): string | null {
  if (process.platform !== 'linux') return 'only Linux mounts a tmpfs';
  return process.getuid?.() === 0 ? null : 'only root may mount a tmpfs';
}

/** Mounts a disk. @returns null where the system refuses it, as in a container without the right. */
export function mountDisk(folder: string, bytes: number): SmallDisk | null {
  mkdirSync(folder, { recursive: true });
  const mount = (...args: readonly string[]): void => {
    execFileSync('mount', [...args, folder], { stdio: 'ignore' });
  };
  try {
    mount('-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs');
  } catch {
    return null;
  }
  return {
    folder,
    resize: (size) => mount('-o', `remount,size=${size}`),
    setReadOnly: (isReadOnly) => mount('-o', `remount,${isReadOnly ? 'ro' : 'rw'}`),
    unmount: () => execFileSync('umount', ['-l', folder], { stdio: 'ignore' }),
  };
}
