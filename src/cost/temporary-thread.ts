/** The thread that measures temporary files while the main thread is inside a statement. It sleeps in between. */
import { readdirSync, readlinkSync, statSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { interval, openTemporaryBoard, readJournal } from './temporary-board.ts';

const board = openTemporaryBoard(workerData);

/** SQLite removes the name as soon as the file is open, or makes the file without one (O_TMPFILE), which Linux then shows by its number. */
const temporaryName = /\/(?:etilqs_\w+|#\d+) \(deleted\)$/;

for (;;) {
  Atomics.wait(board.statement, 0, 0);
  const statement = Atomics.load(board.statement, 0);
  if (statement === 0) continue;
  const seen = look(readJournal(board));
  if (Atomics.load(board.statement, 0) !== statement) continue;
  for (const [i, bytes] of seen.entries())
    if (BigInt(bytes) > Atomics.load(board.most, i)) Atomics.store(board.most, i, BigInt(bytes));
  Atomics.wait(board.statement, 0, statement, interval);
}

/** The bytes of SQLite's temporary files (https://sqlite.org/tempfiles.html) and of the journal, among the open files of this process. */
function look(journal: string): readonly [temporary: number, journal: number] {
  let temporary = 0;
  let journaled = 0;
  for (const descriptor of listOpen()) {
    try {
      const path = `/proc/self/fd/${descriptor}`;
      const target = readlinkSync(path);
      if (temporaryName.test(target)) temporary += statSync(path).size;
      else if (target === journal) journaled = statSync(path).size;
    } catch {
      // It was closed in the meantime.
    }
  }
  return [temporary, journaled];
}

/** The numbers of the open files; none where the process may open no more. */
function listOpen(): string[] {
  try {
    return readdirSync('/proc/self/fd');
  } catch {
    return [];
  }
}
