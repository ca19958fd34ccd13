import { type Database, engineError, openFile } from '../../database/connection.ts';
import { removeImage, startAfresh } from '../image.ts';
import type { FaultStage, Injected, Kind } from '../kind.ts';
import { unsynced } from '../migrator.ts';
import { momentAt } from './images.ts';

/** The statements that take a lock, from the weakest on. https://sqlite.org/lang_transaction.html */
const locks = [
  { words: 'reads', sql: ['BEGIN', 'SELECT count(*) FROM sqlite_schema'] },
  { words: 'writes', sql: ['BEGIN IMMEDIATE'] },
  { words: 'locks all', sql: ['BEGIN EXCLUSIVE'] },
] as const;

/** Another connection takes a lock before a statement, and holds it for longer than the migrator waits. */
export const locked: Kind = {
  name: 'locked',
  takesProcess: false,
  obstacle: ({ migrator }) => (migrator.isOpen ? null : 'a command waits for locks for as long as it likes'),
  count: ({ reference }) => locks.length * reference.moments.length,
  inject: lockAt,
  moment: (stage, index) => {
    const { words, statement } = momentAt(stage, Math.floor(index / locks.length));
    return { words: `${words}, where another process ${lockOf(index).words}`, statement };
  },
};

function lockOf(index: number): (typeof locks)[number] {
  return locks[index % locks.length] ?? locks[0];
}

function* lockAt(stage: FaultStage, indexes: readonly number[]): Iterable<Injected> {
  const { leg, migrator, settings, law, path } = stage;
  const file = path('run/run.db');
  for (const index of indexes) {
    startAfresh(leg.template, file);
    const other = openFile(file, settings, { mustExist: true });
    let isHeld = false;
    let begun = 0;
    try {
      other.pragma('busy_timeout = 0');
      const ending = migrator.run(file, leg.last, {
        drill: {
          pragmas: [unsynced, 'busy_timeout = 0'],
          announce: ({ isDone }) => {
            if (isDone) return;
            if (begun === Math.floor(index / locks.length)) isHeld = take(other, lockOf(index).sql);
            begun += 1;
          },
        },
      });
      if (other.inTransaction) other.exec('ROLLBACK');
      other.close();
      if (isHeld) yield { index, breach: law.judge(file, ending) };
    } finally {
      other.close();
    }
  }
  removeImage(file);
}

/** Whether the lock is to be had at this moment. */
function take(other: Database, statements: readonly string[]): boolean {
  try {
    for (const sql of statements) {
      if (sql.startsWith('SELECT')) other.prepare(sql).get();
      else other.exec(sql);
    }
    return true;
  } catch (error) {
    if (other.inTransaction) other.exec('ROLLBACK');
    if (engineError(error)?.code.startsWith('SQLITE_BUSY') === true) return false;
    throw error;
  }
}
