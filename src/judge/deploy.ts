import { applyStep } from '../apply/apply.ts';
import type { Step } from '../apply/walk.ts';
import { explain } from '../explain/explain.ts';
import type { DatasetName, Side } from '../model/dataset.ts';
import type { Finding } from '../model/finding.ts';
import type { Migration } from '../model/history.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Judgement, JudgementTerms } from './judge.ts';
import { sameFinding } from './otherwise.ts';
import { compareSides } from './sides.ts';
import { asOne } from './whole.ts';

/** The result of a deploy as a whole. */
interface Deploy {
  /** The findings without notes, at the places in the files. */
  readonly findings: readonly Finding[];
  /** Whether it applied on every side, so all of it was seen. */
  readonly isThrough: boolean;
  /** The number of migrations in it. */
  readonly count: number;
}

/** Judges the deploy of all pending migrations beside its steps. */
export interface DeployWatch {
  /** Adds to a step's findings their outcome in the whole deploy. */
  readonly tell: (step: Step, judgement: Judgement) => Judgement;
  /** The findings that only the whole deploy shows; called after the last step. */
  readonly only: () => Finding[];
}

/** Watches the steps of the pending migrations; the deploy runs from the databases before the first of them. */
export function watchDeploy(pending: readonly Migration[], terms: JudgementTerms): DeployWatch {
  let deploy: Deploy | null = null;
  const stepwise: Finding[] = [];
  return {
    tell: (step, judgement) => {
      if (step.migration === pending[0]) deploy = judgeDeploy(step, pending, terms);
      stepwise.push(...judgement.findings);
      return { ...judgement, findings: tellDeploy(deploy, judgement.findings) };
    },
    only: () => onlyInDeploy(deploy, stepwise),
  };
}

/**
 * Judges all pending migrations as one deploy, if the tool runs them in one transaction: from the databases before the
 * first of them, beside the steps. The whole deploy then decides the effect of connection switches and deferred checks.
 * Programs are run by their tool, all at once.
 * @param first the step of the first pending migration.
 * @returns null where a deploy equals its steps.
 */
function judgeDeploy(first: Step, pending: readonly Migration[], terms: JudgementTerms): Deploy | null {
  const { settings } = terms;
  const whole = pending.length > 1 ? asOne(pending, settings) : null;
  if (whole === null) return null;
  const { migration } = whole;
  const run = (side: Side): Outcome | null => {
    const snapshot = first.snapshots.get(side);
    if (snapshot === undefined) return null;
    const db = snapshot.open(settings);
    try {
      // Invariants are checked in the judgement of the steps.
      return applyStep({ db, migration, from: migration.position, settings, invariants: [], snapshot });
    } finally {
      db.close();
    }
  };
  const baseline = run('empty');
  if (baseline === null || !whole.isOne(baseline)) return null;
  const candidates = new Map<DatasetName, Outcome>();
  for (const side of baseline.status === 'failed' ? [] : first.candidates.keys()) {
    const outcome = run(side);
    if (outcome !== null) candidates.set(side, outcome);
  }
  const step: Step = { migration, baseline, candidates, snapshots: first.snapshots, restarted: [] };
  const { findings } = explain(compareSides(step, settings), terms, terms.runner);
  return {
    findings: findings.filter(({ severity }) => severity !== 'note').map(whole.atOrigin),
    isThrough: [baseline, ...candidates.values()].every(({ status }) => status === 'applied'),
    count: pending.length,
  };
}

/** The findings that only the whole deploy shows. */
function onlyInDeploy(deploy: Deploy | null, stepwise: readonly Finding[]): Finding[] {
  if (deploy === null) return [];
  const known = new Set(stepwise.map(sameFinding));
  const only = `This happens only if all ${deploy.count} migrations run in one transaction, as in a deploy. It does not happen step by step.`;
  return deploy.findings
    .filter((finding) => !known.has(sameFinding(finding)))
    .map((finding) => ({ ...finding, details: [...finding.details, only] }));
}

/**
 * Adds to a step's findings their outcome in the whole deploy: a failure rolls all of it back, and a finding that the
 * whole does not show does not happen there.
 */
function tellDeploy(deploy: Deploy | null, findings: readonly Finding[]): readonly Finding[] {
  if (deploy === null) return findings;
  const { count, isThrough } = deploy;
  const back = `All ${count} migrations run in one transaction in a deploy, so none of them is applied.`;
  const not = `This does not happen if all ${count} migrations run in one transaction, as in a deploy.`;
  return findings.map((finding) => {
    const whole = deploy.findings.find((each) => sameFinding(each) === sameFinding(finding));
    const failed = whole?.code === 'fails-on-rows' || whole?.code === 'fails-on-empty' ? whole : null;
    if (failed?.facts.rolledBack === true) return { ...finding, details: [...finding.details, back] };
    const isOther = finding.severity === 'note' || finding.code === 'invariant-broken';
    return whole !== undefined || isOther || !isThrough ? finding : { ...finding, details: [...finding.details, not] };
  });
}
