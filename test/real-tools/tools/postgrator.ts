import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import Postgrator from 'postgrator';
import type { RealTool } from '../real-tool.ts';

/** Runs the first migrations of a project, or all, on a connection with foreign keys on or off. */
export async function postgratorMigrate(
  project: string,
  file: string,
  count: number | null,
  foreignKeys: boolean,
): Promise<void> {
  const db = new Sqlite(file);
  db.pragma(`foreign_keys = ${foreignKeys ? 'ON' : 'OFF'}`);
  const postgrator = new Postgrator({
    driver: 'sqlite3',
    migrationPattern: `${join(project, 'migrations')}/*`,
    execQuery: async (query: string) => {
      const statement = db.prepare(query);
      if (statement.reader) return { rows: statement.all() };
      statement.run();
      return { rows: [] };
    },
    execSqlScript: async (script: string) => {
      db.exec(script);
    },
  });
  await postgrator.migrate(count === null ? 'max' : String(count));
  db.close();
}

function onKeys(foreignKeys: boolean): RealTool['apply'] {
  return (project, file, count) => postgratorMigrate(project, file, count, foreignKeys);
}

const sample = { sample: 'postgrator', place: 'migrations' } as const;

/** postgrator, which runs files by functions of the application. */
export const postgrator: readonly RealTool[] = [
  {
    ...sample,
    name: 'postgrator 8, better-sqlite3',
    config: { driver: 'better-sqlite3' },
    apply: onKeys(true),
  },
  {
    ...sample,
    name: 'postgrator 8, foreign keys off as sqlite3 has them',
    config: { driver: 'sqlite3' },
    apply: onKeys(false),
  },
];
