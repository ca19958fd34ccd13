import type { Finding } from '../../../model/finding.ts';
import { sameName } from '../../../sql/quote.ts';
import { isOf } from '../../rule.ts';

/**
 * Names the migration that left a full-text index out of step where a later one fails for it.
 * @param findings all findings of a run.
 */
export function blameStale(findings: readonly Finding[]): Finding[] {
  return findings.map((each): Finding => {
    if (!isOf('fails-on-rows', each)) return each;
    const { index } = each.facts;
    if (index === undefined) return each;
    const made = findings.find(
      (other) =>
        isOf('search-index-stale', other) &&
        other.migration !== each.migration &&
        other.facts.indexes.some(({ table }) => sameName(table, index.table)),
    );
    if (made === undefined) return each;
    return { ...each, details: [...each.details, `${made.migration} left ${index.table} out of step.`] };
  });
}
