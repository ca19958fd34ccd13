/**
 * The memory that the thread which measures temporary files shares with the main thread, which is inside SQLite meanwhile: the number of the
 * statement that runs (0 for none), and the most bytes that were seen since it began.
 */
export interface TemporaryBoard {
  readonly buffer: SharedArrayBuffer;
  /** One number. */
  readonly statement: Int32Array;
  /** Two numbers: bytes of temporary files, and of the rollback journal. */
  readonly most: BigInt64Array;
  /** The path of the journal, behind its length in bytes. */
  readonly journal: Uint8Array;
}

/** Milliseconds between two looks. A sort or VACUUM keeps its files at their largest for longer. */
export const interval = 20;

const pathSize = 4096;
const numbers = 24;

/** Lays a board over memory, new memory when there is none. */
export function openTemporaryBoard(
  buffer: SharedArrayBuffer = new SharedArrayBuffer(numbers + 2 + pathSize),
): TemporaryBoard {
  return {
    buffer,
    most: new BigInt64Array(buffer, 0, 2),
    statement: new Int32Array(buffer, 16, 1),
    journal: new Uint8Array(buffer, numbers),
  };
}

/** Writes the path of the journal; one that is too long is never found. */
export function writeJournal({ journal }: TemporaryBoard, path: string): void {
  const bytes = Buffer.from(path);
  const length = bytes.length > pathSize ? 0 : bytes.length;
  journal.set(bytes.subarray(0, length), 2);
  journal.set([length >> 8, length & 255], 0);
}

/** The path of the journal. */
export function readJournal({ journal }: TemporaryBoard): string {
  const [high = 0, low = 0] = journal;
  return Buffer.from(journal.subarray(2, 2 + high * 256 + low)).toString();
}
