import Sqlite from 'better-sqlite3';

/** The number of rows that everyone makes: few parents, many children. */
export const userCount = 1_000;
export const orderCount = 50_000;

/** The states of an order, by its CHECK. */
export const statuses = ['new', 'paid', 'sent'] as const;

/** The tables that everyone fills: six columns, a TEXT key, a reference and a CHECK. */
const tables = `
  CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE);
  CREATE TABLE orders (
    id TEXT PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES users(id),
    email TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN (${statuses.map((status) => `'${status}'`).join(', ')})),
    amount INTEGER NOT NULL,
    created_at TEXT NOT NULL
  );`;

/** A database with the two tables, empty, and foreign keys on. `file` is where it lies, by default in memory. */
export function openContest(file = ':memory:'): Sqlite.Database {
  const db = new Sqlite(file);
  db.pragma('foreign_keys = ON');
  db.exec(tables);
  return db;
}

/** Puts in the parents, for contestants that are there to make orders. */
export function addUsers(db: Sqlite.Database): void {
  db.exec(`
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${userCount})
    INSERT INTO users SELECT i, printf('somebody.of.family%d@example.org', i) FROM n`);
}

/**
 * Bytes of an order on average.
 * @throws Error when there are not `expected` orders.
 */
export function bytesAnOrder(db: Sqlite.Database, expected: number): number {
  const columns = ['id', 'user_id', 'email', 'status', 'amount', 'created_at'];
  const lengths = columns.map((column) => `length(${column})`).join(' + ');
  const { count, bytes } = db
    .prepare<[], { count: number; bytes: number }>(`SELECT count(*) AS count, avg(${lengths}) AS bytes FROM orders`)
    .get() ?? { count: 0, bytes: 0 };
  if (count !== expected) throw new Error(`${count} orders instead of ${expected}`);
  return bytes;
}
