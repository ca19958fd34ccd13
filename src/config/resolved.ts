import type { Budgets } from '../model/cost.ts';
import type { MigrationRef } from '../model/history.ts';
import type { Makers } from '../model/maker.ts';
import type { Integrity, Settings } from '../model/settings.ts';
import type { DriverName, MigratorCommand, ToolName } from '../model/tool.ts';
import { readBudgets } from './budgets.ts';
import type { CheckDataset, Config, FailOn } from './keys.ts';
import type { GivenLimits } from './limits.ts';

/** A config with the defaults filled in. */
export interface ResolvedConfig {
  /** Null if neither config nor command line names one. */
  readonly migrations: string | null;
  readonly seeds: string | null;
  readonly base: string | null;
  /** Null stands for all available datasets. */
  readonly datasets: readonly CheckDataset[] | null;
  readonly seed: number;
  /** The number of rows in each table of `typical`. */
  readonly rows: number;
  /** Null stands for `production.profile.json` in the folder of seeds, if it is there. */
  readonly profile: string | null;
  /** The number of rows of `profile` for each row of production. */
  readonly scale: number;
  /** The last applied migration; null if unknown. */
  readonly since: MigrationRef | null;
  /** The commit whose migrations are applied; null if unknown. */
  readonly sinceGit: string | null;
  /** The migration after which the others are also judged as one deploy; null without a deploy. */
  readonly deployFrom: MigrationRef | null;
  /** Directives by the name of their migration, without the words before them. */
  readonly directives: Readonly<Record<string, readonly string[]>>;
  /** The tool and the driver of the config or a flag; null if the folder decides. */
  readonly runner: { readonly tool: ToolName | null; readonly driver: DriverName | null };
  /** Whether migrations that are programs may be run. */
  readonly programs: boolean;
  /** The commands of a migrator; null where the tool of the folder is emulated, or run in this process. */
  readonly migrator: MigratorCommand | null;
  /** The module that runs the programs of a folder whose tool does not; null where there is none. */
  readonly runModule: string | null;
  /** Whether the installed tool runs SQL files too, which rowproof would run as it does. */
  readonly runsByTool: boolean;
  /** The version of production's SQLite, as the config or a flag says it; null where nobody does. */
  readonly sqlite: string | null;
  /** The settings of the config or a flag; the tool decides the others. */
  readonly asked: Partial<Pick<Settings, 'engine' | 'foreignKeys' | 'transaction' | 'doubleQuotedStrings'>>;
  /**
   * The given settings with the defaults of rowproof's own migrator; a history with a known tool has the tool's
   * settings.
   */
  readonly settings: Settings;
  /** The makers of the project; empty without any. */
  readonly makers: Makers;
  readonly failOn: FailOn;
  readonly includeValues: boolean;
  /** Whether a report has what programs print. */
  readonly verbose: boolean;
  /** The folder for scripts that show findings; null where none are written. */
  readonly reproduce: string | null;
  /** Whether such scripts are looked for at all: where they are written or a report shows them. */
  readonly reproductions: boolean;
  /** The share of a table's rows, in percent, that a migration may delete on purpose; null where there is no limit. */
  readonly maxDeleted: number | null;
  /** Whether a corrected migration is looked for where there are findings. */
  readonly rewrites: boolean;
  /** The queries and writes of the version that runs in production; null where none are given. */
  readonly queries: string | null;
  /** Those of the version to come; null where nobody asks whether they work before the migrations. */
  readonly bothWays: string | null;
  /** Whether each migration is also stopped after each committing statement and run again. */
  readonly interrupt: boolean;
  /** The check of a production file for damage before the run. */
  readonly integrity: Integrity;
  /** The limits on the cost of a deploy on a copy of production. */
  readonly budgets: Budgets;
  /** The given limits; the defaults depend on the job. */
  readonly limits: GivenLimits;
}

/** Fills in the defaults: those of a plain better-sqlite3 application with rowproof's own migrator. */
export function resolveConfig(config: Config): ResolvedConfig {
  const strict = config.strict ?? false;
  return {
    migrations: config.migrations ?? null,
    seeds: config.seeds ?? null,
    base: config.base ?? null,
    datasets: config.dataset ?? null,
    seed: config.seed ?? 1,
    rows: config.rows ?? 100,
    profile: config.profile ?? null,
    scale: config.scale ?? 1,
    since: config.since ?? null,
    sinceGit: config.sinceGit ?? null,
    deployFrom: config.deployFrom ?? null,
    directives: config.directives ?? {},
    runner: { tool: isCommand(config.migrator) ? 'command' : (config.tool ?? null), driver: config.driver ?? null },
    programs: config.programs ?? false,
    migrator: isCommand(config.migrator) ? toCommand(config.migrator) : null,
    runModule: runOf(config) === 'tool' ? null : runOf(config),
    runsByTool: runOf(config) === 'tool',
    sqlite: config.sqlite ?? null,
    asked: {
      ...(config.engine !== undefined && { engine: config.engine }),
      ...(config.foreignKeys !== undefined && { foreignKeys: config.foreignKeys }),
      ...(config.transaction !== undefined && { transaction: config.transaction }),
      ...(config.doubleQuotedStrings !== undefined && { doubleQuotedStrings: config.doubleQuotedStrings }),
    },
    settings: {
      engine: config.engine ?? (config.doubleQuotedStrings === true ? 'node' : 'better-sqlite3'),
      foreignKeys: config.foreignKeys ?? true,
      transaction: config.transaction ?? 'per-migration',
      doubleQuotedStrings: config.doubleQuotedStrings ?? false,
      recursiveTriggers: config.recursiveTriggers ?? false,
      legacyAlterTable: config.legacyAlterTable ?? false,
      connect: config.connect,
    },
    makers: config.makers ?? {},
    failOn: config.failOn ?? (strict ? 'warning' : 'error'),
    includeValues: config.includeValues ?? false,
    verbose: config.verbose ?? false,
    reproduce: config.reproduce ?? null,
    reproductions: config.reproduce !== undefined || config.verbose === true,
    maxDeleted: config.maxDeleted ?? null,
    rewrites: config.rewrites ?? true,
    queries: config.queries ?? null,
    bothWays: config.bothWays ?? null,
    interrupt: config.interrupt ?? false,
    integrity: config.integrity ?? 'quick',
    budgets: readBudgets(config.budgets ?? {}),
    limits: config.limits ?? {},
  };
}

type GivenCommand = Extract<NonNullable<Config['migrator']>, { up: string }>;

function runOf({ migrator }: Config): string | null {
  return migrator !== undefined && 'run' in migrator ? migrator.run : null;
}

function isCommand(migrator: Config['migrator']): migrator is GivenCommand {
  return migrator !== undefined && 'up' in migrator;
}

function toCommand({ up, list, env, ledger, statements }: GivenCommand): MigratorCommand {
  const log = typeof statements === 'string' ? { stream: statements } : (statements ?? null);
  return {
    ...{ up, list: list ?? null, env: env ?? {}, ledger: ledger === undefined ? [] : [ledger].flat() },
    statements: log === null ? null : { stream: log.stream, pattern: log.pattern ?? null },
  };
}
