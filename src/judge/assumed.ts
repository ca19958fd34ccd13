import type { Step } from '../apply/walk.ts';
import { hingesOnKeys } from '../explain/otherwise.ts';
import type { Finding } from '../model/finding.ts';
import type { Terms } from './judge.ts';
import { judgeOtherwise, sameFinding } from './otherwise.ts';

/**
 * Says of errors that hinge on foreign keys being enforced, where that was assumed and nobody said it: the step is judged
 * with them off as well.
 */
export function tellAssumed(step: Step, terms: Terms, findings: readonly Finding[]): Finding[] {
  if (!isAssumed(terms) || !findings.some(({ severity }) => severity === 'error')) return [...findings];
  const off = { ...terms, settings: { ...terms.settings, foreignKeys: false } };
  const others = judgeOtherwise(step, step.migration, off);
  if (others === null) return [...findings];
  const stays = new Set(others.map(sameFinding));
  return findings.map((finding) =>
    finding.severity !== 'error' || finding.code === 'invariant-broken' || stays.has(sameFinding(finding))
      ? finding
      : hingesOnKeys(finding),
  );
}

/**
 * Whether nothing tells the driver, or a line of the project switches foreign keys on, on a connection that may be another
 * one; and the user has not said it.
 */
function isAssumed({ runner, asked, settings }: Terms): boolean {
  return (
    settings.foreignKeys &&
    asked.foreignKeys === undefined &&
    (runner.foreignKeys === null ? runner.driverEvidence === null : runner.foreignKeys.on) &&
    runner.tool !== 'rowproof'
  );
}
