import { applyStep } from '../apply/apply.ts';
import type { Step } from '../apply/walk.ts';
import { explain } from '../explain/explain.ts';
import type { DatasetName, Side } from '../model/dataset.ts';
import type { Finding } from '../model/finding.ts';
import type { Migration } from '../model/history.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Judgement, Terms } from './judge.ts';
import { sameFinding } from './otherwise.ts';
import { compareSides } from './sides.ts';

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
export function watchDeploy(pending: readonly Migration[], terms: Terms): DeployWatch {
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
 * @param first the step of the first pending migration.
 * @returns null where a deploy is no more than its steps, or has programs in it, which run one at a time.
 */
function judgeDeploy(first: Step, pending: readonly Migration[], terms: Terms): Deploy | null {
  const { settings } = terms;
  const isOne = settings.transaction === 'all-pending' && pending.length > 1;
  if (!isOne || pending.some(({ kind, program }) => kind === 'code' || program !== undefined)) return null;
  const { migration, origins } = together(pending);
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
  if (baseline === null) return null;
  const candidates = new Map<DatasetName, Outcome>();
  for (const side of baseline.status === 'failed' ? [] : first.candidates.keys()) {
    const outcome = run(side);
    if (outcome !== null) candidates.set(side, outcome);
  }
  const step: Step = { migration, baseline, candidates, snapshots: first.snapshots, restarted: [] };
  const { findings } = explain(compareSides(step, settings), terms, terms.runner);
  return {
    findings: findings
      .filter(({ severity }) => severity !== 'note')
      .map((finding) => atOrigin(finding, pending, origins)),
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

/** The statements of several migrations as one list, with the migration of each. */
function together(pending: readonly Migration[]): { migration: Migration; origins: readonly Migration[] } {
  const origins = pending.flatMap((each) => each.statements.map(() => each));
  const statements = pending
    .flatMap((each) => each.statements)
    .map((statement, place) => ({ ...statement, index: place + 1 }));
  const last = pending.at(-1);
  const { position, id, name, file } = last ?? { position: 0, id: '', name: '', file: '' };
  const migration: Migration = {
    ...{ kind: 'sql', position, id, name, file, statements, ownTransaction: false, hash: '' },
    directives: pending.flatMap(({ directives }) => directives),
  };
  return { migration, origins };
}

/** The same finding at the migration of its statement; at the last migration without a statement. */
function atOrigin(finding: Finding, pending: readonly Migration[], origins: readonly Migration[]): Finding {
  const origin = finding.statement === null ? pending.at(-1) : origins[finding.statement - 1];
  if (origin === undefined) return finding;
  const before = finding.statement === null ? 0 : origins.indexOf(origin);
  return {
    ...finding,
    migration: origin.name,
    file: origin.file,
    statement: finding.statement === null ? null : finding.statement - before,
    statements: origin.statements.length,
  };
}
