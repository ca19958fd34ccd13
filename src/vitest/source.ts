import { resolve } from 'node:path';
import { vi } from 'vitest';

/**
 * Makes a file known to vitest, which quotes and annotates only files that it has loaded itself. Where it cannot load
 * this one, the failure is reported without the quotation.
 */
export async function showSource(file: string): Promise<void> {
  await vi.importActual(`${resolve(file)}?raw`).catch(() => {});
}
