/**
 * writer FILE [PRAGMA …]: writes one row to each of two tables in one transaction, again and again, until its input
 * ends. Says `ready` once it writes and, at its end, how many transactions it has committed; ends with an error when SQLite
 * refuses a write.
 */
import { setTimeout } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';

const [file = '', ...pragmas] = process.argv.slice(2);
const db = new Sqlite(file);
for (const pragma of pragmas) db.pragma(pragma);
db.exec('CREATE TABLE IF NOT EXISTS debits (amount, note); CREATE TABLE IF NOT EXISTS credits (amount, note)');

const debit = db.prepare('INSERT INTO debits VALUES (?, zeroblob(3000))');
const credit = db.prepare('INSERT INTO credits VALUES (?, zeroblob(3000))');
const transfer = db.transaction((amount: number) => {
  debit.run(amount);
  credit.run(amount);
});

let stopped = false;
process.stdin.resume().on('end', () => {
  stopped = true;
});
let transfers = 0;
while (!stopped) {
  transfer.immediate(transfers);
  if (transfers === 20) console.log('ready');
  transfers += 1;
  await setTimeout(1);
}
db.close();
console.log(transfers);
