import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { createClient } from '@libsql/client';
import Sqlite from 'better-sqlite3';
import { drizzle as onBetterSqlite3 } from 'drizzle-orm-1/better-sqlite3';
import { migrate as migrateBetterSqlite3 } from 'drizzle-orm-1/better-sqlite3/migrator';
import { drizzle as onLibsql } from 'drizzle-orm-1/libsql';
import { migrate as migrateLibsql } from 'drizzle-orm-1/libsql/migrator';
import { drizzle as onNode } from 'drizzle-orm-1/node-sqlite';
import { migrate as migrateNode } from 'drizzle-orm-1/node-sqlite/migrator';
import { keepFirst } from '../prefix.ts';
import type { RealTool } from '../real-tool.ts';

const sample = { sample: 'drizzle-1x', place: 'drizzle' } as const;

/** The migrators of drizzle-orm 1.0. */
export const drizzle1: readonly RealTool[] = [
  {
    ...sample,
    name: 'drizzle-orm 1.0-rc, better-sqlite3',
    config: { driver: 'better-sqlite3' },
    apply: (project, file, count) => {
      const folder = join(project, 'drizzle');
      keepFirst(folder, count);
      const client = new Sqlite(file);
      migrateBetterSqlite3(onBetterSqlite3({ client }), { migrationsFolder: folder });
      client.close();
    },
  },
  {
    ...sample,
    name: 'drizzle-orm 1.0-rc, node:sqlite',
    config: { driver: 'node' },
    apply: (project, file, count) => {
      const folder = join(project, 'drizzle');
      keepFirst(folder, count);
      const client = new DatabaseSync(file);
      migrateNode(onNode({ client }), { migrationsFolder: folder });
      client.close();
    },
  },
  {
    ...sample,
    name: 'drizzle-orm 1.0-rc, libsql',
    config: { driver: 'libsql' },
    apply: async (project, file, count) => {
      const folder = join(project, 'drizzle');
      keepFirst(folder, count);
      const client = createClient({ url: pathToFileURL(file).href });
      await migrateLibsql(onLibsql({ client }), { migrationsFolder: folder });
      client.close();
    },
  },
];
