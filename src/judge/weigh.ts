import type { Step } from '../apply/walk.ts';
import { explain } from '../explain/explain.ts';
import type { Isolation } from '../isolate/isolate.ts';
import type { Finding } from '../model/finding.ts';
import type { HazardLabel } from '../model/hazard.ts';
import type { Note } from '../model/note.ts';
import type { Terms } from './judge.ts';
import { sameFinding } from './otherwise.ts';

/** Counts the rows of a hazard in production before a step; null if they cannot be counted. */
export type Ask = (step: Step, hazard: HazardLabel) => number | null;

/**
 * Asks production for the rows that the warnings of `check` need. The migration has run on these very rows, so no
 * further finding arises but of statements that do nothing, which nothing shows there: a note names the warnings that production
 * rules out, and the rows that the migration handles correctly although `check` warns about them.
 * @param found the findings on the rows of production.
 */
export function weigh(
  step: Step,
  terms: Terms & { readonly ask: Ask },
  isolations: readonly Isolation[],
  found: readonly Finding[],
): { readonly notes: readonly Note[]; readonly findings: readonly Finding[] } {
  const { name: migration } = step.migration;
  const shown = new Set(found.map(sameFinding));
  const warnings = explain(
    isolations.flatMap(({ comparisons }) => comparisons),
    terms,
    terms.runner,
  ).findings.filter((finding) => !shown.has(sameFinding(finding)));
  const rowsOf = (hazard: HazardLabel): number | null =>
    least([hazard, ...(hazard.and ?? [])].map((each) => terms.ask(step, each)));

  const notes: Note[] = [];
  let ruledOut = 0;
  const findings: Finding[] = [];
  for (const finding of warnings) {
    const { code, table, hazards } = finding;
    const asked = hazards.map((hazard) => ({ hazard, rows: rowsOf(hazard) }));
    const met = asked.find(({ rows }) => rows !== null && rows > 0);
    if (met !== undefined && isSwitchedOff(finding, step)) {
      findings.push({ ...finding, datasets: ['copy'], measuredOn: 'copy', hazards: [met.hazard] });
    } else if (met !== undefined) {
      const { needs, query } = met.hazard;
      const facts = { migration, warning: code, table, needs, query, rows: met.rows ?? 0 };
      notes.push({ code: 'harmless-on-copy', dataset: 'copy', facts });
    } else if (asked.every(({ rows }) => rows === 0)) ruledOut += 1;
  }
  if (ruledOut > 0)
    notes.push({ code: 'ruled-out-by-copy', dataset: 'copy', facts: { migration, warnings: ruledOut } });
  return { notes, findings };
}

/** Whether a statement that a row switches off has touched no row of the copy. */
function isSwitchedOff({ cause, statement }: Finding, { candidates }: Step): boolean {
  const outcome = candidates.get('copy');
  if (cause !== 'without-effect' || outcome?.status !== 'applied') return false;
  return outcome.effects.some((effect) => effect.statement === statement && effect.rows === 0);
}

/** The smallest number; null if one is unknown and none is 0. */
function least(counts: readonly (number | null)[]): number | null {
  if (counts.includes(0)) return 0;
  const known = counts.filter((count) => count !== null);
  return known.length < counts.length ? null : Math.min(...known);
}
