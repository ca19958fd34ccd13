import { limitsFor } from './config/limits.ts';
import { requests } from './config/requests.ts';
import { type Config, parseConfig, resolveConfig } from './config.ts';
import { check as checkProject } from './harness/check.ts';
import { gate as gateProject } from './harness/gate.ts';
import { migrateFile } from './harness/migrate.ts';
import { profileFile } from './harness/profile.ts';
import { loadProject, planProject, readGuardedSources, readSources } from './harness/project.ts';
import { seedFile } from './harness/seed.ts';
import type { Profile, ProfileRequest } from './model/profile.ts';
import type { Report } from './model/report.ts';
import type { GateOptions, MigrateRequest } from './model/request.ts';
import type { SeedRequest, SeedSummary } from './model/seeding.ts';
import { plain } from './report/paint.ts';
import { reporters } from './report/reporters.ts';
import { watched } from './watch/activity.ts';

/** What a config that a caller hands over is called in errors. */
const shownAs = 'The config';

/**
 * Applies every migration to an empty database and to seeded ones, and compares.
 *
 * A statement or a function of yours that never returns cannot be stopped in the process that runs it. Where it takes
 * longer than `limits` of the config allow, the process is killed, after a message on its standard error.
 * @throws HarnessError when the inputs cannot be used.
 */
export async function check(config: Config): Promise<Report> {
  const resolved = resolve(config);
  return watched(limitsFor('check', resolved.limits), async () =>
    checkProject(await loadProject(planProject(resolved))),
  );
}

/**
 * Applies what is pending to a copy of a production database, which is opened read-only, and compares. As with `check`,
 * the process is killed where `limits` of the config are reached, which are larger here when left out.
 * @throws HarnessError when the file, its ledger or the inputs cannot be used. Nothing that is thrown quotes a row, in its
 * message or its cause, unless `includeValues` is set.
 */
export async function gate(config: Config, options: GateOptions): Promise<Report> {
  const resolved = resolve(config);
  return watched(limitsFor('gate', resolved.limits), async () =>
    gateProject(readGuardedSources(resolved), requests.gate(options)),
  );
}

/**
 * What `migrate` did: the names of the migrations that it applied, and of the one that failed, with SQLite's message, or its
 * code where the message may hold values.
 */
export interface MigrateSummary {
  readonly applied: readonly string[];
  readonly failed: { readonly migration: string; readonly message: string } | null;
}

/**
 * Brings a database file up to date; processes that start at once all succeed. There is no limit of time unless the config
 * has one; where it is reached, the process is killed, and SQLite rolls back what was not committed.
 * @throws HarnessError when the file, its ledger or the history cannot be used. Neither what is thrown nor the message of a
 * failure quotes a row, unless `includeValues` is set.
 */
export async function migrate(config: Config, request: MigrateRequest): Promise<MigrateSummary> {
  const resolved = resolve(config);
  const { applied, failed } = await watched(limitsFor('migrate', resolved.limits), async () =>
    migrateFile(readSources(resolved), requests.migrate(request)),
  );
  return {
    applied: applied.map(({ name }) => name),
    failed: failed === null ? null : { migration: failed.migration.name, message: failed.failure.message },
  };
}

/**
 * Captures the shape of a production database, which is opened read-only, without its rows.
 * @throws HarnessError when the file cannot be used, or the request names what it has not. Nothing that is thrown quotes a
 * row, unless `includeValues` is set.
 */
export async function profile(config: Config, request: ProfileRequest): Promise<Profile> {
  const resolved = resolve(config);
  return watched(limitsFor('gate', resolved.limits), () => profileFile(resolved, requests.profile(request)));
}

/** What `seed` is asked. */
export interface SeedOptions extends SeedRequest {
  /** Which rows; those of `typical` when left out. */
  readonly dataset?: Config['dataset'];
}

/**
 * Makes a database file at a version, with the rows of one or more datasets, to look at. The same inputs give the same
 * file. As with `check`, the process is killed where `limits` of the config are reached.
 * @throws HarnessError when the inputs or a maker cannot be used, a migration fails, or the file cannot be written.
 */
export async function seed(config: Config, options: SeedOptions): Promise<SeedSummary> {
  const { dataset = ['typical'], ...request } = { ...options };
  const wanted = requests.seed(request);
  const resolved = resolve({ ...parseConfig(config, shownAs), dataset });
  return watched(limitsFor('check', resolved.limits), async () =>
    seedFile(await loadProject(planProject(resolved)), wanted),
  );
}

/** A report as the command prints it, without colours. */
export function render(report: Report, format: keyof typeof reporters): string {
  return reporters[format](report, { paint: plain, width: 120 });
}

function resolve(config: Config): ReturnType<typeof resolveConfig> {
  return resolveConfig(parseConfig(config, shownAs));
}
