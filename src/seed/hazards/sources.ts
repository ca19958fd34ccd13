import type { SqlValue } from '../../model/connection.ts';
import type { RowSink, Verdict } from '../../model/dataset.ts';
import type { HazardRow } from '../../model/hazard.ts';
import type { Index, Table } from '../../model/schema.ts';
import type { WayOut } from '../partial-keys.ts';
import type { Demand } from '../reading/demands.ts';
import type { ColumnFacts } from '../reading/facts.ts';
import type { Reference } from '../reading/references.ts';
import type { InsertionBudget } from './insertion-budget.ts';

/** The sources of the rows of hazards. */
export interface Sources {
  readonly seed: number;
  /** Inserts a row, or changes nothing and returns the reason. */
  readonly insert: (row: HazardRow) => Verdict;
  /** The first rows of a SELECT of the step, before anything of it has run. */
  readonly select: RowSink['select'];
  /** Limits insertions into tables with triggers. */
  readonly budget: InsertionBudget;
  /** The plain row of a table. */
  readonly plainOf: RowSink['first'];
  readonly factsOf: (table: Table) => (column: string) => ColumnFacts;
  /** Columns, folded, that texts say more of than their type. */
  readonly boundOf: (table: Table) => ReadonlySet<string>;
  /** Columns, folded, that a migration to come makes part of a key. */
  readonly laterKeysOf: (table: Table) => ReadonlySet<string>;
  /** Names in each key that the step puts on a table. */
  readonly newKeysOf: (table: Table) => readonly (readonly string[])[];
  /** The CHECK expressions that a migration to come puts on a table. */
  readonly checksOf: (table: Table) => readonly string[];
  /** The columns that the step copies where NULL is not allowed, and out of which rows. */
  readonly demandsOf: (table: Table) => readonly Demand[];
  readonly referencesOf: (table: Table) => readonly Reference[];
  /** Ways for a row to be outside a partial unique index. */
  readonly waysOutOf: (table: Table, index: Index) => readonly WayOut[];
  /** A value of a column where the plain row has NULL. */
  readonly filledOf: (table: Table, column: string) => SqlValue;
  /** Whether a migration to come writes rows of a table out, whose keys are then spoken for. */
  readonly isGiven: (table: Table) => boolean;
  /** Whether putting a row into a table fires a trigger, which may cost more the more rows there are. */
  readonly isTriggered: (table: Table) => boolean;
}
