import type { Difference } from '../model/comparison.ts';
import type { CauseOf, Finding, FindingCode } from '../model/finding.ts';
import type { RuleContext } from './context.ts';
import type { Topic } from './topic.ts';

/** The differences of one kind. */
export type OfKind<K extends Difference['kind']> = Extract<Difference, { readonly kind: K }>;

/** The findings of one code. */
export type OfCode<C extends FindingCode> = Extract<Finding, { readonly code: C }>;

/** How differences of one kind are read. */
export interface Reading<K extends Difference['kind']> {
  /** What makes two differences one, whatever their numbers: the search for hazards tells by it what a run shows. */
  readonly key: (difference: OfKind<K>) => readonly unknown[];
  /** The tables and columns that a claim has to name to accept it; its `table` and its `columns` where left out. */
  readonly claimed?: (difference: OfKind<K>) => {
    readonly tables: readonly string[];
    readonly columns: readonly string[];
  };
  /** @param differences those of one side, in the order in which they were found. */
  readonly explain: (differences: readonly OfKind<K>[], context: RuleContext) => readonly Finding[];
}

/** All that rowproof knows about one code: what it means, and how differences become findings of it. */
export interface Rule<C extends FindingCode> {
  readonly code: C;
  readonly topic: Topic;
  /** What there is to know about each mechanism behind it. */
  readonly causes: Readonly<Record<CauseOf<C>, Topic>>;
  /** Whether it takes rows to show; else any run can tell whether a claim on it has an effect. */
  readonly dependsOnRows: boolean;
  /** Whether it is an error even where nobody has shown that production has the rows: a rule of the schema or the project breaks. */
  readonly isGraveOnAnyRow?: boolean;
  /**
   * The tables, objects or names that it is about, by which a report knows it again, and nothing that rows decide; its
   * `table` where left out.
   */
  readonly objects?: (finding: OfCode<C>) => readonly unknown[];
  /** What tells two findings of one place and cause apart. */
  readonly distinction?: (finding: OfCode<C>) => unknown;
  /** How many rows it tells of: of two datasets that show it, the numbers of that with more are told. */
  readonly weight?: (finding: OfCode<C>) => number;
  /** Adds what only another dataset saw; a code that has it makes one finding for each cause, of all its tables. */
  readonly merge?: (known: OfCode<C>, other: OfCode<C>) => OfCode<C>;
  /** The kinds of difference that become this finding; none where it comes from something else. */
  readonly readings: { readonly [K in Difference['kind']]?: Reading<K> };
}

/** Explains differences one by one. */
export function each<K extends Difference['kind']>(
  explain: (difference: OfKind<K>, context: RuleContext) => Finding,
): Reading<K>['explain'] {
  return (differences, context) => differences.map((difference) => explain(difference, context));
}

/** Whether a finding has a code. */
export function isOf<C extends FindingCode>(code: C, found: Finding): found is OfCode<C> {
  return found.code === code;
}
