import type { Difference } from '../model/comparison.ts';
import type { CauseOf, Finding, FindingCode } from '../model/finding.ts';
import type { RuleContext } from './context.ts';
import type { Topic } from './topic.ts';

/** The differences of one kind. */
export type OfKind<K extends Difference['kind']> = Extract<Difference, { readonly kind: K }>;

/** The findings of one code. */
export type OfCode<C extends FindingCode> = Extract<Finding, { readonly code: C }>;

/** The reading of differences of one kind. */
export interface RuleReading<K extends Difference['kind']> {
  /** The identity of a difference, without its numbers; the search for hazards recognises a difference by it. */
  readonly key: (difference: OfKind<K>) => readonly unknown[];
  /** The tables and columns that a claim must name to accept it; by default its `table` and its `columns`. */
  readonly claimed?: (difference: OfKind<K>) => {
    readonly tables: readonly string[];
    readonly columns: readonly string[];
  };
  /** @param differences those of one side, in the order in which they were found. */
  readonly explain: (differences: readonly OfKind<K>[], context: RuleContext) => readonly Finding[];
}

/** One code: its meaning, and how differences become its findings. */
export interface Rule<C extends FindingCode> {
  readonly code: C;
  readonly topic: Topic;
  /** The topic of each mechanism behind it. */
  readonly causes: Readonly<Record<CauseOf<C>, Topic>>;
  /** Whether it needs rows to show; if not, any run can tell whether a claim on it has an effect. */
  readonly dependsOnRows: boolean;
  /**
   * Whether it is an error even without proof that production has the rows, because it breaks a rule of the schema or
   * the project.
   */
  readonly isGraveOnAnyRow?: boolean;
  /** The tables, objects or names that a report recognises it by, independent of rows; by default its `table`. */
  readonly objects?: (finding: OfCode<C>) => readonly unknown[];
  /** The distinction between two findings of one place and cause. */
  readonly distinction?: (finding: OfCode<C>) => unknown;
  /** How many rows it tells of: of two datasets that show it, the one with more gives the numbers. */
  readonly weight?: (finding: OfCode<C>) => number;
  /**
   * Adds the facts that only another dataset shows; a code with this function makes one finding per cause, for all
   * tables.
   */
  readonly merge?: (known: OfCode<C>, other: OfCode<C>) => OfCode<C>;
  /** The kinds of difference that become this finding; empty if it has another origin. */
  readonly readings: { readonly [K in Difference['kind']]?: RuleReading<K> };
}

/** Explains differences one by one. */
export function each<K extends Difference['kind']>(
  explain: (difference: OfKind<K>, context: RuleContext) => Finding,
): RuleReading<K>['explain'] {
  return (differences, context) => differences.map((difference) => explain(difference, context));
}

/** Whether a finding has a code. */
export function isOf<C extends FindingCode>(code: C, found: Finding): found is OfCode<C> {
  return found.code === code;
}
