import { limitsFor } from './config/limits.ts';
import { requests } from './config/requests.ts';
import { type Config, parseConfig, resolveConfig } from './config.ts';
import { check as checkProject } from './harness/check.ts';
import { drill as drillProject } from './harness/drill.ts';
import { gate as gateProject } from './harness/gate.ts';
import { withLedgerOf } from './harness/ledger-of-file.ts';
import { migrateFile } from './harness/migrate.ts';
import { profileFile } from './harness/profile.ts';
import { loadProject, planProject, readGuardedSources, readSources } from './harness/project.ts';
import { seedFile } from './harness/seed.ts';
import { whole } from './harness/unknown-parts.ts';
import type { Profile, ProfileRequest } from './model/profile.ts';
import type { Report } from './model/report.ts';
import type { CheckOptions, DrillRequest, GateOptions, MigrateRequest } from './model/request.ts';
import type { SeedRequest, SeedSummary } from './model/seeding.ts';
import { plain } from './report/paint.ts';
import { reporters } from './report/reporters.ts';
import { watched } from './watch/activity.ts';

/** The name of a caller's config in errors. */
const shownAs = 'The config';

/**
 * Applies every migration to an empty database and to seeded ones, and compares.
 *
 * An endless statement or function of yours cannot be stopped inside its process. If it exceeds the `limits` of the
 * config, the process is killed after a message on its standard error.
 * @throws HarnessError when the inputs cannot be used.
 */
export async function check(config: Config, options: CheckOptions = {}): Promise<Report> {
  const { picture, db } = requests.check(options);
  const resolved = resolve(config);
  return watched(limitsFor('check', resolved.limits), async () =>
    whole(
      await checkProject(await withLedgerOf(await loadProject(planProject(resolved)), db ?? null), undefined, picture),
    ),
  );
}

/**
 * Disturbs the migrator of a project while it migrates scratch databases: kills, full disks, locks, lost writes. It reports
 * each fault that leaves a migration half applied, or that the next run does not recover from.
 * @throws HarnessError when the inputs cannot be used.
 */
export async function drill(config: Config, options: DrillRequest = {}): Promise<Report> {
  const request = requests.drill(options);
  const resolved = resolve(config);
  return watched(limitsFor('gate', resolved.limits), async () => drillProject(planProject(resolved), request));
}

/**
 * Applies the pending migrations to a copy of a production database, which is opened read-only, and compares. Like
 * `check`, it ends the process at the `limits` of the config; the default limits are larger here.
 * @throws HarnessError when the file, its ledger or the inputs cannot be used. No error quotes a row in its message or
 * its cause, unless `includeValues` is set.
 */
export async function gate(config: Config, options: GateOptions): Promise<Report> {
  const resolved = resolve(config);
  return watched(limitsFor('gate', resolved.limits), async () =>
    gateProject(readGuardedSources(resolved), requests.gate(options)),
  );
}

/**
 * The result of `migrate`: the names of the applied migrations and of the failed one, with SQLite's message, or with
 * its code if the message may hold values.
 */
export interface MigrateSummary {
  readonly applied: readonly string[];
  readonly failed: {
    readonly migration: string;
    readonly message: string;
    /** The SELECT that lists the rows on which it failed; left out where none does. */
    readonly ask?: string;
  } | null;
}

/**
 * Brings a database file up to date; processes that start at once all succeed. Only the config can set a time limit; at
 * the limit the process is killed, and SQLite rolls back the open transaction.
 * @throws HarnessError when the file, its ledger or the history cannot be used. Neither an error nor the message of a
 * failure quotes a row, unless `includeValues` is set.
 */
export async function migrate(config: Config, request: MigrateRequest): Promise<MigrateSummary> {
  const resolved = resolve(config);
  const { applied, failed, inTheWay } = await watched(limitsFor('migrate', resolved.limits), async () =>
    migrateFile(readSources(resolved), requests.migrate(request)),
  );
  return {
    applied: applied.map(({ name }) => name),
    failed:
      failed === null
        ? null
        : {
            ...{ migration: failed.migration.name, message: failed.failure.message },
            ...(inTheWay?.query != null && { ask: inTheWay.query }),
          },
  };
}

/**
 * Captures the shape of a production database, which is opened read-only, without its rows.
 * @throws HarnessError when the file cannot be used, or the request names something that does not exist. No error
 * quotes a row, unless `includeValues` is set.
 */
export async function profile(config: Config, request: ProfileRequest): Promise<Profile> {
  const resolved = resolve(config);
  return watched(limitsFor('gate', resolved.limits), () => profileFile(resolved, requests.profile(request)));
}

/** The request of `seed`. */
export interface SeedOptions extends SeedRequest {
  /** The datasets; `typical` by default. */
  readonly dataset?: Config['dataset'];
}

/**
 * Makes a database file at a version, with the rows of one or more datasets, to look at. The same inputs give the same
 * file. Like `check`, it ends the process at the `limits` of the config.
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
