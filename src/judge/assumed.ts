import type { Step } from '../apply/walk.ts';
import { hingesOnKeys } from '../explain/otherwise.ts';
import type { Finding } from '../model/finding.ts';
import type { JudgementTerms } from './judge.ts';
import { judgeOtherwise, sameFinding } from './otherwise.ts';

/**
 * Marks errors that depend on enforced foreign keys, if the enforcement is only assumed: the step is also judged with
 * keys off.
 */
export function tellAssumed(step: Step, terms: JudgementTerms, findings: readonly Finding[]): Finding[] {
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
 * Whether the user gave no setting, and either the driver is unknown or a line of the project switches foreign keys on,
 * perhaps on another connection.
 */
function isAssumed({ runner, asked, settings }: JudgementTerms): boolean {
  return (
    settings.foreignKeys &&
    asked.foreignKeys === undefined &&
    (runner.foreignKeys === null ? runner.driverEvidence === null : runner.foreignKeys.on) &&
    runner.tool !== 'rowproof'
  );
}
