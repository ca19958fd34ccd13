import { readFileSync } from 'node:fs';
import { createRequire, findPackageJSON, registerHooks } from 'node:module';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { loadModule } from '../../load/module.ts';

/** Functions that load modules of the user. */
export interface Importer {
  readonly importFile: (path: string) => Promise<object>;
  readonly importPackage: (name: string) => Promise<object>;
}

const scheme = 'rowproof-package:';

/** Other files, as `.sequelizerc` and a config in JSON, are what `require` takes them for. */
const isProgram = /\.[cm]?[jt]sx?$/;

/** Makes an importer of packages as a file of the user's would have them. @param from the file, which need not be there. */
export function createImporter(from: string): Importer {
  const parentURL = pathToFileURL(from).href;
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier.startsWith(scheme)
        ? next(specifier.slice(scheme.length), { ...context, parentURL })
        : next(specifier, context),
  });
  const require = createRequire(from);
  const required = (name: string): unknown => require(name);
  const imported = (name: string): Promise<unknown> => import(scheme + name);
  return {
    importFile: async (path) => {
      if (!isProgram.test(path)) return asNamespace(require(path));
      if (!isSeenByRequire(path)) return toObject(await loadModule(path));
      try {
        return asNamespace(require(path));
      } catch (error) {
        if (!(error instanceof SyntaxError) && !hasNoSuchForm(error, path)) throw error;
        return toObject(await loadModule(path));
      }
    },
    importPackage: async (name) => {
      const [first, second] = isRequired(name, parentURL) ? [required, imported] : [imported, required];
      try {
        return toObject(await first(name));
      } catch (error) {
        // A package may have one form alone.
        if (!hasNoSuchForm(error)) throw error;
        return toObject(await second(name));
      }
    },
  };
}

/** Whether a package is required and not imported: with hooks, Node 22 does not always find what a CommonJS package imports. */
function isRequired(name: string, from: string): boolean {
  if (!process.versions.node.startsWith('22.')) return false;
  const manifest = findPackageJSON(name, from);
  return manifest !== undefined && !/"type"\s*:\s*"module"/.test(readFileSync(manifest, 'utf8'));
}

/** Node 22 tells no hook that a CommonJS file, once imported, requires a driver; it tells where the file is required itself. */
function isSeenByRequire(path: string): boolean {
  if (!process.versions.node.startsWith('22.') || !/\.c?js$/.test(path)) return false;
  const manifest = path.endsWith('.cjs') ? undefined : findPackageJSON(pathToFileURL(path));
  return manifest === undefined || !/"type"\s*:\s*"module"/.test(readFileSync(manifest, 'utf8'));
}

/** The namespace that `import` gives for a CommonJS file. https://nodejs.org/api/esm.html#commonjs-namespaces */
function asNamespace(exports: unknown): object {
  if (typeof exports !== 'object' || exports === null) return { default: exports };
  // A file of ES syntax has a namespace of its own.
  return Reflect.get(exports, Symbol.toStringTag) === 'Module' ? exports : { ...exports, default: exports };
}

/** @param path a file that is there: what it requires may be missing in both forms, and that error stands. */
function hasNoSuchForm(error: unknown, path?: string): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  const form = path === undefined ? /NOT_FOUND|NOT_EXPORTED|REQUIRE_/ : /REQUIRE_/;
  return form.test(String(error.code));
}

function toObject(module: unknown): object {
  if ((typeof module === 'object' && module !== null) || typeof module === 'function') return module;
  return { default: module };
}
