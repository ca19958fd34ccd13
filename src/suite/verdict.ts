import type { FailOn } from '../config.ts';
import type { ReportedFinding, Severity } from '../model/finding.ts';
import type { Report, StepOutcome } from '../model/report.ts';
import type { TestSide } from './plan.ts';

/** The result of one migration on one side in a report. */
export interface SideVerdict {
  /** The findings that fail the test. */
  readonly failing: readonly ReportedFinding[];
  /** The findings that do not fail the test. */
  readonly remarks: readonly ReportedFinding[];
  /** The reason why there is no result, or null. */
  readonly skipped: string | null;
}

const failingSeverities: Readonly<Record<FailOn, readonly Severity[]>> = {
  error: ['error'],
  warning: ['error', 'warning'],
  never: [],
};

/** Reads the result of `migration` on `side` from the report of a run that had that side. */
export function readVerdict(report: Report, migration: string, side: TestSide, failOn: FailOn): SideVerdict {
  const findings = report.findings.filter(
    (finding) => finding.migration === migration && finding.datasets.includes(side),
  );
  const fails = ({ severity }: ReportedFinding): boolean => failingSeverities[failOn].includes(severity);
  const step = report.steps.find((candidate) => candidate.migration === migration && candidate.dataset === side);
  return {
    failing: findings.filter(fails),
    remarks: findings.filter((finding) => !fails(finding)),
    skipped: whySkipped(step?.outcome ?? 'not-run', report),
  };
}

function whySkipped(outcome: StepOutcome, { steps }: Report): string | null {
  if (outcome === 'skipped') return 'it is a program, and programs are not run';
  if (outcome === 'blocked') return 'it needs an object that a skipped program would have made';
  if (outcome !== 'not-run') return null;
  const end = steps.find((step) => step.dataset === 'empty' && step.outcome === 'failed');
  return end === undefined
    ? 'it was not run'
    : `the history ends at ${end.migration}, which fails on the empty database`;
}
