import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describePlace, userPlace, wordsOf } from '../blame.ts';
import { HarnessError, type HarnessErrorCode } from '../errors.ts';
import { refuseLarge, textLimit } from '../files/regular.ts';
import { asLoading } from '../watch/activity.ts';
import { importWithJiti } from './with-jiti.ts';

/**
 * Imports a user's TypeScript or JavaScript module and returns its default export. Node's own type stripping comes
 * first, because it is faster; jiti loads the modules that it refuses (enums, imports without endings).
 * @param code the code of the error if the module cannot be loaded.
 * @throws HarnessError with `code`, and the line of the user's code that threw
 */
export async function importDefault(path: string, shownAs: string, code: HarnessErrorCode): Promise<unknown> {
  if (!existsSync(path)) throw new HarnessError(code, `${shownAs} does not exist.`, { facts: { file: shownAs } });
  refuseLarge(path, { shownAs, limit: textLimit, code });
  refuseManifest(resolve(path));
  let loaded: unknown;
  try {
    loaded = await asLoading(`Loading ${shownAs}`, () => loadModule(resolve(path)));
  } catch (cause) {
    if (cause instanceof HarnessError) throw cause;
    throw notLoaded(shownAs, code, cause);
  }
  if (isModule(loaded)) {
    const value = isModule(loaded.default) ? loaded.default.default : loaded.default;
    if (!isThenable(value)) return value;
    throw new HarnessError(code, `${shownAs} has a promise for its default export.`, {
      remedy: 'Export the value itself; a module may use top-level await.',
      facts: { file: shownAs },
    });
  }
  throw new HarnessError(code, `${shownAs} has no default export.`, { facts: { file: shownAs } });
}

/** A value that an async function would await on return, and that may never settle. */
function isThenable(value: unknown): boolean {
  try {
    return typeof value === 'object' && value !== null && 'then' in value;
  } catch {
    // A proxy that throws; its reader reports it.
    return false;
  }
}

/** Node reads the nearest package.json before a module, and would wait if a pipe had that name. */
function refuseManifest(file: string): void {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest)) {
      refuseLarge(manifest, { shownAs: manifest, limit: textLimit, code: 'file-unreadable' });
      return;
    }
    if (folder === dirname(folder)) return;
  }
}

/** A module with a default export; the default export of a transpiled CommonJS module has one too. */
function isModule(value: unknown): value is { readonly default: unknown } {
  return typeof value === 'object' && value !== null && 'default' in value;
}

/**
 * Imports a TypeScript or JavaScript module by its absolute path: by Node, and by jiti what Node refuses.
 * @throws what the module throws
 */
export async function loadModule(file: string): Promise<unknown> {
  try {
    return await importQuietly(file);
  } catch (error) {
    if (!isRefusedByNode(error)) throw error;
  }
  return importWithJiti(file);
}

/**
 * Without the four lines in which Node reports a guess that a file is an ES module: the guess is right
 * (https://nodejs.org/api/packages.html#syntax-detection).
 */
async function importQuietly(file: string): Promise<unknown> {
  const warn = process.emitWarning;
  process.emitWarning = (warning: string | Error, ...rest: unknown[]) => {
    const [options] = rest;
    const code = typeof options === 'object' && options !== null && 'code' in options ? options.code : rest[1];
    if (code !== 'MODULE_TYPELESS_PACKAGE_JSON') Reflect.apply(warn, process, [warning, ...rest]);
  };
  try {
    return await import(pathToFileURL(file).href);
  } finally {
    process.emitWarning = warn;
  }
}

/** Whether Node cannot parse a module or one of its imports, so none of it has run. */
function isRefusedByNode(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  const isUnknown =
    /^ERR_(?:\w*TYPESCRIPT\w*|\w*TYPE_STRIPPING|MODULE_NOT_FOUND|UNSUPPORTED_DIR_IMPORT|UNKNOWN_FILE_EXTENSION)$/;
  // `require`, `__dirname` … in what is an ES module for its imports.
  return (
    isUnknown.test(code) || error instanceof SyntaxError || /is not defined in ES module scope/.test(error.message)
  );
}

function notLoaded(shownAs: string, code: HarnessErrorCode, cause: unknown): HarnessError {
  const place = userPlace(cause);
  const where = place === null ? '' : ` (${describePlace(place)})`;
  return new HarnessError(code, `${shownAs} cannot be loaded: ${wordsOf(cause)}${where}`, {
    facts: place === null ? { file: shownAs } : { file: place.file, line: place.line },
    cause,
  });
}
