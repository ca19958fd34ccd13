// This room holds the commands, each a pipeline through the other rooms: it alone knows all of them.
import { type Step, walk } from '../apply/walk.ts';
import { prepareBase } from '../database/base.ts';
import { scratchError } from '../database/connection.ts';
import { tellCountersOnce } from '../explain/counters.ts';
import { findPosition } from '../identity/find.ts';
import { watchDeploy } from '../judge/deploy.ts';
import { type Judgement, judgeStep, passStep } from '../judge/judge.ts';
import type { Side } from '../model/dataset.ts';
import type { Migration } from '../model/history.ts';
import type { Report } from '../model/report.ts';
import { makeDatasets, prepareRecipe } from './datasets.ts';
import { profileEvidence, rowsOfProfile, ruledOutBy } from './evidence.ts';
import { noForecast, watchForecast } from './forecast.ts';
import { watchGrowth } from './growth.ts';
import type { Project } from './project.ts';
import { noteNewest, observeQueries, readQueryTrial } from './queries.ts';
import { createRecord, type Judged } from './record.ts';
import { createReproducer, placeReproductions } from './reproductions.ts';
import { withRewrite } from './rewrites/correct.ts';
import { unlessUnknown, untilUnknown } from './unknown-parts.ts';
import { watchDirectives } from './unused.ts';

/** The number of newest migrations for which a corrected form and a script are looked for: each takes many more runs. */
const correctable = 20;

/** The migration and side that a check is about to run, with the number of such runs done and of all. */
export interface Stage {
  readonly migration: Migration;
  readonly side: Side;
  readonly done: number;
  readonly total: number;
}

/** Called before each migration is applied to each side. */
export type Progress = (stage: Stage) => void;

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
  judged?: Judged,
): Promise<Report> {
  try {
    return await run(project, progress, picture, judged);
  } catch (error) {
    throw scratchError(error, 'The check cannot continue');
  } finally {
    project.programs?.dispose();
  }
}

async function run(project: Project, progress: Progress, picture: boolean, judged?: Judged): Promise<Report> {
  const { history, config, invariants, profile, applied, ledger = null } = project;
  const recipe = await prepareRecipe(project);
  const datasets = await makeDatasets(project, recipe);
  const sides: Side[] = ['empty', ...datasets.map(({ name }) => name)];
  const directives = watchDirectives(history.migrations, sides, project.isComplete, config.settings.foreignKeys);
  const ruledOut = ruledOutBy(profile);
  const about = { applied, ledger, ruledOut, picture, judged };
  const record = createRecord(project, { command: 'check', sides, directives, ...about });
  for (const note of project.programs?.notes ?? []) record.note(note);
  if (profile === null && config.scale !== 1)
    record.note({ code: 'scale-without-profile', facts: { scale: config.scale } });
  const evidence = profile === null ? null : profileEvidence(profile, history.migrations);
  const counters = tellCountersOnce(history.migrations, applied);
  const terms = { ...config, runner: history.runner, evidence, counters, ask: null };
  const deployFrom = config.deployFrom === null ? null : findPosition(history, config.deployFrom, '--deploy-from');
  const deploy = watchDeploy(deployFrom === null ? [] : history.migrations.slice(deployFrom), terms);
  // A deploy is judged as a whole, whatever is applied of it.
  const isJudged = ({ position }: Migration): boolean =>
    !applied.has(position) || (deployFrom !== null && position > deployFrom);
  const growth = watchGrowth(
    recipe,
    datasets.map(({ name }) => name),
    terms,
    { rowsOf: profile === null ? null : rowsOfProfile(profile), budgets: config.budgets },
  );
  const forecast =
    profile === null || !project.datasets.includes('profile')
      ? noForecast
      : watchForecast(recipe, profile, terms, config.budgets);
  const queries = readQueryTrial(config);
  const reproducer = createReproducer(config);
  const scripts = placeReproductions(config);
  const correct = (step: Step): Judgement => {
    // An applied migration must not change, and those far back are applied.
    const isRecent = step.migration.position > history.migrations.length - correctable;
    const judgement = reproducer.tell(step, judgeStep(step, terms), terms, isRecent);
    const isOpen = config.rewrites && isRecent && !applied.has(step.migration.position);
    return isOpen ? unlessUnknown(() => withRewrite(step, judgement, terms, project), judgement) : judgement;
  };
  const openBase = await prepareBase(history.base, config.settings);
  const total = history.migrations.length * sides.length;
  const entered = (migration: Migration, side: Side): void =>
    progress({ migration, side, done: (migration.position - 1) * sides.length + sides.indexOf(side), total });

  const steps = walk({
    history,
    settings: config.settings,
    invariants,
    datasets,
    openBase,
    isJudged,
    entered,
    ...(queries !== null && { observe: observeQueries(queries, project) }),
    filled: (dataset, at, filling) => {
      // The plain rows of awkward are those of one-row, and so are their gaps.
      const known = dataset === 'awkward' && sides.includes('one-row');
      record.filled(dataset, at, known ? { unfilled: [], notes: [] } : filling);
    },
  });
  for (const step of untilUnknown(steps, record.note)) {
    // A failure on the empty database hides every later migration, applied or not.
    const judged = isJudged(step.migration) || step.baseline.status === 'failed';
    const judgement = judged ? deploy.tell(step, correct(step)) : passStep(step);
    record.step(step.migration, judged ? await forecast.tell(step, await growth.tell(step, judgement)) : judgement);
    // Gives timers, signals and the caller's own work a turn.
    await new Promise(setImmediate);
  }
  if (config.verbose) for (const note of project.programs?.printed() ?? []) record.note(note);
  record.found([...deploy.only(), ...(queries?.findings() ?? [])]);
  for (const note of queries === null ? [] : [...queries.notes(), ...noteNewest(project)]) record.note(note);
  for (const note of [...growth.notes(), ...forecast.notes(), ...reproducer.notes()]) record.note(note);
  forecast.dispose();
  const foretold = forecast.forecast();
  return scripts({ ...record.report(history.migrations), ...(foretold !== null && { forecast: foretold }) });
}
