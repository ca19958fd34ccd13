import { createRequire, registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { loadModule } from '../../load/module.ts';

/** What loads modules of the user's. */
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
  return {
    importFile: async (path) => toObject(await loadModule(path)),
    importPackage: async (name) => {
      try {
        return toObject(await import(scheme + name));
      } catch (error) {
        // A package may have no form for `import`.
        if (!isNotFound(error)) throw error;
        return toObject(require(name));
      }
    },
  };
}

function isNotFound(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /NOT_FOUND|NOT_EXPORTED/.test(String(error.code));
}

function toObject(module: unknown): object {
  if ((typeof module === 'object' && module !== null) || typeof module === 'function') return module;
  return { default: module };
}
