import type { Comparison, Difference } from '../model/comparison.ts';
import type { Finding, FindingCode, Severity } from '../model/finding.ts';
import type { Runner } from '../model/tool.ts';
import { type Claim, claimOn } from './claims.ts';
import type { RuleContext } from './context.ts';
import { blameHazards, mergeHazards } from './hazards.ts';
import { inTermsOf } from './keys-off.ts';
import { autoincrementReset, mergeReset } from './rules/autoincrement-reset.ts';
import { failsOnEmpty } from './rules/fails-on-empty.ts';
import { failsOnRows } from './rules/fails-on-rows.ts';
import { integrityBroken, invariantBroken } from './rules/invariant-broken.ts';
import { notAtomic } from './rules/not-atomic.ts';
import { notRepeatable, notRerunnable } from './rules/not-rerunnable.ts';
import { mergeBroken, objectBroken } from './rules/object-broken.ts';
import { mergeOrphans, orphansCreated } from './rules/orphans-created.ts';
import { partDropped } from './rules/part-dropped.ts';
import { mergeDuplicated, rowsDuplicated } from './rules/rows-duplicated.ts';
import { mergeLosses, rowsLost } from './rules/rows-lost.ts';
import { mergeUnreadable, rowsUnreadable } from './rules/rows-unreadable.ts';
import { schemaDiffers, schemaDrifted } from './rules/schema-differs.ts';
import { mergeChanged, valuesChanged } from './rules/values-changed.ts';

/** What a project wants told. */
export interface ExplainOptions {
  /** Whether values of a copy of production, or of rows made in its shape, may appear. */
  readonly includeValues: boolean;
  /** The share of a table's rows, in percent, that a migration may delete on purpose; null where there is no limit. */
  readonly maxDeleted: number | null;
}

/** What a step comes to. */
export interface Explanation {
  /** Errors first, then by statement. */
  readonly findings: readonly Finding[];
  /** What the migration's own `allow` directives accept, with their reasons. */
  readonly accepted: readonly { readonly finding: Finding; readonly reason: string }[];
  /** The directives that accepted something. */
  readonly claims: ReadonlySet<Claim>;
}

/**
 * Says what the differences of a step mean: one finding per cause, with the datasets that show it.
 * @param comparisons the sides of one step, in the order in which their numbers are to be quoted; those with hazards last.
 * @param runner whose terms advice is given in.
 */
export function explain(comparisons: readonly Comparison[], options: ExplainOptions, runner: Runner): Explanation {
  const claims = new Set(
    comparisons.flatMap(({ migration, differences }) => differences.flatMap((each) => claimOn(migration, each) ?? [])),
  );
  const explainClaimed = (claim: Claim | undefined): Finding[] =>
    explainAll(
      comparisons.map((comparison) => ({
        ...comparison,
        differences: comparison.differences.filter((each) => claimOn(comparison.migration, each) === claim),
      })),
      options,
    ).map((found) => ({ ...found, instead: inTermsOf(runner, found.instead) }));
  return {
    findings: explainClaimed(undefined),
    accepted: [...claims].flatMap((claim) =>
      explainClaimed(claim).map((finding) => ({ finding, reason: claim.reason })),
    ),
    claims,
  };
}

function explainAll(comparisons: readonly Comparison[], { includeValues, maxDeleted }: ExplainOptions): Finding[] {
  const findings = new Map<string, Finding>();
  for (const { migration, side, differences, hazards = [] } of comparisons) {
    const context: RuleContext = {
      migration,
      side,
      showValues: includeValues || (side !== 'copy' && side !== 'profile'),
      maxDeleted,
    };
    for (const found of explainSide(differences, context).map((plain) => blameHazards(plain, hazards))) {
      const key = identity(found);
      const known = findings.get(key);
      findings.set(key, known === undefined ? found : merge(known, found));
    }
  }
  return [...findings.values()].sort(
    (a, b) => rank[a.severity] - rank[b.severity] || (a.statement ?? 0) - (b.statement ?? 0),
  );
}

const rank: Readonly<Record<Severity, number>> = { error: 0, warning: 1, note: 2 };

