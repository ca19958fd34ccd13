import { createRequire } from 'node:module';
import { join } from 'node:path';
import type Sqlite from 'better-sqlite3';
import { orderCount, statuses, userCount } from './contest.ts';
import { install, type Peer } from './install.ts';

/** The used parts of drizzle-orm and drizzle-seed, which are not dependencies. */
interface DrizzleColumn {
  primaryKey(): DrizzleColumn;
  notNull(): DrizzleColumn;
  unique(): DrizzleColumn;
  references(column: () => unknown): DrizzleColumn;
}
interface SqliteCore {
  integer(): DrizzleColumn;
  text(): DrizzleColumn;
  sqliteTable(name: string, columns: Record<string, DrizzleColumn>): { readonly id: unknown };
}
interface Driver {
  drizzle(client: Sqlite.Database): unknown;
}
interface Generators {
  valuesFromArray(options: { values: readonly string[] }): unknown;
}
interface DrizzleSeed {
  seed(
    db: unknown,
    tables: unknown,
    options: { seed: number },
  ): { refine(choose: (make: Generators) => unknown): Promise<void> };
}

/** A function that fills the two tables of an empty database with drizzle-seed, as its users would; or the reason why it is missing. */
export function drizzleSeed(): Peer {
  const installed = install('drizzle-seed', ['drizzle-seed@0.3.1', 'drizzle-orm@0.45.4']);
  if ('reason' in installed) return installed;
  const load = createRequire(join(installed.folder, 'package.json'));
  const { integer, text, sqliteTable }: SqliteCore = load('drizzle-orm/sqlite-core');
  const { drizzle }: Driver = load('drizzle-orm/better-sqlite3');
  const { seed }: DrizzleSeed = load('drizzle-seed');

  const users = sqliteTable('users', { id: integer().primaryKey(), email: text().notNull().unique() });
  const orders = sqliteTable('orders', {
    id: text().primaryKey(),
    user_id: integer()
      .notNull()
      .references(() => users.id),
    email: text().notNull(),
    status: text().notNull(),
    amount: integer().notNull(),
    created_at: text().notNull(),
  });
  return {
    fill: (db) =>
      seed(drizzle(db), { users, orders }, { seed: 1 }).refine(({ valuesFromArray }) => ({
        users: { count: userCount },
        // It does not read the CHECK.
        orders: { count: orderCount, columns: { status: valuesFromArray({ values: statuses }) } },
      })),
  };
}
