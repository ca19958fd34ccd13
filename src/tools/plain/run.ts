import { defaultOf } from '../exports.ts';
import type { Workbench, Workshop } from '../workshop.ts';

/**
 * Runs the programs of a folder whose runner is the project's own: the default export of a module that the config names gets
 * a database of better-sqlite3 and what is to be run.
 */
export async function run(workshop: Workshop): Promise<Workbench> {
  const { config } = workshop;
  const runProgram = config === null ? null : defaultOf(await workshop.importFile(config));
  if (typeof runProgram !== 'function') throw new TypeError(`${config} has no function for a default export`);
  return {
    toolTables: [],
    step: async (id) => {
      const file = workshop.files.find((each) => each.id === id);
      if (file === undefined) throw new Error(`there is no program ${id}`);
      await Reflect.apply(runProgram, undefined, [workshop.openDatabase(), { name: id, path: file.path }]);
    },
  };
}
