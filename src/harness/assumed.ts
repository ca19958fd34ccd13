import type { Step } from '../apply/walk.ts';
import type { ResolvedConfig } from '../config.ts';
import type { Finding } from '../model/finding.ts';
import type { History } from '../model/history.ts';
import { judgeOtherwise, sameFinding } from './other-settings.ts';

/**
 * Says of errors that hinge on foreign keys being enforced, where that was assumed and nobody said it: the step is judged
 * with them off as well.
 */
export function tellAssumed(
  step: Step,
  history: History,
  config: ResolvedConfig,
  findings: readonly Finding[],
): Finding[] {
  if (!isAssumed(history, config) || !findings.some(({ severity }) => severity === 'error')) return [...findings];
  const off = { ...config, settings: { ...config.settings, foreignKeys: false } };
  const others = judgeOtherwise(step, history, { migration: step.migration, config: off });
  if (others === null) return [...findings];
  const stays = new Set(others.map(sameFinding));
  return findings.map((finding) =>
    finding.severity !== 'error' || finding.code === 'invariant-broken' || stays.has(sameFinding(finding))
      ? finding
      : { ...finding, details: [...finding.details, hinges] },
  );
}

const hinges =
  'With foreign keys off this does not happen. That production enforces them is assumed: say --foreign-keys on or off, or --driver.';

/**
 * Whether nothing tells the driver, or a line of the project switches foreign keys on, on a connection that may be another
 * one; and the user has not said it.
 */
function isAssumed({ runner }: History, { asked, settings }: ResolvedConfig): boolean {
  return (
    settings.foreignKeys &&
    asked.foreignKeys === undefined &&
    (runner.foreignKeys === null ? runner.driverEvidence === null : runner.foreignKeys.on) &&
    runner.tool !== 'rowproof'
  );
}
