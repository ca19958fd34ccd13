import { rmSync, writeFileSync } from 'node:fs';
import { createWorkspace, type Workspace } from '../workspace.ts';

/** A file that stands in for a database in memory. */
export interface Scratch {
  readonly path: string;
  /** Removes the file, and its workspace with the last one. */
  discard(): void;
}

let workspace: Workspace | null = null;
let made = 0;
const inUse = new Set<string>();

/** Makes a scratch file with the given bytes, or one that SQLite has still to make. */
export function createScratch(bytes: Buffer | undefined): Scratch {
  workspace ??= createWorkspace();
  made += 1;
  const path = workspace.path(`${made}.db`);
  if (bytes !== undefined) writeFileSync(path, bytes);
  inUse.add(path);
  return {
    path,
    discard: () => {
      rmSync(path, { force: true });
      inUse.delete(path);
      if (inUse.size > 0) return;
      workspace?.dispose();
      workspace = null;
    },
  };
}
