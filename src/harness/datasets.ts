import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Dataset } from '../apply/dataset.ts';
import { parseProfile } from '../config/profile-file.ts';
import type { CheckDataset, ResolvedConfig } from '../config.ts';
import { awkwardDataset } from '../datasets/awkward.ts';
import { fixtureDataset } from '../datasets/fixture.ts';
import { oneRowDataset } from '../datasets/one-row.ts';
import { type ProfileMaterial, profileDataset } from '../datasets/profile.ts';
import { loadRecipe } from '../datasets/recipe.ts';
import { typicalDataset } from '../datasets/typical.ts';
import { HarnessError } from '../errors.ts';
import { readSqlText } from '../load/text.ts';
import { prepareMakers } from './makers.ts';
import { findSeeds, type Project } from './project.ts';

/** What there is to make datasets from. */
export interface Material {
  /** Whether there are hand-written rows. */
  readonly fixtures: boolean;
  /** Whether there is a profile; there is none when left out. */
  readonly profile?: boolean | undefined;
}

/** The datasets that a config asks for, or else all that there is material for, in the order of a report's columns. */
export function chooseDatasets({ datasets }: ResolvedConfig, { fixtures, profile = false }: Material): CheckDataset[] {
  const all: CheckDataset[] = ['fixture', 'one-row', 'typical', 'awkward', 'profile'];
  const isThere = (name: CheckDataset): boolean => (name !== 'fixture' || fixtures) && (name !== 'profile' || profile);
  return [...new Set(datasets ?? all.filter(isThere))];
}

/** The file of the profile: the one named, or `production.profile.json` in the folder of seeds if it is there, or null. */
export function findProfile({ profile, seeds }: ResolvedConfig, migrations: string): string | null {
  if (profile !== null) return profile;
  const folder = findSeeds(seeds, migrations);
  const usual = folder === null ? null : join(folder, 'production.profile.json').replaceAll('\\', '/');
  return usual !== null && existsSync(usual) ? usual : null;
}

/**
 * Makes the datasets of a run.
 * @throws HarnessError `bad-config` when one is asked for that there is no material for; `bad-profile` for an unusable profile.
 */
export async function makeDatasets(
  project: Project,
  profile = readProfile(project.config, project.history.directory),
): Promise<Dataset[]> {
  const { history, fixtures, invariants, config } = project;
  const wanted = chooseDatasets(config, { fixtures: fixtures.length > 0, profile: profile !== null });
  if (wanted.includes('fixture') && fixtures.length === 0) {
    throw new HarnessError('bad-config', 'The dataset "fixture" was asked for, and there are no seeds.', {
      remedy: 'Name their folder with --seeds, or put them into `seeds` beside the migrations.',
    });
  }
  const overrides = await prepareMakers(project);
  const recipe = await loadRecipe({ history, invariants, seed: config.seed, overrides });
  const makers: Record<CheckDataset, () => Dataset | Promise<Dataset>> = {
    fixture: () => fixtureDataset(fixtures, config.seed),
    'one-row': () => oneRowDataset(recipe),
    typical: () => typicalDataset(recipe, config.rows),
    awkward: () => awkwardDataset(recipe),
    profile: () => profileDataset(recipe, demandProfile(profile)),
  };
  return Promise.all(wanted.map((name) => makers[name]()));
}

/**
 * Reads the profile of a project, or null where there is none.
 * @throws HarnessError `file-unreadable` or `bad-profile` for one that cannot be used
 */
export function readProfile(config: ResolvedConfig, migrations: string): ProfileMaterial | null {
  const file = findProfile(config, migrations);
  return file === null ? null : { profile: parseProfile(readSqlText(file), file), file, scale: config.scale };
}

function demandProfile(material: ProfileMaterial | null): ProfileMaterial {
  if (material !== null) return material;
  throw new HarnessError('bad-config', 'The dataset "profile" was asked for, and there is no profile.', {
    remedy: 'Capture one: rowproof profile --db FILE > seeds/production.profile.json, or name it with --profile.',
  });
}