function explainSide(differences: readonly Difference[], context: RuleContext): Finding[] {
  const ofKind = <K extends Difference['kind']>(kind: K) =>
    differences.filter((difference): difference is Extract<Difference, { kind: K }> => difference.kind === kind);
  const single = differences.filter(
    (difference) =>
      difference.kind !== 'fewer-rows' &&
      difference.kind !== 'duplicate-rows' &&
      difference.kind !== 'changed-values' &&
      difference.kind !== 'sequence-reset' &&
      difference.kind !== 'new-orphans' &&
      difference.kind !== 'unreadable-rows' &&
      difference.kind !== 'broken-object' &&
      difference.kind !== 'lost-part',
  );
  return [
    ...single.map((difference) => explainDifference(difference, context)),
    ...rowsLost(ofKind('fewer-rows'), context),
    ...rowsDuplicated(ofKind('duplicate-rows'), context),
    ...valuesChanged(ofKind('changed-values'), context),
    ...autoincrementReset(ofKind('sequence-reset'), context),
    ...orphansCreated(ofKind('new-orphans'), context),
    ...rowsUnreadable(ofKind('unreadable-rows'), context),
    ...objectBroken(ofKind('broken-object'), context),
    ...partDropped(ofKind('lost-part'), context),
  ];
}

function explainDifference(
  difference: Exclude<
    Difference,
    {
      kind:
        | 'fewer-rows'
        | 'duplicate-rows'
        | 'changed-values'
        | 'sequence-reset'
        | 'new-orphans'
        | 'unreadable-rows'
        | 'broken-object'
        | 'lost-part';
    }
  >,
  context: RuleContext,
): Finding {
  switch (difference.kind) {
    case 'failed-on-rows':
      return failsOnRows(difference, context);
    case 'failed-on-empty':
      return failsOnEmpty(difference, context);
    case 'left-behind':
      return notAtomic(difference, context);
    case 'stuck':
      return notRerunnable(difference, context);
    case 'interrupted':
      return notRepeatable(difference, context);
    case 'schema':
      return schemaDiffers(difference, context);
    case 'drift':
      return schemaDrifted(difference, context);
    case 'new-violations':
      return invariantBroken(difference, context);
    case 'integrity':
      return integrityBroken(difference, context);
  }
}

/**
 * The same finding on another dataset: the numbers of the first stay, and its datasets grow. With two lots of hazards it
 * takes any of them; whatever needs none is no matter of hazards any more.
 */
function merge(first: Finding, other: Finding): Finding {
  const datasets = [...new Set([...first.datasets, ...other.datasets])];
  const severity = rank[first.severity] <= rank[other.severity] ? first.severity : other.severity;
  const merged = first.hazards.length > 0 && other.hazards.length > 0 ? mergeHazards(first, other) : first;
  const known: Finding = { ...merged, severity };
  if (known.code === 'rows-lost' && other.code === 'rows-lost') return { ...mergeLosses(known, other), datasets };
  if (known.code === 'rows-duplicated' && other.code === 'rows-duplicated')
    return { ...mergeDuplicated(known, other), datasets };
  if (known.code === 'values-changed' && other.code === 'values-changed')
    return { ...mergeChanged(known, other), datasets };
  if (known.code === 'autoincrement-reset' && other.code === 'autoincrement-reset')
    return { ...mergeReset(known, other), datasets };
  if (known.code === 'orphans-created' && other.code === 'orphans-created')
    return { ...mergeOrphans(known, other), datasets };
  if (known.code === 'rows-unreadable' && other.code === 'rows-unreadable')
    return { ...mergeUnreadable(known, other), datasets };
  if (known.code === 'object-broken' && other.code === 'object-broken')
    return { ...mergeBroken(known, other), datasets };
  return { ...known, datasets };
}

/** Findings that name all the tables that a cause has reached. */
const ofManyTables: ReadonlySet<FindingCode> = new Set([
  'rows-lost',
  'rows-duplicated',
  'values-changed',
  'autoincrement-reset',
  'orphans-created',
  'rows-unreadable',
  'object-broken',
]);

/** What makes two findings one: the same cause at the same place, whatever the numbers. */
function identity(found: Finding): string {
  const wide = ofManyTables.has(found.code);
  const place = wide ? [] : [found.statement, found.table];
  const about =
    found.code === 'invariant-broken' ? found.facts.invariant : found.code === 'rows-lost' ? found.facts.limit : null;
  return JSON.stringify([found.code, found.cause, found.migration, place, about]);
}
