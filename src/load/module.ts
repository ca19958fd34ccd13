import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { createJiti } from 'jiti';
import { HarnessError, type HarnessErrorCode } from '../errors.ts';

/**
 * Imports a TypeScript or JavaScript module of the user's and returns its default export. Node's own type stripping is
 * tried first; jiti takes what it refuses (enums, imports without endings).
 * @param code what to throw when the module cannot be loaded.
 * @throws HarnessError with `code`
 */
export async function importDefault(path: string, shownAs: string, code: HarnessErrorCode): Promise<unknown> {
  if (!existsSync(path)) throw new HarnessError(code, `${shownAs} does not exist.`, { facts: { file: shownAs } });
  const jiti = createJiti(import.meta.url, { tryNative: true, moduleCache: true });
  let loaded: unknown;
  try {
    loaded = await jiti.import(resolve(path));
  } catch (cause) {
    if (cause instanceof HarnessError) throw cause;
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new HarnessError(code, `${shownAs} cannot be loaded: ${message.replaceAll(/\s*\n\s*/g, ' ').trim()}`, {
      facts: { file: shownAs },
      cause,
    });
  }
  if (typeof loaded === 'object' && loaded !== null && 'default' in loaded) return loaded.default;
  throw new HarnessError(code, `${shownAs} has no default export.`, { facts: { file: shownAs } });
}
