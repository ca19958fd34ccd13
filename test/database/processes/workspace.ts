/** workspace END: makes a workspace with files in it, says where it is, and ends in the way that END names. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { createWorkspace } from '../../../src/database/workspace.ts';

// Flags for this process; another that took them over could not start.
Object.assign(process.env, { NODE_OPTIONS: '--require=/not/there.cjs' });
const workspace = createWorkspace();
writeFileSync(workspace.path('copy.db'), 'rows');
mkdirSync(workspace.path('more'));
writeFileSync(workspace.path('more/copy.db'), 'rows');
console.log(workspace.path('copy.db'));

const ends: Record<string, () => void> = {
  return: () => {},
  exit: () => process.exit(3),
  throw: () => {
    throw new Error('thrown');
  },
  // A statement of SQLite that runs on: no listener could be called.
  busy: () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60_000),
};
ends[process.argv[2] ?? '']?.();
