import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createJiti } from 'jiti';

/**
 * Imports a module that Node refuses, TypeScript of any kind, by its absolute path. Paths in the project's tsconfig.json hold.
 * @throws what the module throws
 */
export function importWithJiti(file: string): Promise<unknown> {
  const jiti = createJiti(import.meta.url, {
    tryNative: false,
    // Other users could put code into a cache in the folder for temporary files, and it would run here.
    fsCache: false,
    tsconfigPaths: tsconfigOf(file) ?? false,
    transformOptions: { babel: { plugins: [forgetDefinite] } },
  });
  return jiti.import(file);
}

/** The nearest tsconfig.json that says where modules lie. https://www.typescriptlang.org/tsconfig/#baseUrl */
function tsconfigOf(file: string): string | null {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const path = join(folder, 'tsconfig.json');
    if (existsSync(path)) return /"(?:baseUrl|paths)"/.test(readFileSync(path, 'utf8')) ? path : null;
    if (folder === dirname(folder)) return null;
  }
}

/** The part of Babel's syntax tree that matters here. https://babeljs.io/docs/babel-types#classproperty */
interface File {
  readonly path: { readonly traverse: (visitor: { ClassProperty: (path: { node: Property }) => void }) => void };
}

interface Property {
  definite?: boolean;
}

/**
 * A plugin of Babel that takes the `!` from fields such as `@Column() name!: string`, as entities of TypeORM have them: once a
 * decorator has given the field a value, Babel refuses them.
 */
function forgetDefinite(): { readonly pre: (file: File) => void } {
  return {
    pre: ({ path }) =>
      path.traverse({
        ClassProperty: ({ node }) => {
          if (node.definite === true) node.definite = false;
        },
      }),
  };
}
