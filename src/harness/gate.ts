import type { ResolvedConfig } from '../config.ts';
import { prepareBase } from '../database/base.ts';
import { fileError, machineError } from '../database/connection.ts';
import { nameOf, takeDatabase } from '../database/source.ts';
import { createWorkspace } from '../database/workspace.ts';
import { awkwardDataset } from '../datasets/awkward.ts';
import { oneRowDataset } from '../datasets/one-row.ts';
import { loadRecipe } from '../datasets/recipe.ts';
import { typicalDataset } from '../datasets/typical.ts';
import { tellCountersOnce } from '../explain/counters.ts';
import { rehearse } from '../gate/rehearse.ts';
import type { JudgementTerms } from '../judge/judge.ts';
import type { Report } from '../model/report.ts';
import type { GateOptions } from '../model/request.ts';
import { createCopyDrill } from './drill/copy.ts';
import { ruledOutBy } from './evidence.ts';
import { askCopy } from './gate/ask.ts';
import { createCorrections } from './gate/corrections.ts';
import { placeKept } from './gate/kept.ts';
import { describeWork } from './gate/need.ts';
import { followGate } from './gate/progress.ts';
import { waitedNotes, watchTaking } from './gate/taking.ts';
import { createTeller } from './gate/tell.ts';
import { withPrograms } from './programs.ts';
import type { GuardedSources, ProjectSources } from './project.ts';
import { readQueryTrial } from './queries.ts';
import { createRecord, type OnJudged, type RunRecord } from './record.ts';
import { createReproducer, placeReproductions } from './reproductions.ts';
import type { RunnableSources } from './running.ts';
import { sealed } from './sealed.ts';

/**
 * Applies the pending migrations to a copy of a production file, beside an empty database at the same place of the
 * history, and reports.
 * @param judged called after each judged migration.
 * @throws HarnessError when the file, its ledger or the project cannot be used. Unless values may be shown, no error
 * quotes a row, and no cause has a message.
 */
export async function gate(sources: GuardedSources, options: GateOptions, judged?: OnJudged): Promise<Report> {
  return sealed(sources.config.includeValues, () => run(sources, options, judged));
}

async function run(given: GuardedSources, options: GateOptions, judged?: OnJudged): Promise<Report> {
  const { file, at, progress = () => {}, picture = false, keep = null, clock = () => performance.now() } = options;
  const sources = await withPrograms(given);
  const { history, config, invariants } = sources;
  const { settings, integrity } = config;
  const record = startRecord(sources, picture, judged);
  const queries = readQueryTrial(config, ['copy']);
  const reproducer = createReproducer(config);
  const scripts = placeReproductions(config, file);
  const kept = placeKept(keep, config, file);
  const shownAs = nameOf(file);
  const recipe = await loadRecipe({ history, invariants, seed: config.seed });
  const hazards = awkwardDataset(recipe);
  const terms = termsOf(sources, config);
  // Which hazards there are, the copy shows.
  const datasets = [oneRowDataset(recipe), typicalDataset(recipe, config.rows)];
  const corrections = createCorrections({ sources, terms, datasets });
  const teller = createTeller({
    ...{ history, terms, budgets: config.budgets, recipe, record, reproducer, corrections },
    ...{ file: shownAs, at },
  });
  const openBase = await prepareBase(history.base, settings);
  const course = followGate(file, shownAs, progress);
  const workspace = createWorkspace();
  try {
    const [copy, scratch] = [workspace.path('copy.db'), workspace.path('before.db')];
    const taking = watchTaking({ file, integrity, clock, waiting: options.waiting, course: course.copy });
    await takeDatabase(file, copy, { settings, integrity, watch: taking.copy, input: process.stdin });
    const taken = taking.end(copy);
    for (const note of waitedNotes(file, taken)) record.note(note);
    const rehearsal = {
      ...{ history, settings, invariants, openBase, hazards, file: shownAs, copy, scratch, at, clock },
      next: course.next,
      queries: queries?.watchOf('copy'),
    };
    const tell = (what: string): void => progress(what, { done: 0, total: 0 });
    const drill =
      options.drill && createCopyDrill(sources, given, copy, { ...options.drill, progress: tell }, workspace);
    for (const event of rehearse(rehearsal)) {
      course.reached(event);
      drill?.see(event);
      await teller.tell(event);
    }
    const drilled = await drill?.run();
    record.found([...(drilled?.findings ?? []), ...(queries?.findings() ?? [])]);
    for (const note of [...(drilled?.notes ?? []), ...(queries?.notes() ?? [])]) record.note(note);
    notePrinted(sources, record);
    for (const note of reproducer.notes()) record.note(note);
    kept.keep(copy);
    return scripts({ ...teller.end(), copy: taken });
  } catch (error) {
    throw fileError(shownAs, machineError(error, describeWork(file, config)));
  } finally {
    workspace.dispose();
    kept.dispose();
    sources.programs?.dispose();
  }
}

function startRecord(sources: ProjectSources & RunnableSources, picture: boolean, judged?: OnJudged): RunRecord {
  const record = createRecord(sources, {
    command: 'gate',
    sides: ['empty', 'copy'],
    applied: new Set(),
    directives: null,
    ruledOut: ruledOutBy(null),
    picture,
    judged,
  });
  for (const note of sources.programs?.notes ?? []) record.note(note);
  return record;
}

function termsOf({ history: { migrations, runner } }: ProjectSources, config: ResolvedConfig): JudgementTerms {
  const counters = tellCountersOnce(migrations, new Set());
  return { ...config, runner, evidence: null, counters, ask: askCopy(config.settings) };
}

/** The output of programs may hold rows. */
function notePrinted({ config, programs }: ProjectSources & RunnableSources, record: RunRecord): void {
  const isAsked = config.verbose && config.includeValues;
  for (const note of isAsked ? (programs?.printed() ?? []) : []) record.note(note);
}
