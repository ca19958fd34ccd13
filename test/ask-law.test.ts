/** What a finding ends with is true: a SELECT that has rows where the finding shows, and, where it takes a hazard, none on plain rows. */
import { describe, expect, test } from 'vitest';
import { walk } from '../src/apply/walk.ts';
import { type CheckDataset, resolveConfig } from '../src/config.ts';
import { prepareBase } from '../src/database/base.ts';
import type { Snapshot } from '../src/database/snapshot.ts';
import { tellCountersOnce } from '../src/explain/counters.ts';
import { countInCopy } from '../src/gate/ask.ts';
import { makeDatasets } from '../src/harness/datasets.ts';
import { loadProject, planProject } from '../src/harness/project.ts';
import { judgeStep } from '../src/judge/judge.ts';
import type { Finding } from '../src/model/finding.ts';
import type { Settings } from '../src/model/settings.ts';
import { some } from './breadth.ts';
import { type Specimen, specimens } from './specimens.ts';

interface Judged {
  readonly findings: readonly Finding[];
  /** The databases before the last migration, by dataset. */
  readonly before: ReadonlyMap<string, Snapshot>;
  /** The one with all hazards. */
  readonly awkward: Snapshot | null;
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
  const route = { history, settings, invariants, datasets: await makeDatasets(project), openBase, filled: () => {} };
  for (const step of walk(route)) {
    if (step.migration !== history.migrations.at(-1)) continue;
    const { findings } = judgeStep(step, terms);
    const awkward = step.trials?.get('awkward')?.together.snapshot ?? null;
    return { findings, before: step.snapshots, awkward, settings };
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

describe.each(some(specimens, 25))('$name', (specimen) => {
  test('what its findings ask has rows on each dataset that shows them', async () => {
    const { findings, before, settings } = await judge(specimen, 'fixture', 'one-row', 'typical', 'awkward');
    for (const { faults, datasets, code, hazards } of findings.filter((each) => each.severity !== 'note')) {
      const queries = faults.flatMap(({ query }) => query ?? []);
      if (queries.length === 0 || hazards.length > 0) continue;
      for (const dataset of datasets.filter((name) => name !== 'empty' && name !== 'awkward')) {
        const snapshot = before.get(dataset);
        if (snapshot === undefined) throw new Error(`${dataset} has no state before`);
        const rows = queries.map((query) => rowsIn(snapshot, query, settings));
        expect({ code, dataset, queries, has: rows.some((count) => count > 0) }).toMatchObject({ has: true });
      }
    }
  });

  test('what a finding needs is on no plain row and on the awkward ones', async () => {
    const { findings, before, awkward, settings } = await judge(specimen, 'awkward');
    const plain = before.get('awkward');
    for (const { code, cause, hazards } of findings.filter((each) => each.severity !== 'note')) {
      for (const hazard of hazards) {
        if (plain === undefined || awkward === null) throw new Error('there are no awkward rows');
        const all = [hazard, ...(hazard.and ?? [])];
        const counts = (snapshot: Snapshot) => all.map((each) => countInCopy(snapshot, each, settings) ?? -1);
        expect({ code, needs: hazard.needs, query: hazard.query, plain: Math.min(...counts(plain)) }).toMatchObject({
          plain: 0,
        });
        // Orphans under declared keys run apart from the other awkward rows.
        if (cause === 'orphans-under-declared-key') continue;
        expect({ code, needs: hazard.needs, has: counts(awkward).every((count) => count > 0) }).toMatchObject({
          has: true,
        });
      }
    }
  });
});
