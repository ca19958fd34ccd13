import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type Sqlite from 'better-sqlite3';
import { openContest, statuses } from './contest.ts';
import { install, type Peer } from './install.ts';

/** The number of rows that it makes, for it takes half a millisecond for each. */
export const snapletCount = 500;

/** The used part of the client that @snaplet/seed generates, which is not a dependency. */
interface SnapletSeed {
  createSeedClient(options: { adapter: unknown; connect: { users: readonly unknown[] } }): Promise<{
    orders(make: (times: SnapletTimes) => unknown): Promise<unknown>;
  }>;
}
type SnapletTimes = (count: number, row: (context: { index: number }) => Record<string, unknown>) => unknown;
interface SnapletAdapter {
  SeedBetterSqlite3: new (db: Sqlite.Database) => unknown;
}

const config = `
  import Sqlite from 'better-sqlite3';
  import { SeedBetterSqlite3 } from '@snaplet/seed/adapter-better-sqlite3';
  import { defineConfig } from '@snaplet/seed/config';
  export default defineConfig({ adapter: () => new SeedBetterSqlite3(new Sqlite('model.db')) });
`;

/** A function that adds orders to a database with users by @snaplet/seed; or the reason why it is missing. */
export async function snapletSeed(): Promise<Peer> {
  const installed = install('snaplet-seed', ['@snaplet/seed@0.98.0', '@snaplet/copycat@6.0.0']);
  if ('reason' in installed) return installed;
  const { folder } = installed;
  const model = join(folder, 'model.db');
  rmSync(model, { force: true });
  openContest(model).close();
  writeFileSync(join(folder, 'seed.config.ts'), config);
  mkdirSync(join(folder, '.snaplet'), { recursive: true });
  writeFileSync(join(folder, '.snaplet', 'config.json'), '{ "adapter": "better-sqlite3" }\n');
  // Its client is generated from the database.
  const command = join(folder, 'node_modules', '@snaplet', 'seed', 'bin', 'cli.js');
  const { status, stderr } = spawnSync(process.execPath, [command, 'sync'], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 60_000,
  });
  if (status !== 0) return { reason: stderr.trim().split('\n').at(-1) ?? `sync ended with ${status}` };

  const { resolve } = createRequire(join(folder, 'package.json'));
  const load = (name: string): Promise<unknown> => import(pathToFileURL(resolve(name)).href);
  // Both are what the package documents.
  const { createSeedClient } = (await load('@snaplet/seed')) as SnapletSeed;
  const { SeedBetterSqlite3 } = (await load('@snaplet/seed/adapter-better-sqlite3')) as SnapletAdapter;
  return {
    fill: async (db) => {
      const users = db.prepare('SELECT id FROM users').all();
      const client = await createSeedClient({ adapter: new SeedBetterSqlite3(db), connect: { users } });
      // It does not read the CHECK.
      const status = (index: number): unknown => statuses[index % statuses.length];
      await client.orders((times) => times(snapletCount, ({ index }) => ({ status: status(index) })));
    },
  };
}
