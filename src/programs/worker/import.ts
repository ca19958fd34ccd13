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
    importFile: async (path) => toObject(await loadModule(path)),
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

function hasNoSuchForm(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /NOT_FOUND|NOT_EXPORTED|REQUIRE_/.test(String(error.code));
}

function toObject(module: unknown): object {
  if ((typeof module === 'object' && module !== null) || typeof module === 'function') return module;
  return { default: module };
}
