import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { systemCode } from './faults.ts';
import { outputError } from './output.ts';

/**
 * Writes a file that is not there yet, and the folders above it.
 * @returns false where something has that name; that stays unchanged.
 * @throws HarnessError `output-unwritable`, `disk-full`
 */
export function createFile(path: string, text: string): boolean {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw outputError(path, path, error);
  }
}
