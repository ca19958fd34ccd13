import type { Step } from '../apply/walk.ts';
import { explain } from '../explain/explain.ts';
import type { Comparison } from '../model/comparison.ts';
import type { Finding } from '../model/finding.ts';
import type { HazardLabel } from '../model/hazard.ts';
import type { Note } from '../model/note.ts';
import type { Answer, WeighedWarning } from '../model/weighed.ts';
import type { JudgementTerms } from './judge.ts';
import { sameFinding } from './otherwise.ts';

/** Counts the rows of a hazard in production before a step; null if they cannot be counted. */
export type Ask = (step: Step, hazard: HazardLabel) => number | null;

/** The warnings of `check` on a step, weighed by the rows of production. */
export interface Weighed {
  readonly warnings: readonly WeighedWarning[];
  readonly notes: readonly Note[];
  /** The findings that no comparison shows: statements that do nothing on these rows. */
  readonly findings: readonly Finding[];
}

/** A hazard with the number of its rows in production. */
interface Counted {
  readonly hazard: HazardLabel;
  readonly rows: number | null;
}

/**
 * Asks production for the rows that the warnings of `check` need. The migration has run on these very rows, so no
 * further finding arises but of statements that do nothing, which nothing shows there: a note names the warnings that production
 * rules out, and the rows that the migration handles correctly although `check` warns about them.
 * @param hazardous what the step comes to with hazards.
 * @param found the findings on the rows of production.
 */
export function weigh(
  step: Step,
  terms: JudgementTerms & { readonly ask: Ask },
  hazardous: readonly Comparison[],
  found: readonly Finding[],
): Weighed {
  const { name: migration } = step.migration;
  const shown = new Set(found.map(sameFinding));
  const rowsOf = (hazard: HazardLabel): number | null =>
    least([hazard, ...(hazard.and ?? [])].map((each) => terms.ask(step, each)));

  const warnings: WeighedWarning[] = [];
  const notes: Note[] = [];
  const findings: Finding[] = [];
  let ruledOut = 0;
  for (const finding of explain(hazardous, terms, terms.runner).findings) {
    const asked = finding.hazards.map((hazard): Counted => ({ hazard, rows: rowsOf(hazard) }));
    const met = asked.find(({ rows }) => rows !== null && rows > 0);
    const isOff = met !== undefined && isSwitchedOff(finding, step);
    const answer = isOff ? 'happens' : answerOf(finding, asked, step, found);
    warnings.push({ migration, ...describe(finding, asked), answer });
    if (shown.has(sameFinding(finding))) continue;
    if (isOff) {
      findings.push({ ...finding, datasets: ['copy'], measuredOn: 'copy', hazards: [met.hazard] });
    } else if (met !== undefined && answer === 'harmless') {
      const { needs, query } = met.hazard;
      const facts = { migration, warning: finding.code, table: finding.table, needs, query, rows: met.rows ?? 0 };
      notes.push({ code: 'harmless-on-copy', dataset: 'copy', facts });
    } else if (answer === 'ruled-out') ruledOut += 1;
  }
  if (ruledOut > 0)
    notes.push({ code: 'ruled-out-by-copy', dataset: 'copy', facts: { migration, warnings: ruledOut } });
  return { warnings, notes, findings };
}

/** The answer of production's rows to a warning, which any of its hazards brings about. */
function answerOf(
  warning: Finding,
  asked: readonly Counted[],
  { candidates }: Step,
  found: readonly Finding[],
): Answer {
  const same = found.filter((each) => sameFinding(each) === sameFinding(warning));
  if (same.some(({ cause }) => cause === warning.cause)) return 'happens';
  if (asked.every(({ rows }) => rows === 0)) return 'ruled-out';
  if (asked.every(({ rows }) => rows === null || rows === 0)) return 'unknown';
  if (same.some(({ statement }) => statement === warning.statement)) return 'happens';
  // A migration that stopped has not met all rows.
  if (candidates.get('copy')?.status !== 'applied') return 'unknown';
  return same.length > 0 ? 'happens' : 'harmless';
}

function describe(
  { code, cause, table, statement, title }: Finding,
  asked: readonly Counted[],
): Omit<WeighedWarning, 'migration' | 'answer'> {
  const questions = asked.map(({ hazard: { needs, query }, rows }) => ({ needs, query, rows }));
  return { code, cause, table, statement, title, asked: questions };
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
