import { randomBytes } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { formatOwner, isGone, type Owner, parseOwner, thisOwner } from './owner.ts';

/** The beginnings of names: of a folder for temporary files, and of a file beside an output. */
export type Prefix = 'rowproof-' | '.rowproof-';

/** A new name that includes its owner, so that a later run can remove the remains of a killed one. */
export function temporaryName(prefix: Prefix): string {
  return `${prefix}${formatOwner(thisOwner())}-${randomBytes(6).toString('hex')}`;
}

const named = /^\.?rowproof-(.+)-[0-9a-f]{12}$/;

/**
 * Removes the remains of dead processes from a folder: a SIGKILL of both a run and its guardian leaves copies of a
 * database. Only a folder or file with a name of ours, of this user and with our mode is removed; links are neither
 * followed nor removed. Files that cannot be read or removed stay, and a guardian keeps its own files.
 * @returns how many were removed
 */
export function sweep(parent: string): number {
  return listNames(parent).filter((name) => {
    const owner = parseOwner(named.exec(name)?.[1] ?? '');
    if (owner === null) return false;
    const path = join(parent, name);
    return isOurs(path) && isGone(owner, parent) && !isWatched(owner) && remove(path);
  }).length;
}

function isOurs(path: string): boolean {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined || stats.uid !== (process.getuid?.() ?? stats.uid)) return false;
  const mode = stats.mode & 0o777;
  return (stats.isDirectory() && mode === 0o700) || (stats.isFile() && mode === 0o600 && stats.nlink === 1);
}

/** Whether a guardian is about to remove what an owner has left: a process that has the owner as an argument. */
function isWatched(owner: Owner): boolean {
  const argument = `\0${formatOwner(owner)}\0`;
  return listNames('/proc').some((entry) => {
    try {
      return /^\d+$/.test(entry) && readFileSync(`/proc/${entry}/cmdline`, 'utf8').includes(argument);
    } catch {
      // It has ended in the meantime.
      return false;
    }
  });
}

function listNames(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function remove(path: string): boolean {
  try {
    rmSync(path, { recursive: true });
    return true;
  } catch {
    // Another run was faster, or a part of it cannot be removed.
    return false;
  }
}
