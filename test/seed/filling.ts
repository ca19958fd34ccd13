import { type Database, openMemory } from '../../src/database/connection.ts';
import { readSchema } from '../../src/database/introspect.ts';
import { createRowSink } from '../../src/database/row-sink.ts';
import type { SqlValue } from '../../src/model/connection.ts';
import type { Unfilled } from '../../src/model/dataset.ts';
import { loadFaker } from '../../src/seed/faker.ts';
import { fillEmptyTables } from '../../src/seed/one-row.ts';
import { createVocabulary } from '../../src/seed/values/vocabulary.ts';
import { quoteName } from '../../src/sql/quote.ts';
import { buildMigration, buildSettings } from '../build.ts';

const fakers = await loadFaker();

/** The options for filling a schema. */
export interface Filling {
  readonly seed?: number;
  readonly foreignKeys?: boolean;
  /** SQL of a migration that is still to come. */
  readonly later?: string;
}

/** A database with the schema of `sql`, its empty tables filled, and the tables that stayed empty. */
export function filled(sql: string, filling: Filling = {}): { db: Database; unfilled: Unfilled[] } {
  const db = emptyDatabase(sql, filling.foreignKeys);
  return { db, unfilled: fill(db, filling) };
}

/** A database with the schema of `sql`. */
export function emptyDatabase(sql: string, foreignKeys = true): Database {
  const db = openMemory(buildSettings({ foreignKeys }));
  db.exec(sql);
  return db;
}

/** Fills the empty tables of a database. */
export function fill(db: Database, { seed = 1, later }: Filling = {}): Unfilled[] {
  const migrations = later === undefined ? [] : [buildMigration(later, { position: 2 })];
  return fillEmptyTables(readSchema(db), createRowSink(db), {
    later: migrations,
    seed,
    vocabulary: createVocabulary(fakers, seed),
  });
}

/** The faults that SQLite finds: orphans and broken constraints. */
export function complaints(db: Database): string[] {
  const orphans = db.prepare<[], { line: string }>(
    `SELECT 'orphan in ' || "table" || ' of ' || parent AS line FROM pragma_foreign_key_check`,
  );
  const broken = db.prepare<[], { line: string }>(
    `SELECT integrity_check AS line FROM pragma_integrity_check WHERE integrity_check <> 'ok'`,
  );
  return [...orphans.all(), ...broken.all()].map(({ line }) => line);
}

/** Tables, shadow tables left out, that have no row; those that cannot be read count too. */
export function emptyTables(db: Database): string[] {
  const tables = readSchema(db).tables.filter(({ kind }) => kind !== 'shadow');
  return tables.map(({ name }) => name).filter((name) => createRowSink(db).isEmpty(name));
}

/** The only row of a table, or its first, as an object. */
export function rowOf(db: Database, table: string): Record<string, SqlValue> {
  const row = db.prepare<[], Record<string, SqlValue>>(`SELECT * FROM ${quoteName(table)}`).get();
  if (row === undefined) throw new Error(`${table} has no row`);
  return row;
}
