// This room holds the commands, each a pipeline through the other rooms: it alone knows all of them.
import { walk } from '../apply/walk.ts';
import { prepareBase } from '../database/base.ts';
import { scratchError } from '../database/connection.ts';
import type { Side } from '../model/dataset.ts';
import type { Migration } from '../model/history.ts';
import type { Report } from '../model/report.ts';
import { makeDatasets, prepareRecipe } from './datasets.ts';
import { ruledOutBy } from './evidence.ts';
import type { Project } from './project.ts';
import { noteNewest, observeQueries, readQueryTrial } from './queries.ts';
import { createRecord, type OnJudged, type RunRecord } from './record.ts';
import { placeReproductions } from './reproductions.ts';
import { createStepJudge } from './step-judge.ts';
import { untilUnknown } from './unknown-parts.ts';
import { watchDirectives } from './unused.ts';

/** The migration and side that a check is about to run, with the number of such runs done and of all. */
export interface CheckStage {
  readonly migration: Migration;
  readonly side: Side;
  readonly done: number;
  readonly total: number;
}

/** Called before each migration is applied to each side. */
export type Progress = (stage: CheckStage) => void;

/**
 * Applies every migration to the empty database and to every dataset, compares, explains, and reports.
 * @param picture whether the report has a picture of the history.
 * @param judged called after each judged migration.
 * @throws HarnessError when the inputs cannot be used.
 */
export async function check(
  project: Project,
  progress: Progress = () => {},
  picture = false,
  judged?: OnJudged,
): Promise<Report> {
  try {
    return await run(project, progress, picture, judged);
  } catch (error) {
    throw scratchError(error, 'The check cannot continue');
  } finally {
    project.programs?.dispose();
  }
}

async function run(project: Project, progress: Progress, picture: boolean, judged?: OnJudged): Promise<Report> {
  const { history, config, invariants } = project;
  const recipe = await prepareRecipe(project);
  const datasets = await makeDatasets(project, recipe);
  const sides: Side[] = ['empty', ...datasets.map(({ name }) => name)];
  const record = startRecord(project, sides, picture, judged);
  const judge = createStepJudge(project, recipe, sides);
  const queries = readQueryTrial(config, sides);
  const openBase = await prepareBase(history.base, config.settings);
  const total = history.migrations.length * sides.length;

  const steps = walk({
    history,
    settings: config.settings,
    invariants,
    datasets,
    openBase,
    isJudged: judge.isJudged,
    entered: (migration, side) =>
      progress({ migration, side, done: (migration.position - 1) * sides.length + sides.indexOf(side), total }),
    ...(queries !== null && { observe: observeQueries(queries, project) }),
    filled: (dataset, at, filling) => {
      // The plain rows of awkward are those of one-row, and so are their gaps.
      const known = dataset === 'awkward' && sides.includes('one-row');
      record.filled(dataset, at, known ? { unfilled: [], notes: [] } : filling);
    },
  });
  for (const step of untilUnknown(steps, record.note)) {
    record.step(step.migration, await judge.judge(step));
    // Gives timers, signals and the caller's own work a turn.
    await new Promise(setImmediate);
  }
  if (config.verbose) for (const note of project.programs?.printed() ?? []) record.note(note);
  record.found([...judge.findings(), ...(queries?.findings() ?? [])]);
  for (const note of queries === null ? [] : [...queries.notes(), ...noteNewest(project)]) record.note(note);
  for (const note of judge.notes()) record.note(note);
  const forecast = judge.end();
  return placeReproductions(config)({ ...record.report(history.migrations), ...(forecast !== null && { forecast }) });
}

function startRecord(project: Project, sides: readonly Side[], picture: boolean, judged?: OnJudged): RunRecord {
  const { history, config, profile, applied, ledger = null } = project;
  const directives = watchDirectives(history.migrations, sides, project.isComplete, config.settings.foreignKeys);
  const about = { applied, ledger, ruledOut: ruledOutBy(profile), picture, judged };
  const record = createRecord(project, { command: 'check', sides, directives, ...about });
  for (const note of project.programs?.notes ?? []) record.note(note);
  if (profile === null && config.scale !== 1)
    record.note({ code: 'scale-without-profile', facts: { scale: config.scale } });
  return record;
}
