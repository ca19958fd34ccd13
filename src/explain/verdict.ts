import type { Finding } from '../model/finding.ts';
import type { Report, ReportStep } from '../model/report.ts';
import type { Verdict } from '../model/verdict.ts';
import type { WeighedWarning } from '../model/weighed.ts';
import { counted } from './format.ts';

/** The results of a gate. */
export interface GateResults {
  readonly gate: NonNullable<Report['gate']>;
  readonly steps: readonly ReportStep[];
  readonly findings: readonly Finding[];
  readonly weighed: readonly WeighedWarning[];
  /** Whether a warning stops the deploy as well. */
  readonly isStrict: boolean;
}

/**
 * Decides whether a deploy may go on. An error stops it, and so does a migration that did not get through on the copy, even
 * where a directive accepts the finding.
 */
export function decide(judged: GateResults): Verdict {
  const { findings, steps, isStrict } = judged;
  const errors = findings.filter(({ severity }) => severity === 'error');
  const stopping = [...errors, ...(isStrict ? findings.filter(({ severity }) => severity === 'warning') : [])];
  const [first] = stopping;
  if (first !== undefined) return { go: false, because: `${describe(first)}${others(stopping.slice(1))}` };
  const stopped = steps.find(({ dataset, outcome }) => dataset === 'copy' && outcome === 'failed');
  if (stopped !== undefined) return { go: false, because: `${stopped.migration} fails on the copy` };
  return { go: true, because: describeSafe(judged) };
}

/** The longest message that a reason quotes. */
const messageLimit = 160;

function describe({ migration, title, table, message }: Finding): string {
  const event = `${migration} ${title}${table === null ? '' : ` (${table})`}`;
  return message.length > messageLimit ? event : `${event}: ${message.replace(/\.$/, '')}`;
}

/** @returns a second part of the sentence, or nothing. */
function others(left: readonly Finding[]): string {
  const parts = (['error', 'warning'] as const).flatMap((wanted) => {
    const count = left.filter(({ severity }) => severity === wanted).length;
    return count === 0 ? [] : [counted(count, `more ${wanted}`)];
  });
  return parts.length === 0 ? '' : `; ${parts.join(' and ')}`;
}

function describeSafe({ gate, findings, weighed, steps }: GateResults): string {
  if (gate.pending === 0) return 'nothing is pending';
  const applied = steps.filter(({ dataset, outcome }) => dataset === 'copy' && outcome === 'applied').length;
  const warnings = findings.filter(({ severity }) => severity === 'warning').length;
  const ruledOut = weighed.filter(({ answer }) => answer === 'ruled-out').length;
  return [
    `${counted(applied, 'pending migration')} ${applied === 1 ? 'applies' : 'apply'} to the copy without an error`,
    // A wrong path often names an empty file.
    ...(gate.position === 0 ? ['none was applied before, as in a new database'] : []),
    ...(warnings > 0 ? [`${counted(warnings, 'warning')} ${warnings === 1 ? 'needs' : 'need'} a look`] : []),
    ...(ruledOut > 0 ? [`its rows rule out ${counted(ruledOut, 'warning')} of check`] : []),
  ].join('; ');
}
