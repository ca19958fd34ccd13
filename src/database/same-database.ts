import Sqlite from 'better-sqlite3';
import { HarnessError } from '../errors.ts';

/** The parts of a header that a copy must have as well. https://sqlite.org/fileformat2.html#the_database_header */
const fields = [
  'page_size',
  'page_count',
  'schema_version',
  'user_version',
  'application_id',
  'freelist_count',
] as const;

/** The facts that SQLite tells about a database without reading its rows. */
export type Facts = Readonly<Record<(typeof fields)[number], number>>;

/** Reads the facts of a database. */
export function readFacts(db: Pick<Sqlite.Database, 'pragma'>): Facts {
  const read = (field: (typeof fields)[number]): number => Number(db.pragma(field, { simple: true }));
  return {
    page_size: read('page_size'),
    page_count: read('page_count'),
    schema_version: read('schema_version'),
    user_version: read('user_version'),
    application_id: read('application_id'),
    freelist_count: read('freelist_count'),
  };
}

/**
 * Refuses a copy that is not what SQLite said of the source when it was copied.
 * @throws HarnessError `copy-differs`
 */
export function refuseOther(source: string, expected: Facts, copy: string): void {
  // Not read-only, which would leave a -wal and a -shm beside a copy in WAL mode.
  const db = new Sqlite(copy, { fileMustExist: true });
  try {
    const found = readFacts(db);
    // A backup has a new number of its schema, so that readers of the target notice: https://sqlite.org/c3ref/backup_finish.html
    const other = fields.find((field) => field !== 'schema_version' && found[field] !== expected[field]);
    if (other === undefined) return;
    throw new HarnessError(
      'copy-differs',
      `The copy of ${source} is not what was copied: its ${other} is ${found[other]} and not ${expected[other]}.`,
      {
        remedy: 'Run this again. If it happens again, check the disk of TMPDIR.',
        facts: { file: source, field: other, expected: expected[other], found: found[other] },
      },
    );
  } finally {
    db.close();
  }
}
