import type { Dataset } from '../apply/dataset.ts';
import type { CheckDataset } from '../config.ts';
import { awkwardDataset } from '../datasets/awkward.ts';
import { fixtureDataset } from '../datasets/fixture.ts';
import { oneRowDataset } from '../datasets/one-row.ts';
import { type ProfileMaterial, profileDataset } from '../datasets/profile.ts';
import { type DatasetRecipe, loadRecipe } from '../datasets/recipe.ts';
import { typicalDataset } from '../datasets/typical.ts';
import { HarnessError } from '../errors.ts';
import { prepareMakers } from './makers.ts';
import type { Project } from './project.ts';

/** The sources of datasets. */
export interface DatasetSources {
  /** Whether the project has hand-written rows. */
  readonly fixtures: boolean;
  readonly profile: boolean;
}

const all: readonly CheckDataset[] = ['fixture', 'one-row', 'typical', 'awkward', 'profile'];

/**
 * The datasets of a run, in the order of a report's columns.
 * @param wanted the requested datasets; null stands for all available ones.
 * @throws HarnessError `bad-config` when a requested dataset lacks its source.
 */
export function chooseDatasets(
  wanted: readonly CheckDataset[] | null,
  material: DatasetSources,
): { readonly datasets: readonly CheckDataset[]; readonly isComplete: boolean } {
  const possible = all.filter(
    (name) => (name !== 'fixture' || material.fixtures) && (name !== 'profile' || material.profile),
  );
  const datasets = [...new Set(wanted ?? possible)];
  for (const name of datasets) if (!possible.includes(name)) throw withoutMaterial(name);
  return { datasets, isComplete: possible.every((name) => datasets.includes(name)) };
}

/**
 * Prepares what the generated datasets of a run are made from.
 * @throws HarnessError `bad-config` for a maker that cannot be used.
 */
export async function prepareRecipe(project: Project): Promise<DatasetRecipe> {
  const { history, invariants, config } = project;
  const overrides = await prepareMakers(project);
  return loadRecipe({ history, invariants, seed: config.seed, overrides });
}

/** Makes the datasets of a run. */
export async function makeDatasets(project: Project, recipe: DatasetRecipe): Promise<Dataset[]> {
  const { fixtures, config, profile } = project;
  const makers: Record<CheckDataset, () => Dataset | Promise<Dataset>> = {
    fixture: () => fixtureDataset(fixtures, config.seed),
    'one-row': () => oneRowDataset(recipe),
    typical: () => typicalDataset(recipe, config.rows),
    awkward: () => awkwardDataset(recipe),
    profile: () => profileDataset(recipe, demandProfile(profile)),
  };
  return Promise.all(project.datasets.map((name) => makers[name]()));
}

function demandProfile(material: ProfileMaterial | null): ProfileMaterial {
  if (material !== null) return material;
  throw withoutMaterial('profile');
}

function withoutMaterial(name: CheckDataset): HarnessError {
  const isProfile = name === 'profile';
  const missing = isProfile ? 'there is no profile' : 'there are no seeds';
  return new HarnessError('bad-config', `The dataset "${name}" needs input: ${missing}.`, {
    remedy: isProfile
      ? 'Capture one: rowproof profile --db FILE > seeds/production.profile.json, or name it with --profile.'
      : 'Name their folder with --seeds, or put them into `seeds` beside the migrations.',
  });
}
