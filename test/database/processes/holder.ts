/** holder FILE: holds an exclusive lock on a database from the moment it says `ready` until its input ends. */
import Sqlite from 'better-sqlite3';

const db = new Sqlite(process.argv[2] ?? '');
db.exec('BEGIN EXCLUSIVE');
console.log('ready');
process.stdin.resume().on('end', () => db.close());
