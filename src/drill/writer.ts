/** A process that writes to a database as an old version of the application does, until its parent is gone. */
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { engineError, openFile } from '../database/connection.ts';
import type { Settings } from '../model/settings.ts';

/** The work of a writer. */
export interface WriterWork {
  readonly file: string;
  readonly settings: Settings;
  /** The statements that it runs over and over, each a transaction. They leave every row as it is. */
  readonly statements: readonly string[];
}

process.on('disconnect', () => process.exit());
// The parent is ours and sends nothing else.
const { file, settings, statements } = await new Promise<WriterWork>((resolve) => {
  process.once('message', (message) => resolve(message as WriterWork));
});
const db = openFile(file, settings, { mustExist: true });
let writes = 0;
let isOver = false;
process.once('message', () => {
  isOver = true;
});
process.send?.('writing');
while (!isOver) {
  for (const sql of statements) {
    try {
      db.exec(sql);
      writes += 1;
    } catch (error) {
      // The new schema may refuse it, and the migrator may hold the lock for long.
      if (engineError(error) === null) throw error;
    }
  }
  await wait(0);
}
db.close();
process.send?.(writes);
process.disconnect?.();
