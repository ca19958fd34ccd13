import type { Report } from '../model/report.ts';
import type { Verdict } from '../model/verdict.ts';
import type { Style } from './paint.ts';
import { printable } from './printable.ts';

/** The two answers, as reports print them. */
export function verdictWord({ go }: Verdict): 'GO' | 'NO-GO' {
  return go ? 'GO' : 'NO-GO';
}

/** The verdict of a gate in one line; null for other jobs. */
export function verdictText({ verdict }: Pick<Report, 'verdict'>): string | null {
  return verdict === null ? null : `${verdictWord(verdict)}: ${printable(verdict.because)}.`;
}

/** The colour of that line. */
export function verdictStyle({ go }: Verdict): Style {
  return go ? 'green' : 'red';
}
