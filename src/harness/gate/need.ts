import { statSync } from 'node:fs';
import type { ResolvedConfig } from '../../config.ts';
import { formatSize } from '../../text/size.ts';

/**
 * Words for the rehearsal of a file that the machine stops, with the space that it may need. A rebuild of all that is in a
 * file was measured to take three times its size: the copy, the state before, and what it writes. A deploy as a whole runs
 * on one more copy. An interruption takes four more: the stopped run and its remains, a complete run, and the second run.
 */
export function describeWork(file: string, { interrupt, settings }: ResolvedConfig): string {
  const size = sizeOf(file);
  const copies = 3 + (settings.transaction === 'all-pending' ? 1 : 0) + (interrupt ? 4 : 0);
  const need = size === null ? '' : `, for which ${formatSize(copies * size)} may be needed,`;
  return `The rehearsal on a copy of ${file}${need} cannot continue`;
}

function sizeOf(file: string): number | null {
  try {
    return statSync(file).size;
  } catch {
    // It is missing or a link to itself, which is already reported.
    return null;
  }
}
