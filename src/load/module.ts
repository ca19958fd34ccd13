import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { createJiti } from 'jiti';
import { HarnessError, type HarnessErrorCode } from '../errors.ts';
import { readRegular, refuseLarge, textLimit } from '../files/regular.ts';

/**
 * Imports a TypeScript or JavaScript module of the user's and returns its default export. ES modules go to Node's own
 * type stripping first, which is faster; jiti takes what it refuses (enums, imports without endings).
 * @param code what to throw when the module cannot be loaded.
 * @throws HarnessError with `code`
 */
export async function importDefault(path: string, shownAs: string, code: HarnessErrorCode): Promise<unknown> {
  if (!existsSync(path)) throw new HarnessError(code, `${shownAs} does not exist.`, { facts: { file: shownAs } });
  refuseLarge(path, { shownAs, limit: textLimit, code });
  const jiti = createJiti(import.meta.url, { tryNative: isDeclaredModule(resolve(path)) });
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

/**
 * Whether Node is told that the file is an ES module. Where it has to guess, it guesses right and prints a warning of
 * four lines (https://nodejs.org/api/packages.html#syntax-detection), so such files go to jiti.
 */
function isDeclaredModule(path: string): boolean {
  if (/\.m[jt]s$/.test(path)) return true;
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest)) return /"type"\s*:\s*"module"/.test(readManifest(manifest));
    if (folder === dirname(folder)) return false;
  }
}

function readManifest(manifest: string): string {
  return readRegular(manifest, { shownAs: manifest, limit: textLimit, code: 'file-unreadable' }).toString();
}
