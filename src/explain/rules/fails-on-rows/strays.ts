import type { StraySite } from '../../../model/facts.ts';
import type { Finding, FindingOf } from '../../../model/finding.ts';
import { quoteString } from '../../../sql/quote.ts';

type Stray = FindingOf<'fails-on-rows'>;

/**
 * Makes the orphans under declared keys one finding of the history, at the first statement that meets them: whether there are
 * any is one question to production, and its answer settles all of them. The other statements stand in `facts.sites`.
 */
export function foldStrays(findings: readonly Finding[]): Finding[] {
  const [first, ...others] = findings.filter(isStray);
  if (first === undefined) return [...findings];
  const sites = others.map(({ migration, statement, table }): StraySite => ({ migration, statement, table }));
  const labels = [first, ...others].flatMap(({ hazards }) => hazards);
  const tables = [...new Set(labels.map(({ table }) => table))].map(quoteString).join(', ');
  const query = `SELECT "table", parent, count(*) AS orphans FROM pragma_foreign_key_check WHERE "table" IN (${tables}) GROUP BY 1, 2`;
  const needs = [...new Set(labels.map((label) => label.needs))];
  const also = [...new Set(sites.map(({ migration }) => migration))].filter((name) => name !== first.migration);
  const shown = also.slice(0, 3).join(', ') + (also.length > 3 ? ` and ${also.length - 3} more` : '');
  const folded: Stray = {
    ...first,
    details: [...first.details, ...(also.length > 0 ? [`Declared keys are checked again in ${shown} too.`] : [])],
    hazards: first.hazards.slice(0, 1).map((hazard) => ({ ...hazard, needs: needs[0] ?? hazard.needs, query })),
    facts: { ...first.facts, sites },
  };
  return findings.filter((each) => each === first || !isStray(each)).map((each) => (each === first ? folded : each));
}

function isStray(finding: Finding): finding is Stray {
  return finding.code === 'fails-on-rows' && finding.cause === 'orphans-under-declared-key';
}
