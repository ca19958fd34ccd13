import type { Finding } from '../model/finding.ts';
import type { LedgerProblem } from '../model/ledger.ts';
import type { Runner } from '../model/tool.ts';
import { historyEdited } from './rules/history-edited/rule.ts';
import { skippedInProduction } from './rules/skipped-migration/rule.ts';

/** Explains a disagreement between the ledger of a database and the folder. */
export function explainLedger(problem: LedgerProblem, runner: Runner): Finding {
  const { kind } = problem;
  return kind === 'skipped' ? skippedInProduction(problem, runner) : historyEdited({ ...problem, kind }, runner);
}
