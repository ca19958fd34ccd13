import type { Faker } from '@faker-js/faker';
import type { Row, SqlValue } from './connection.ts';
import type { Statement } from './history.ts';

/** The context of a TypeScript seed. Everything is synchronous. */
export interface SeedContext {
  /** Inserts one row or several, and returns the rowid of the last one. Values go by column name; booleans become 0 and 1. */
  insert(table: string, rows: SeedRow | readonly SeedRow[]): number | bigint;
  /** Runs one statement with its parameters. */
  run(sql: string, ...parameters: readonly SqlValue[]): void;
  /** Runs a query and returns its rows. */
  query(sql: string, ...parameters: readonly SqlValue[]): Row[];
  /** A faker that gives the same values on every run and machine: seeded, with a fixed date as "now". */
  readonly faker: Faker;
  /** The number of the last migration that the database has, or its place in the history where it has no number. */
  readonly version: number;
  /** The place of that migration in the history; 0 for the base alone. */
  readonly position: number;
  /** Its id in its tool; null for the base alone. */
  readonly id: string | null;
}

/** A row to insert, by column name. */
export type SeedRow = Readonly<Record<string, SqlValue | boolean | undefined>>;

/** The default export of a TypeScript seed. */
export type Seed = (context: SeedContext) => void;

/** One file of hand-written rows: SQL, or a module that exports a `Seed`. */
export type Fixture = {
  /** The place of the migration after which the rows are inserted once; 0 is the base. */
  readonly position: number;
  /** Its id in its tool; null for the base. */
  readonly id: string | null;
  /** Its number, or its place where it has none. */
  readonly version: number;
  readonly file: string;
} & (
  | { readonly kind: 'sql'; readonly statements: readonly Statement[] }
  | { readonly kind: 'module'; readonly seed: Seed }
);
