import { call, defaultOf } from '../exports.ts';
import type { Workbench, Workshop } from '../workshop.ts';

/** A program of postgrator makes SQL, which is run as a file of SQL is. https://github.com/rickbergfalk/postgrator#javascript-migrations */
export async function run(workshop: Workshop): Promise<Workbench> {
  const modules = new Map<string, object>();
  for (const { id, path } of workshop.files) modules.set(id, await workshop.importFile(path));
  return {
    toolTables: [],
    step: async (id) => {
      const module = modules.get(id) ?? {};
      const sql: unknown = await call('generateSql' in module ? module : defaultOf(module), 'generateSql');
      if (typeof sql !== 'string') throw new TypeError('generateSql() gives no text');
      call(workshop.openDatabase(), 'exec', sql);
    },
  };
}
