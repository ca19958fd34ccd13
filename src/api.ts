import { type Config, parseConfig, resolveConfig } from './config.ts';
import { check as checkProject } from './harness/check.ts';
import { gate as gateProject } from './harness/gate.ts';
import { migrateFile } from './harness/migrate.ts';
import { loadProject } from './harness/project.ts';
import type { Report } from './model/report.ts';
import type { GateOptions, MigrateRequest } from './model/request.ts';
import { plain } from './report/paint.ts';
import { reporters } from './report/reporters.ts';

/**
 * Applies every migration to an empty database and to seeded ones, and compares.
 * @throws HarnessError when the inputs cannot be used.
 */
export async function check(config: Config): Promise<Report> {
  return checkProject(await loadProject(resolve(config)));
}

/**
 * Applies what is pending to a copy of a production database, which is opened read-only, and compares.
 * @throws HarnessError when the file, its ledger or the inputs cannot be used.
 */
export async function gate(config: Config, options: GateOptions): Promise<Report> {
  return gateProject(await loadProject(resolve(config)), options);
}

/** What `migrate` did: the names of the migrations that it applied, and of the one that failed, with SQLite's message. */
export interface MigrateSummary {
  readonly applied: readonly string[];
  readonly failed: { readonly migration: string; readonly message: string } | null;
}

/**
 * Brings a database file up to date; processes that start at once all succeed.
 * @throws HarnessError when the file, its ledger or the history cannot be used.
 */
export async function migrate(config: Config, request: MigrateRequest): Promise<MigrateSummary> {
  const { applied, failed } = await migrateFile(await loadProject(resolve(config), { seeds: false }), request);
  return {
    applied: applied.map(({ name }) => name),
    failed: failed === null ? null : { migration: failed.migration.name, message: failed.failure.message },
  };
}

/** A report as the command prints it, without colours. */
export function render(report: Report, format: keyof typeof reporters): string {
  return reporters[format](report, { paint: plain, width: 120 });
}

function resolve(config: Config): ReturnType<typeof resolveConfig> {
  return resolveConfig(parseConfig(config, 'The config'));
}
