import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { call, exported } from '../exports.ts';
import type { ProgramFile, Workbench, Workshop } from '../workshop.ts';

const table = 'migrations';

/**
 * Runs migrations with `migrate()` of the project's own package sqlite, whose driver sqlite3 has a stand-in over our connection.
 * https://github.com/kriasoft/node-sqlite#migrations
 */
export async function run(workshop: Workshop): Promise<Workbench> {
  const package_ = await workshop.importPackage('sqlite');
  const driver = exported(await workshop.importPackage('sqlite3'), 'Database');
  const migrations = workshop.files.map(asMigration);
  return {
    toolTables: [table],
    step: async (id) => {
      const upTo = workshop.files.findIndex((file) => file.id === id) + 1;
      const db = await call({ open: exported(package_, 'open') }, 'open', { filename: ':memory:', driver });
      await call(db, 'migrate', { migrations: migrations.slice(0, upTo), table });
    },
  };
}

/** A file as the package reads it before it gets to its database. */
function asMigration({ path }: ProgramFile): Readonly<Record<string, unknown>> {
  const [, id, name] = /^(\d+).(.*?)\.sql$/.exec(basename(path)) ?? [];
  const [up = '', down = ''] = readFileSync(path, 'utf8').split(/^--\s+?down\b/im);
  return {
    id: Number(id),
    name,
    filename: basename(path),
    up: up.replaceAll(/^-- .*?$/gm, '').trim(),
    down: down.trim(),
  };
}
