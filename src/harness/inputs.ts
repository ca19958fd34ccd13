import { statSync } from 'node:fs';
import type { ResolvedConfig } from '../config.ts';
import { HarnessError } from '../errors.ts';
import type { Inputs } from '../files/inputs.ts';
import { findMigrations, findProfile, findSeeds } from './places.ts';

/**
 * The inputs of a command with a config, which no output may overwrite.
 * @param others its other input files, such as the database of `--db`
 */
export function inputsOf(config: ResolvedConfig, ...others: readonly (string | undefined)[]): Inputs {
  const migrations = migrationsOf(config);
  const seeds = migrations === null ? config.seeds : findSeeds(config.seeds, migrations);
  const queries = [config.queries, config.bothWays].filter((place) => place !== null);
  const given = [config.base, findProfile(config, seeds), ...others, ...queries.filter((place) => !isFolder(place))];
  return {
    files: given.filter((file) => file !== null && file !== undefined),
    folders: [migrations, seeds, ...queries.filter(isFolder)].filter((folder) => folder !== null),
  };
}

function isFolder(place: string): boolean {
  return statSync(place, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** A command that needs no migrations goes without them. */
function migrationsOf({ migrations }: ResolvedConfig): string | null {
  try {
    return findMigrations(migrations);
  } catch (error) {
    if (error instanceof HarnessError) return null;
    throw error;
  }
}
