import type Sqlite from 'better-sqlite3';
import { readSchema } from '../../src/database/introspect.ts';
import { createRowSink } from '../../src/database/row-sink.ts';
import { growTables } from '../../src/seed/typical.ts';
import type { Vocabulary } from '../../src/seed/values/vocabulary.ts';

/** Fills every table of a database with typical rows, `wanted` of them into the table of a name. */
export function grow(db: Sqlite.Database, wanted: (table: string) => number, vocabulary: Vocabulary): void {
  const options = { later: [], seed: 1, vocabulary };
  growTables(readSchema(db), createRowSink(db), ({ name }) => wanted(name), options);
}
