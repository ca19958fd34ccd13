import { applyAgain, type StepSurroundings } from '../../apply/again.ts';
import { applyStep } from '../../apply/apply.ts';
import type { Dataset } from '../../apply/dataset.ts';
import type { Step } from '../../apply/walk.ts';
import { isMachineFault } from '../../database/connection.ts';
import { HarnessError } from '../../errors.ts';
import { type Judgement, type JudgementTerms, judgeStep } from '../../judge/judge.ts';
import type { DatasetName, Side } from '../../model/dataset.ts';
import type { Migration } from '../../model/history.ts';
import type { Outcome } from '../../model/outcome.ts';
import { asStep, onDataset } from '../../watch/activity.ts';
import type { GuardedSources } from '../project.ts';
import { attached, type Corrected, correct, termsOfTexts } from '../rewrites/correct.ts';
import { readOriginal } from '../rewrites/originals.ts';

/** How often a text runs on the copy at most, which takes the room and the time of one more rehearsal. */
const copyRuns = 3;

/** The inputs of corrections. */
export interface Correcting {
  readonly sources: GuardedSources;
  readonly terms: JudgementTerms;
  /** The makers of the generated rows on which a text runs before it runs on the copy. */
  readonly datasets: readonly Dataset[];
}

/** Corrects pending migrations, one after the other. */
export interface Corrections {
  /** Says where production stands before the first of them. */
  readonly begin: (position: number) => void;
  /** The judgement of a step with a corrected text that passes on generated rows and on the copy. */
  readonly tell: (step: Step, judgement: Judgement) => Judgement;
}

/**
 * Starts to correct the pending migrations of a rehearsal. A text is written from the schema and from what SQLite says
 * without values, so that it holds nothing of a row.
 */
export function createCorrections({ sources, terms, datasets }: Correcting): Corrections {
  const { config, invariants } = sources;
  let from = 0;
  return {
    begin: (position) => {
      from = position;
    },
    tell: (step, judgement) => {
      const surroundings = { from, settings: config.settings, invariants, datasets };
      from = step.migration.position;
      if (!config.rewrites) return judgement;
      return attached(judgement, step, () => attemptOn(step, { ...terms, ask: null }, surroundings, sources));
    },
  };
}

/** A verdict must not fail for the want of a correction: without the room for more copies there is none. */
function attemptOn(
  step: Step,
  terms: JudgementTerms,
  surroundings: StepSurroundings,
  sources: GuardedSources,
): Corrected | null {
  try {
    return correctPending(step, terms, surroundings, sources);
  } catch (error) {
    if (error instanceof HarnessError || isMachineFault(error)) return null;
    throw error;
  }
}

function correctPending(
  step: Step,
  terms: JudgementTerms,
  surroundings: StepSurroundings,
  sources: GuardedSources,
): Corrected | null {
  const { migration, snapshots } = step;
  const copy = snapshots.get('copy');
  const outcome = step.candidates.get('copy');
  if (copy === undefined || outcome === undefined || readOriginal(step, sources) === null) return null;
  const plain = termsOfTexts(terms);
  const generated = withRows(step, surroundings);
  const withCopy = (part: Step, found: Outcome): Step => ({
    ...part,
    candidates: new Map<DatasetName, Outcome>([...part.candidates, ['copy', found]]),
    snapshots: new Map([...part.snapshots, ['copy', copy]]),
  });
  const runOnCopy = (text: Migration): Outcome => {
    const db = copy.open(surroundings.settings);
    try {
      return onDataset('copy', () => applyStep({ ...surroundings, migration: text, db, snapshot: copy }));
    } finally {
      db.close();
    }
  };
  let left = copyRuns;
  const again: Step['again'] = (text, part) => {
    const next = applyAgain(generated, text, surroundings, part);
    // Only a text that passes on generated rows is worth a run on the copy.
    if (part?.only !== undefined || left === 0 || !isClean(next, plain)) return next;
    left -= 1;
    return withCopy(next, runOnCopy(text));
  };
  const start = { ...withCopy(applyAgain(generated, migration, surroundings), outcome), again };
  return correct({ step: start, findings: judgeStep(start, plain).findings }, plain, sources);
}

function isClean(step: Step, terms: JudgementTerms): boolean {
  const sides = [step.baseline, ...step.candidates.values()];
  if (sides.some(({ status }) => status !== 'applied')) return false;
  return judgeStep(step, terms).findings.every(({ severity }) => severity !== 'error');
}

/** A step of a rehearsal with generated rows in the place of the copy. */
function withRows(step: Step, { from, settings, datasets }: StepSurroundings): Step {
  const { migration, baseline } = step;
  const empty = step.snapshots.get('empty');
  const snapshots = new Map<Side, NonNullable<typeof empty>>();
  if (empty === undefined) return { migration, baseline, candidates: new Map(), snapshots, restarted: [] };
  snapshots.set('empty', empty);
  for (const dataset of datasets) {
    const db = empty.open(settings);
    try {
      const fill = (): unknown => dataset.fill(db, { position: from, restarted: false, state: null });
      onDataset(dataset.name, () => asStep(`Making rows for ${migration.name}`, fill));
      snapshots.set(dataset.name, empty.keep(db));
    } finally {
      db.close();
    }
  }
  return { migration, baseline, candidates: new Map(), snapshots, restarted: [] };
}
