import type { DriverName } from '../../model/tool.ts';
import type { ProgramForm } from '../program.ts';

/** The names of drizzle's drivers, by ours. https://orm.drizzle.team/docs/get-started-sqlite */
const drivers: Readonly<Record<string, DriverName>> = {
  'better-sqlite3': 'better-sqlite3',
  'bun-sqlite': 'bun',
  'expo-sqlite': 'expo',
  libsql: 'libsql',
  'node-sqlite': 'node',
};

/** The migrators of drizzle-orm, each of which is a function migrate() of the module of its driver. */
export const program: ProgramForm = {
  calls: /\bmigrate\s*\(|drizzle-orm[\w-]*\/[\w-]+\/migrator/,
  driver: (text) => {
    const name = /["'`]drizzle-orm[\w-]*\/([\w-]+)\/migrator["'`]/.exec(text)?.[1];
    return name === undefined ? null : (drivers[name] ?? null);
  },
  // An application that bundles its migrations cuts them at the breakpoints as drizzle does.
  own: {
    reads: /statement-breakpoint/,
    unless: /drizzle-orm[\w-]*\/[\w-]+\/migrator/,
    runsSeveral: /\.(?:exec|execAsync|execSync|executeMultiple|execute_batch)\s*\(/,
  },
};
