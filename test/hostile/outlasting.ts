import { createRequire } from 'node:module';
import Sqlite from 'better-sqlite3';

/** PRAGMAs that hold for the whole process, on all its connections to come. https://sqlite.org/pragma.html */
const lasting = ['hard_heap_limit', 'soft_heap_limit', 'temp_store_directory'] as const;

/** The settings of a run that outlast it in the same process, in a sentence of the law each. */
export function outlasting(): string[] {
  const { DatabaseSync }: typeof import('node:sqlite') = createRequire(import.meta.url)('node:sqlite');
  const [ours, theirs] = [new Sqlite(':memory:'), new DatabaseSync(':memory:')];
  try {
    return lasting.flatMap((name) => {
      const values = [
        ours.pragma(name, { simple: true }),
        Object.values(theirs.prepare(`PRAGMA ${name}`).get() ?? {})[0],
      ];
      return values.some((value) => value !== 0 && value !== undefined && value !== '')
        ? [`outlives the run: PRAGMA ${name} is ${values.join(' and ')}`]
        : [];
    });
  } finally {
    ours.close();
    theirs.close();
  }
}
