import { walk } from '../src/apply/walk.ts';
import { type CheckDataset, resolveConfig } from '../src/config.ts';
import { prepareBase } from '../src/database/base.ts';
import type { Snapshot } from '../src/database/snapshot.ts';
import { tellCountersOnce } from '../src/explain/counters.ts';
import { countInCopy } from '../src/gate/ask.ts';
import { makeDatasets, prepareRecipe } from '../src/harness/datasets.ts';
import { loadProject, planProject } from '../src/harness/project.ts';
import { judgeStep } from '../src/judge/judge.ts';
import type { Finding } from '../src/model/finding.ts';
import type { Settings } from '../src/model/settings.ts';
import type { Specimen } from './specimens.ts';

/** The answer of some rows to the questions of a finding. */
export interface Answer {
  readonly code: Finding['code'];
  readonly queries: readonly string[];
  /** The rows that were asked. */
  readonly rows: string;
  /** Whether the answer must have a row, and whether it has. */
  readonly due: boolean;
  readonly has: boolean;
}

interface Judged {
  readonly findings: readonly Finding[];
  /** The databases before the last migration, by dataset. */
  readonly before: ReadonlyMap<string, Snapshot>;
  /** The one with all hazards. */
  readonly awkward: Snapshot | null;
  /** By what a hazard needs: the database with it alone, where others would hide it. */
  readonly apart: ReadonlyMap<string, Snapshot>;
  readonly settings: Settings;
}

/** What the last migration of a specimen shows on some datasets. */
async function judge({ config }: Specimen, ...datasets: readonly CheckDataset[]): Promise<Judged> {
  const project = await loadProject(planProject(resolveConfig({ ...config, rows: 20, dataset: [...datasets] })));
  const { history, invariants } = project;
  const { settings } = project.config;
  const counters = tellCountersOnce(history.migrations, new Set());
  const terms = { ...project.config, runner: history.runner, evidence: null, counters, ask: null };
  const openBase = await prepareBase(history.base, settings);
  const route = {
    history,
    settings,
    invariants,
    datasets: await makeDatasets(project, await prepareRecipe(project)),
    openBase,
    filled: () => {},
  };
  for (const step of walk(route)) {
    if (step.migration !== history.migrations.at(-1)) continue;
    const { findings } = judgeStep(step, terms);
    const trial = step.trials?.get('awkward');
    const alone = trial?.hazards.all.filter(({ apart }) => apart === true) ?? [];
    const apart = new Map(alone.flatMap(({ needs, rows }) => (trial ? [[needs, trial.run(rows).snapshot]] : [])));
    return { findings, before: step.snapshots, awkward: trial?.together.snapshot ?? null, apart, settings };
  }
  throw new Error('a specimen has migrations');
}

function rowsIn(snapshot: Snapshot, query: string, settings: Settings): number {
  const db = snapshot.open(settings);
  try {
    return db.prepare(query).all().length;
  } finally {
    db.close();
  }
}

/** Asks each dataset that shows a finding what the finding asks: it must have rows. */
export async function answersOfRows(specimen: Specimen): Promise<Answer[]> {
  const { findings, before, settings } = await judge(specimen, 'fixture', 'one-row', 'typical', 'awkward');
  return findings.flatMap(({ faults, datasets, code, hazards, severity }): Answer[] => {
    const queries = faults.flatMap(({ query }) => query ?? []);
    if (severity === 'note' || queries.length === 0 || hazards.length > 0) return [];
    return datasets
      .filter((name) => name !== 'empty' && name !== 'awkward')
      .map((rows) => {
        const snapshot = before.get(rows);
        if (snapshot === undefined) throw new Error(`${rows} has no state before`);
        return { code, queries, rows, due: true, has: queries.some((query) => rowsIn(snapshot, query, settings) > 0) };
      });
  });
}

/** Asks plain rows for the hazards that findings need, of which they have none, and the awkward ones, which have all. */
export async function answersOfHazards(specimen: Specimen): Promise<Answer[]> {
  const { findings, before, awkward, apart, settings } = await judge(specimen, 'awkward');
  const plain = before.get('awkward');
  return findings
    .filter(({ severity }) => severity !== 'note')
    .flatMap(({ code, cause, hazards }) =>
      hazards.flatMap((hazard): Answer[] => {
        if (plain === undefined || awkward === null) throw new Error('there are no awkward rows');
        const all = [hazard, ...(hazard.and ?? [])];
        const queries = all.map(({ query }) => query);
        const has = (snapshot: Snapshot): boolean =>
          all.every((each) => (countInCopy(snapshot, each, settings) ?? -1) !== 0);
        const onPlain = { code, queries, rows: 'plain', due: false, has: has(plain) };
        // Orphans under declared keys run apart from the other awkward rows.
        if (cause === 'orphans-under-declared-key') return [onPlain];
        const rows = apart.get(hazard.needs) ?? awkward;
        const isThere = all.every((each) => (countInCopy(rows, each, settings) ?? -1) > 0);
        return [onPlain, { code, queries, rows: 'awkward', due: true, has: isThere }];
      }),
    );
}
