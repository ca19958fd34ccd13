import type { Dataset } from '../apply/dataset.ts';
import type { CheckDataset, ResolvedConfig } from '../config.ts';
import { fixtureDataset } from '../datasets/fixture.ts';
import { oneRowDataset } from '../datasets/one-row.ts';
import { HarnessError } from '../errors.ts';
import type { Project } from './project.ts';

/** What there is to make datasets from. */
export interface Material {
  /** Whether there are hand-written rows. */
  readonly fixtures: boolean;
}

/** The datasets that a config asks for, or else all that there is material for, in the order of a report's columns. */
export function chooseDatasets({ datasets }: ResolvedConfig, { fixtures }: Material): CheckDataset[] {
  const all: CheckDataset[] = ['fixture', 'one-row'];
  return [...new Set(datasets ?? all.filter((name) => name !== 'fixture' || fixtures))];
}

/**
 * Makes the datasets of a run.
 * @throws HarnessError `bad-config` when one is asked for that there is no material for.
 */
export async function makeDatasets({ history, fixtures, config }: Project): Promise<Dataset[]> {
  const wanted = chooseDatasets(config, { fixtures: fixtures.length > 0 });
  if (wanted.includes('fixture') && fixtures.length === 0) {
    throw new HarnessError('bad-config', 'The dataset "fixture" was asked for, and there are no seeds.', {
      remedy: 'Name their folder with --seeds, or put them into `seeds` beside the migrations.',
    });
  }
  const makers: Record<CheckDataset, () => Dataset | Promise<Dataset>> = {
    fixture: () => fixtureDataset(fixtures, config.seed),
    'one-row': () => oneRowDataset(history, config.seed),
  };
  return Promise.all(wanted.map((name) => makers[name]()));
}
