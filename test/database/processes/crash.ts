/**
 * crash FILE [PRAGMA …]: commits one transfer that reaches the main file and one that need not, then is killed in the
 * middle of a transaction so large that SQLite has written some of it to the disk.
 */
import Sqlite from 'better-sqlite3';

const [file = '', ...pragmas] = process.argv.slice(2);
const db = new Sqlite(file);
for (const pragma of pragmas) db.pragma(pragma);
db.exec(`
  CREATE TABLE debits (amount, note);
  CREATE TABLE credits (amount, note);
  INSERT INTO debits VALUES (1, 'checkpointed');
  INSERT INTO credits VALUES (1, 'checkpointed');
  PRAGMA wal_checkpoint;
  BEGIN;
  INSERT INTO debits VALUES (2, 'committed');
  INSERT INTO credits VALUES (2, 'committed');
  COMMIT;
  PRAGMA cache_size = 2;
  BEGIN;
  UPDATE debits SET amount = -amount;
  WITH RECURSIVE counter (n) AS (SELECT 3 UNION ALL SELECT n + 1 FROM counter WHERE n < 500)
  INSERT INTO credits SELECT n, zeroblob(1000) FROM counter;
`);
process.kill(process.pid, 'SIGKILL');
