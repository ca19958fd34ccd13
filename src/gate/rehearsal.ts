import type { HazardDataset } from '../apply/hazard-dataset.ts';
import type { Step } from '../apply/walk.ts';
import type { Clock } from '../cost/meter.ts';
import type { Database } from '../database/connection.ts';
import type { Assumed } from '../directives/assumptions.ts';
import type { StepCost } from '../model/cost.ts';
import type { History, Migration, MigrationRef } from '../model/history.ts';
import type { Invariant } from '../model/invariant.ts';
import type { LedgerReading } from '../model/ledger.ts';
import type { Schema, SchemaPair } from '../model/schema.ts';
import type { Settings } from '../model/settings.ts';
import type { QueryWatch } from '../queries/watch.ts';

/** The inputs of a rehearsal. */
export interface Rehearsal {
  readonly history: History;
  readonly settings: Settings;
  readonly invariants: readonly Invariant[];
  /** Opens a database with the base alone. */
  readonly openBase: () => Database;
  /** Makes the hazards that pending steps are tried with. */
  readonly hazards: HazardDataset;
  /** The production file, for messages; it is not opened. */
  readonly file: string;
  /** A copy of it, which is changed. */
  readonly copy: string;
  /** The place for the state before a step. */
  readonly scratch: string;
  /** The last migration of a database without a ledger. */
  readonly at: MigrationRef | undefined;
  /** Tries the queries of the application on the copy; left out where none are given. */
  readonly queries?: QueryWatch | undefined;
  /** The clock of the costs. */
  readonly clock: Clock;
  /** Called before each pending migration. */
  readonly next: (migration: Migration, position: number, total: number) => void;
}

/**
 * The results of a rehearsal: the state of the ledger, the two schemas at that point, then each pending step, and
 * assumptions that rows break.
 */
export type RehearsalStep =
  | { readonly kind: 'ledger'; readonly reading: LedgerReading }
  | { readonly kind: 'assumption'; readonly assumed: Assumed; readonly rows: number }
  | { readonly kind: 'drift'; readonly migration: Migration; readonly baseline: Schema; readonly production: Schema }
  /** `cost`: what it took on the copy; null where it did not run there. */
  | { readonly kind: 'step'; readonly step: Step; readonly cost: StepCost | null }
  | { readonly kind: 'head'; readonly before: SchemaPair; readonly after: SchemaPair };
