import type { RowSink, RowVerdict } from '../../model/dataset.ts';
import type { Hazard, HazardRow } from '../../model/hazard.ts';
import type { Migration } from '../../model/history.ts';
import type { Schema, Table } from '../../model/schema.ts';
import type { NamedRow } from '../nearest.ts';
import type { FillOptions } from '../plan.ts';
import type { RowPlan, TableFacts } from '../row-plan.ts';
import type { WithChildren } from './children.ts';
import type { CopiedRows } from './copies.ts';
import type { Host } from './hosts.ts';
import type { InsertionBudget } from './insertion-budget.ts';
import type { StepScope } from './scope.ts';

/** A table before the step, as the planner of plain rows knows it; `compared` lists only values that rows of today may hold. */
export interface TableBefore extends RowPlan {
  /** The first row that is there. */
  readonly plain: NamedRow;
  /** The facts that the step alone tells of it. */
  readonly ofStep: TableFacts;
  /** Whether putting a row into it fires a trigger, which may cost more the more rows there are. */
  readonly isTriggered: boolean;
}

/** The step that hazards are made for, and what plain rows before it depend on; it is the first of the later migrations. */
export interface StepOptions extends Pick<FillOptions, 'seed' | 'vocabulary' | 'later' | 'texts'> {
  readonly migration: Migration;
  /** Whether a migration before the step wrote rows of a table out. */
  readonly isOwn: (table: string) => boolean;
  /** Whether the database enforces foreign keys. */
  readonly foreignKeys: boolean;
}

/** A step before anything of it has run. */
export interface HazardStep extends Pick<StepOptions, 'migration' | 'isOwn' | 'foreignKeys'> {
  readonly schema: Schema;
  readonly scope: StepScope;
  /** A table as it is before any hazard is there; null where it has no row. */
  readonly before: (table: Table) => TableBefore | null;
  /** The rows that it copies, before there are hazards. */
  readonly copied: CopiedRows;
  /** Inserts a row, or changes nothing and returns the reason. */
  readonly insert: (row: HazardRow) => RowVerdict;
  /** The first rows of a SELECT of the step. */
  readonly select: RowSink['select'];
  /** Limits insertions into tables with triggers. */
  readonly budget: InsertionBudget;
}

/** A table whose hazards are made, the step that they are made for, and the makers of rows. */
export interface HazardRequest extends HazardStep, TableBefore {
  readonly host: Host;
  readonly withChildren: WithChildren;
}

/** Makes hazards of a table, and inserts their rows. A hazard that SQLite refuses does not exist. */
export type HazardMaker = (request: HazardRequest) => readonly Hazard[];
