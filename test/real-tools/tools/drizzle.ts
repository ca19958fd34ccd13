import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createClient } from '@libsql/client';
import Sqlite from 'better-sqlite3';
import { drizzle as onBetterSqlite3 } from 'drizzle-orm/better-sqlite3';
import { migrate as migrateBetterSqlite3 } from 'drizzle-orm/better-sqlite3/migrator';
import { drizzle as onLibsql } from 'drizzle-orm/libsql';
import { migrate as migrateLibsql } from 'drizzle-orm/libsql/migrator';
import { keepFirstEntries } from '../prefix.ts';
import type { RealTool } from '../real-tool.ts';

const sample = { sample: 'drizzle-0x', place: 'drizzle' } as const;

/** The migrators of drizzle-orm 0.45. */
export const drizzle: readonly RealTool[] = [
  {
    ...sample,
    name: 'drizzle-orm 0.45, better-sqlite3',
    config: { driver: 'better-sqlite3' },
    apply: (project, file, count) => {
      const folder = join(project, 'drizzle');
      keepFirstEntries(folder, count);
      const db = new Sqlite(file);
      migrateBetterSqlite3(onBetterSqlite3(db), { migrationsFolder: folder });
      db.close();
    },
  },
  {
    ...sample,
    name: 'drizzle-orm 0.45, libsql',
    config: { driver: 'libsql' },
    apply: async (project, file, count) => {
      const folder = join(project, 'drizzle');
      keepFirstEntries(folder, count);
      const client = createClient({ url: pathToFileURL(file).href });
      await migrateLibsql(onLibsql(client), { migrationsFolder: folder });
      client.close();
    },
  },
];
