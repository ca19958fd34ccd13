// This room captures the shape of a production database, without its rows.
import type { Database } from '../database/connection.ts';
import type { Profile } from '../model/profile.ts';
import { keysInSql } from './known-keys.ts';
import { readSchemaWithout } from './modules.ts';
import { findColumns } from './named-columns.ts';
import { sampleLimit } from './sample.ts';
import { type Given, readSource } from './source.ts';
import { readTable } from './tables.ts';

/** The content of a capture, and the facts that it may show. */
export interface Capture extends Given {
  /** The version of rowproof. */
  readonly rowproof: string;
  /**
   * The number of rows with a member of a small set, or of documents with a key, from which it is shown; 2 and more.
   */
  readonly atLeast: number;
  /** Columns, as `TABLE.COLUMN`, whose members may be shown. */
  readonly keepValues: readonly string[];
  /** Columns, as `TABLE.COLUMN`, the keys of whose documents may be shown. */
  readonly keepKeys: readonly string[];
  /** SQL of the project, whose JSON paths tell keys that may be shown. */
  readonly migrations: readonly string[];
  /** Rows of a table that are looked at one by one. */
  readonly sampleLimit?: number | undefined;
  /** Told before each table. */
  readonly next: (table: string, position: number, total: number) => void;
}

/**
 * Captures the shape of a database, which is a private copy: it may be read for long, and sorted in temporary files.
 * The same file gives the same profile.
 * @throws HarnessError `bad-flag` when `keepValues` or `keepKeys` names no column
 */
export function captureProfile(db: Database, capture: Capture): Profile {
  // Memory must not grow with the rows. https://sqlite.org/pragma.html#pragma_temp_store
  db.pragma('temp_store = FILE');
  const { schema, missingModules } = readSchemaWithout(db);
  const scope = {
    atLeast: capture.atLeast,
    keepsValues: findColumns(schema, '--keep-values', capture.keepValues),
    keepsKeys: findColumns(schema, '--keep-keys', capture.keepKeys),
    knownKeys: keysInSql(schema, capture.migrations),
    missingModules,
    sampleLimit: capture.sampleLimit ?? sampleLimit,
  };
  const tables = schema.tables.filter(({ kind }) => kind !== 'shadow');
  const readings = tables.map((table, i) => {
    capture.next(table.name, i + 1, tables.length);
    return readTable(db, schema, table, scope);
  });
  return {
    rowproof: capture.rowproof,
    profileVersion: 1,
    source: readSource(db, capture),
    atLeast: capture.atLeast,
    tables: readings.flatMap((reading) => (reading.kind === 'read' ? [reading.profile] : [])),
    unread: readings.flatMap((reading) => (reading.kind === 'unread' ? [reading.unread] : [])),
  };
}
