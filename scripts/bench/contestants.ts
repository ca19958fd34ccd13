import { faker } from '@faker-js/faker/locale/en';
import type Sqlite from 'better-sqlite3';
import { loadVocabulary } from '../../src/seed/values/vocabulary.ts';
import { orderCount, statuses, userCount } from './contest.ts';
import { drizzleSeed } from './drizzle-seed.ts';
import { grow } from './grow.ts';
import { snapletCount, snapletSeed } from './snaplet.ts';

/** Someone who makes orders in a database. */
export interface Contestant {
  /** Whether it makes users too; else they are there before. */
  readonly makesUsers: boolean;
  /** The number of orders that it makes. */
  readonly count: number;
  readonly fill: (db: Sqlite.Database) => unknown;
}

/** The preparation of each contestant, or the reason why it cannot take part here. */
export const contestants: Readonly<Record<string, () => Promise<Contestant | { readonly reason: string }>>> = {
  limit: async () => ({ makesUsers: false, count: orderCount, fill: (db) => db.exec(generatedInSql) }),
  'insert only': async () => {
    const orders = Array.from({ length: orderCount }, (_, i) => preparedOrder(i));
    return { makesUsers: false, count: orderCount, fill: (db) => insertAll(db, (i) => orders[i] ?? preparedOrder(i)) };
  },
  ours: async () => {
    const vocabulary = await loadVocabulary(1);
    const wanted = (table: string): number => (table === 'users' ? userCount : orderCount);
    return { makesUsers: true, count: orderCount, fill: (db) => grow(db, wanted, vocabulary) };
  },
  'faker per value': async () => {
    faker.seed(1);
    return { makesUsers: false, count: orderCount, fill: (db) => insertAll(db, fakerOrder) };
  },
  'drizzle-seed': async () => {
    const peer = drizzleSeed();
    return 'reason' in peer ? peer : { makesUsers: true, count: orderCount, fill: inTransaction(peer.fill) };
  },
  '@snaplet/seed': async () => {
    const peer = await snapletSeed();
    return 'reason' in peer ? peer : { makesUsers: false, count: snapletCount, fill: inTransaction(peer.fill) };
  },
};

/**
 * SQLite's own floor: keys in a scattered order, as generated ones are, and each value about as long as ours. The
 * product with an odd number takes every number of 24 bits once.
 */
const generatedInSql = `
  BEGIN;
  WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${orderCount})
  INSERT INTO orders SELECT
    printf('order_%06x', i * 2654435761 % 16777216),
    1 + i * 7919 % ${userCount},
    printf('somebody.family%d@example.org', i),
    CASE i % 3 ${statuses.map((status, i) => `WHEN ${i} THEN '${status}'`).join(' ')} END,
    abs(random() % 10000),
    strftime('%Y-%m-%dT%H:%M:%fZ', 1704067200 + i * 7919 % 63072000, 'unixepoch')
  FROM n;
  COMMIT`;

type Order = readonly [string, number, string, string, number, string];

/** The same rows, made beforehand. */
function preparedOrder(i: number): Order {
  return [
    `order_${((i * 2654435761) % 16777216).toString(16).padStart(6, '0')}`,
    1 + ((i * 7919) % userCount),
    `somebody.family${i}@example.org`,
    statuses[i % statuses.length] ?? '',
    (i * 7919) % 10000,
    new Date((1704067200 + ((i * 7919) % 63072000)) * 1000).toISOString(),
  ];
}

function fakerOrder(): Order {
  return [
    faker.string.uuid(),
    faker.number.int({ min: 1, max: userCount }),
    faker.internet.email(),
    faker.helpers.arrayElement(statuses),
    faker.number.int(10_000),
    faker.date.past().toISOString(),
  ];
}

/** Each row by itself, the fastest way to run a prepared statement. */
function insertAll(db: Sqlite.Database, order: (i: number) => Order): void {
  const insert = db.prepare('INSERT INTO orders VALUES (?, ?, ?, ?, ?, ?)');
  db.transaction(() => {
    for (let i = 0; i < orderCount; i++) {
      const [id, user, email, status, amount, createdAt] = order(i);
      insert.run(id, user, email, status, amount, createdAt);
    }
  })();
}

/** They commit each statement, which costs them time here. */
function inTransaction(fill: (db: Sqlite.Database) => Promise<unknown>): (db: Sqlite.Database) => Promise<void> {
  return async (db) => {
    db.exec('BEGIN');
    await fill(db);
    db.exec('COMMIT');
  };
}
