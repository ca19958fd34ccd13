import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ResolvedConfig } from '../config.ts';
import { HarnessError } from '../errors.ts';
import { loadFixtures } from '../load/fixtures.ts';
import { loadHistory } from '../load/history.ts';
import { loadInvariants } from '../load/invariants.ts';
import type { Fixture } from '../model/fixture.ts';
import type { History } from '../model/history.ts';
import type { Invariant } from '../model/invariant.ts';
import { withDirectives } from './directives.ts';

/** What a run works on, read from files. */
export interface Project {
  readonly history: History;
  readonly fixtures: readonly Fixture[];
  readonly invariants: readonly Invariant[];
  readonly config: ResolvedConfig;
}

/** Where migrations are looked for when nobody names a folder. */
const usualPlaces = [
  'migrations',
  'db/migrations',
  'database/migrations',
  'src/db/migrations',
  'src/migrations',
  'sql/migrations',
  'drizzle',
  'prisma/migrations',
];

/** The folder of migrations: the one named, or the first of the usual places that is there. */
export function findMigrations(named: string | null): string {
  const found = named ?? usualPlaces.find((place) => existsSync(place));
  if (found !== undefined) return found;
  throw new HarnessError('folder-missing', `No migrations folder here; looked for ${usualPlaces.join(', ')}.`, {
    remedy: 'Name it: rowproof check path/to/migrations',
  });
}

/** The folder of seeds: the one named, or `seeds` beside the migrations if there is one, or null. */
export function findSeeds(named: string | null, migrations: string): string | null {
  if (named !== null) return named;
  const beside = join(dirname(migrations), 'seeds');
  return existsSync(beside) ? beside : null;
}

/**
 * Reads history, hand-written rows and invariants from the folders of a config.
 * @param options `seeds: false` leaves rows and invariants alone, for jobs that need neither.
 * @throws HarnessError for every kind of file that cannot be used; see the functions of `load`.
 */
export async function loadProject(
  config: ResolvedConfig,
  options: { seeds: boolean } = { seeds: true },
): Promise<Project> {
  const directory = findMigrations(config.migrations);
  const history = withDirectives(loadHistory(directory, config.base), config.directives);
  refuseUnknownVersion(history, config.since);
  const seeds = options.seeds ? findSeeds(config.seeds, directory) : null;
  if (seeds === null) return { history, fixtures: [], invariants: [], config };
  const fixtures = await loadFixtures(seeds, history);
  return { history, fixtures, invariants: loadInvariants(join(seeds, 'invariants')), config };
}

/** A version beyond the history would silence all of it. */
function refuseUnknownVersion({ directory, migrations }: History, since: number | null): void {
  const last = migrations.at(-1)?.version ?? 0;
  if (since === null || since <= last) return;
  throw new HarnessError('unknown-version', `--since ${since}: the last version in ${directory} is ${last}.`, {
    remedy: 'Give the version that production has applied last.',
    facts: { since, last },
  });
}
