import type { CauseId, FindingCode } from './finding.ts';

/** The answer of a database's rows to a warning that needs particular rows. */
export type Answer =
  /** There is no such row. */
  | 'ruled-out'
  /** There are such rows, and the migration shows the finding on them. */
  | 'happens'
  /** There are such rows, and the migration handled them. */
  | 'harmless'
  /** The rows cannot be counted, or the migration stopped before it was through with them. */
  | 'unknown';

/** A question that production was asked. */
export interface AskedRows {
  /** The rows in words. */
  readonly needs: string;
  /** The SELECT that looks for them. */
  readonly query: string;
  /** How many there are before the migration; null where they cannot be counted. */
  readonly rows: number | null;
}

/** A warning of `check` on a pending migration, weighed by the rows of production. */
export interface WeighedWarning {
  readonly migration: string;
  readonly code: FindingCode;
  readonly cause: CauseId;
  readonly table: string | null;
  readonly statement: number | null;
  readonly title: string;
  readonly answer: Answer;
  /** The rows, any of which suffices. */
  readonly asked: readonly AskedRows[];
}
