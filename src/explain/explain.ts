// This room turns differences into findings: how bad they are, what causes them, and what to write instead.
import type { Comparison, Difference } from '../model/comparison.ts';
import type { Finding, FindingCode, Severity } from '../model/finding.ts';
import type { Runner } from '../model/tool.ts';
import { type Claim, claimOn } from './claims.ts';
import type { RuleContext } from './context.ts';
import { blameHazards, mergeHazards } from './hazards.ts';
import { inTermsOf } from './keys-off.ts';
import { isOf, type OfKind } from './rule.ts';
import { readingOf, rules } from './rules/rules.ts';

/** The options of a project for its findings. */
export interface ExplainOptions {
  /** Whether values of a copy of production, or of rows made in its shape, may appear. */
  readonly includeValues: boolean;
  /** The share of a table's rows, in percent, that a migration may delete on purpose; null where there is no limit. */
  readonly maxDeleted: number | null;
}

/** The findings of a step. */
export interface Explanation {
  /** Errors first, then by statement. */
  readonly findings: readonly Finding[];
  /** The findings that the migration's own `allow` directives accept, with their reasons. */
  readonly accepted: readonly { readonly finding: Finding; readonly reason: string }[];
  /** The directives that accepted something. */
  readonly claims: ReadonlySet<Claim>;
}

/**
 * Explains the differences of a step: one finding per cause, with the datasets that show it.
 * @param comparisons the sides of one step, in the order in which the report quotes their numbers; sides with hazards
 * come last.
 * @param runner whose terms the advice uses.
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
  const kinds = new Set(differences.map(({ kind }) => kind));
  return [...kinds].flatMap((kind) => explainKind(kind, differences, context));
}

function explainKind<K extends Difference['kind']>(
  kind: K,
  differences: readonly Difference[],
  context: RuleContext,
): readonly Finding[] {
  const own = differences.filter((difference): difference is OfKind<K> => difference.kind === kind);
  return readingOf(kind).explain(own, context);
}

/**
 * Merges the same finding on another dataset: the numbers of the first stay, and its datasets grow. If both need
 * hazards, either set suffices; if one needs none, the merged finding needs none.
 */
function merge(first: Finding, other: Finding): Finding {
  const datasets = [...new Set([...first.datasets, ...other.datasets])];
  const severity = rank[first.severity] <= rank[other.severity] ? first.severity : other.severity;
  const merged = first.hazards.length > 0 && other.hazards.length > 0 ? mergeHazards(first, other) : first;
  const known: Finding = { ...merged, severity };
  return { ...mergeFacts(known.code, known, other), datasets };
}

function mergeFacts<C extends FindingCode>(code: C, known: Finding, other: Finding): Finding {
  const { merge: mergeOwn } = rules[code];
  return mergeOwn === undefined || !isOf(code, known) || !isOf(code, other) ? known : mergeOwn(known, other);
}

/** The identity of a finding: its cause and its place, without the numbers. */
function identity(found: Finding): string {
  const place = rules[found.code].merge === undefined ? [found.statement, found.table] : [];
  return JSON.stringify([found.code, found.cause, found.migration, place, distinctionOf(found.code, found)]);
}

function distinctionOf<C extends FindingCode>(code: C, found: Finding): unknown {
  return isOf(code, found) ? rules[code].distinction?.(found) : null;
}
