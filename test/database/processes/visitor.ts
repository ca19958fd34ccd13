/**
 * visitor FILE: opens a database in WAL mode, writes to it and closes it, again and again, until its input ends. When it
 * was the last to close, SQLite has removed the -wal and the -shm; it then counts those that are there when it returns.
 * Says `ready` after the first visits and, at the end, the number of files that it found.
 */
import { existsSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';

const file = process.argv[2] ?? '';
const litter = (): number => [`${file}-wal`, `${file}-shm`].filter((path) => existsSync(path)).length;

let stopped = false;
process.stdin.resume().on('end', () => {
  stopped = true;
});
let found = 0;
for (let visits = 0; !stopped; visits++) {
  const db = new Sqlite(file);
  db.exec('BEGIN IMMEDIATE; INSERT INTO debits VALUES (0, 0); INSERT INTO credits VALUES (0, 0); COMMIT');
  db.close();
  const left = litter();
  await setTimeout(1 + (visits % 5));
  if (left === 0) found += litter();
  if (visits === 5) console.log('ready');
}
console.log(found);
