import { writeFileSync } from 'node:fs';
import type { Settings } from '../model/settings.ts';
import type { Database } from './connection.ts';
import { openScratchFile } from './scratch-file.ts';
import { type Snapshot, snapshotFile } from './snapshot.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

/** Databases that are too large for memory, on files that only this user may read. */
export interface OnFiles {
  /** Opens a database with the content of `bytes` under a name; one that had the name before is to be closed. */
  open(name: string, bytes: Buffer): Database;
  /** Keeps the content of the database of that name, which has no open transaction, and replaces the content kept before. */
  keep(name: string): Snapshot;
  /** Removes all files; a second call does nothing. */
  dispose(): void;
}

/**
 * Makes room on files, once it is wanted.
 * @throws HarnessError `output-unwritable`
 */
export function onFiles(settings: Settings): OnFiles {
  let workspace: Workspace | null = null;
  const pathOf = (name: string): string => {
    workspace ??= createWorkspace();
    return workspace.path(name);
  };
  let opened = 0;
  const files = new Map<string, string>();
  return {
    open: (name, bytes) => {
      opened += 1;
      const file = pathOf(`${name}-${opened}.db`);
      files.set(name, file);
      writeFileSync(file, bytes, { mode: 0o600 });
      return openScratchFile(file, settings);
    },
    keep: (name) => snapshotFile(files.get(name) ?? '', pathOf(`${name}-before.db`)),
    dispose: () => {
      workspace?.dispose();
      workspace = null;
    },
  };
}
