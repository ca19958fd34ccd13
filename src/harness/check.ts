import { walk } from '../apply/walk.ts';
import { prepareBase } from '../database/base.ts';
import { scratchError } from '../database/connection.ts';
import { explain } from '../explain/explain.ts';
import { tryLimit } from '../isolate/budget.ts';
import { isolateHazards } from '../isolate/isolate.ts';
import { believe } from '../isolate/ruled-out.ts';
import type { Side } from '../model/dataset.ts';
import type { Report } from '../model/report.ts';
import { tellAssumed } from './assumed.ts';
import { makeDatasets } from './datasets.ts';
import type { Project } from './project.ts';
import { createRecord } from './record.ts';
import { compareStep, interruptStep, outcomesOf, type Progress } from './step.ts';
import { findUnheard } from './unheard.ts';
import { watchDirectives } from './unused.ts';

/**
 * Applies every migration to the empty database and to every dataset, compares, explains, and reports.
 * @throws HarnessError when the inputs cannot be used.
 */
export async function check(project: Project, progress: Progress = () => {}): Promise<Report> {
  try {
    return await run(project, progress);
  } catch (error) {
    throw scratchError(error, 'The check cannot go on');
  } finally {
    project.programs?.dispose();
  }
}

async function run(project: Project, progress: Progress): Promise<Report> {
  const { history, config, invariants, profile } = project;
  const datasets = await makeDatasets(project);
  const sides: Side[] = ['empty', ...datasets.map(({ name }) => name)];
  const directives = watchDirectives(history.migrations, sides, project.isComplete);
  const record = createRecord('check', project, { sides, directives });
  for (const text of project.programs?.notes ?? []) record.note({ kind: 'programs', text });
  const openBase = await prepareBase(history.base, config.settings);
  const total = history.migrations.length;
  const next = (position: number): void => {
    const migration = history.migrations[position];
    if (migration !== undefined) progress(migration, position + 1, total);
  };

  next(0);
  let position = 0;
  let ruledOut = 0;
  let stops = 0;
  for (const step of walk({
    history,
    settings: config.settings,
    invariants,
    datasets,
    openBase,
    filled: (dataset, version, filling) => {
      // The plain rows of awkward are those of one-row, and so are their gaps.
      const known = dataset === 'awkward' && sides.includes('one-row');
      record.filled(dataset, version, known ? { unfilled: [], notes: [] } : filling);
    },
  })) {
    const isolations = isolateHazards(step, config.settings).map((isolation) => {
      const { comparisons, leftOut } = believe(isolation.comparisons, step.migration, profile);
      ruledOut += leftOut;
      return { ...isolation, comparisons };
    });
    const interrupted = config.interrupt ? interruptStep(step, config.settings) : { comparisons: [], stops: 0 };
    stops += interrupted.stops;
    const comparisons = [
      ...compareStep(step, config.settings),
      ...interrupted.comparisons,
      ...isolations.flatMap((each) => each.comparisons),
    ];
    const explanation = explain(comparisons, config, history.runner);
    const unheard = findUnheard(step, history, config, explanation.findings);
    record.step(step.migration, outcomesOf(step, isolations), {
      ...explanation,
      findings: [...tellAssumed(step, history, config, explanation.findings), ...unheard],
    });
    for (const { dataset } of isolations.filter(({ exhausted }) => exhausted)) {
      record.note({
        kind: 'seed',
        text: `${dataset}: ${step.migration.name} was run ${tryLimit} times to find which rows change its outcome; there may be more.`,
      });
    }
    if (step.restarted.length > 0) record.restarted(step.migration, step.restarted);
    position += 1;
    next(position);
    // Lets timers, signals and the caller's own work have their turn.
    await new Promise(setImmediate);
  }
  if (ruledOut > 0 && profile !== null) {
    const what = ruledOut === 1 ? '1 warning was' : `${ruledOut} warnings were`;
    record.note({
      kind: 'allowed',
      text: `awkward: ${what} left out: going by ${profile.file}, production has no such row.`,
    });
  }
  if (config.interrupt) record.note({ kind: 'interrupted', text: describeStops(stops) });
  if (config.verbose) for (const text of project.programs?.printed() ?? []) record.note({ kind: 'printed', text });
  return record.report(history.migrations);
}

function describeStops(stops: number): string {
  if (stops === 0)
    return 'interrupt: no migration commits anything before its last statement, so nothing was run again.';
  return `interrupt: migrations were stopped between statements ${stops === 1 ? 'once' : `${stops} times`}, over all datasets, and run again.`;
}
