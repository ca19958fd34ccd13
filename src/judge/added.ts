import { explain } from '../explain/explain.ts';
import type { Comparison } from '../model/comparison.ts';
import type { Judgement, JudgementTerms } from './judge.ts';

/** Adds to a judgement differences that were found apart from the comparison of its sides, or that the authors accept them. */
export function withDifferences(
  judgement: Judgement,
  comparisons: readonly Comparison[],
  terms: JudgementTerms,
): Judgement {
  const { findings, accepted, claims } = explain(comparisons, terms, terms.runner);
  return {
    ...judgement,
    findings: [...judgement.findings, ...findings],
    accepted: [...judgement.accepted, ...accepted],
    claims: new Set([...judgement.claims, ...claims]),
    notes: [
      ...judgement.notes,
      ...accepted.map(({ finding, reason }) => ({
        code: 'accepted' as const,
        facts: { migration: finding.migration, message: finding.message, reason },
      })),
    ],
  };
}
