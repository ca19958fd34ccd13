// This room checks what rowproof.config.ts and flags say, and fills in the defaults.
import { z } from 'zod';
import { type GivenLimits, limitsSchema } from './config/limits.ts';
import { problemsOf, remedyFor } from './config/problems.ts';
import { HarnessError } from './errors.ts';
import type { Connection } from './model/connection.ts';
import type { MigrationRef } from './model/history.ts';
import type { Makers } from './model/maker.ts';
import type { Integrity, Settings } from './model/settings.ts';
import { type DriverName, driverNames, type MigratorCommand, type ToolName, toolNames } from './model/tool.ts';

const datasets = ['fixture', 'one-row', 'typical', 'awkward', 'profile'] as const;

const streamName = z.enum(['stdout', 'stderr']);

const connect = z.custom<(db: Connection) => void>(
  (value) => typeof value === 'function',
  'must be a function of the database',
);

const makers = z
  .custom<Makers>((value) => typeof value === 'object' && value !== null && !Array.isArray(value), 'must be an object')
  .superRefine((given, context) => {
    for (const [key, maker] of Object.entries<unknown>(given)) {
      if (typeof maker === 'function') continue;
      const message = 'must be a function such as ({ faker }) => faker.internet.email()';
      context.addIssue({ code: 'custom', path: [key], message });
    }
  });

/** Every key that a project may set; flags of the command line have the same names. */
const schema = z.strictObject({
  /** The folder of migrations. */
  migrations: z.string().optional(),
  /** The folder of hand-written rows. */
  seeds: z.string().optional(),
  /** A database or SQL file that version 0 starts from. */
  base: z.string().optional(),
  dataset: z.array(z.enum(datasets)).nonempty().optional(),
  /** The seed number of generated values. */
  seed: z.int().min(0).max(0xffffffff).optional(),
  /** The number of rows in each table of `typical`. */
  rows: z.int().min(1).max(10_000_000).optional(),
  /** The file of a profile, whose shape the dataset `profile` has. */
  profile: z.string().optional(),
  /** The number of rows of `profile` for each row of production. */
  scale: z.number().positive().max(1000).optional(),
  /** The last migration that production has applied, by id, name or number. */
  since: z.union([z.int().nonnegative(), z.string().min(1)], 'must be the id or number of a migration').optional(),
  /** A commit whose migrations production has applied, by branch, tag or hash. */
  sinceGit: z.string().min(1).optional(),
  /**
   * The last migration that production has applied; the later ones are also judged as one deploy if the tool runs them
   * in one transaction.
   */
  deployFrom: z.union([z.int().nonnegative(), z.string().min(1)], 'must be the id or number of a migration').optional(),
  /** Directives for migrations whose files must not change, by the name of the migration. */
  directives: z.record(z.string(), z.array(z.string())).optional(),
  /** The SQLite that runs everything; Node's own with double-quoted strings, otherwise that of better-sqlite3. */
  engine: z.enum(['better-sqlite3', 'node']).optional(),
  /** The tool that runs the migrations in production, if the folder does not show it. */
  tool: z.enum(toolNames).optional(),
  /** The SQLite library of the tool, if package.json does not show it. */
  driver: z.enum(driverNames).optional(),
  /**
   * A migrator of the project's own: the commands of one that runs as a process, in any language, or a module whose default
   * export runs one program of the folder on a database that it is given.
   */
  migrator: z
    .union([
      z.strictObject({
        up: z.string().min(1),
        list: z.string().min(1).optional(),
        env: z.record(z.string(), z.string()).optional(),
        ledger: z.union([z.string(), z.array(z.string())]).optional(),
        /** Where it logs its statements: one a line, as SQLAlchemy, Django or Rails do, or found by a pattern. */
        statements: z
          .union([streamName, z.strictObject({ stream: streamName, pattern: z.instanceof(RegExp).optional() })])
          .optional(),
      }),
      z.strictObject({ run: z.string().min(1) }),
    ])
    .optional(),
  /** Whether migrations that are programs may be run: they are the project's code, and it can do more than SQL. */
  programs: z.boolean().optional(),
  /** The version of production's SQLite, where it is older than the one here. */
  sqlite: z
    .string()
    .regex(/^3\.\d+(?:\.\d+)?$/, 'must be a version of SQLite, such as 3.45')
    .optional(),
  foreignKeys: z.boolean().optional(),
  transaction: z.enum(['per-migration', 'all-pending', 'none']).optional(),
  doubleQuotedStrings: z.boolean().optional(),
  recursiveTriggers: z.boolean().optional(),
  legacyAlterTable: z.boolean().optional(),
  failOn: z.enum(['error', 'warning', 'never']).optional(),
  strict: z.boolean().optional(),
  includeValues: z.boolean().optional(),
  /** Whether a report has what programs print. */
  verbose: z.boolean().optional(),
  /** The folder for a script of each finding that shows it, and for the same case as a folder of migrations. */
  reproduce: z.string().min(1).optional(),
  /** The share of a table's rows, in percent, that a migration may delete on purpose. */
  maxDeleted: z.number().min(0).max(100).optional(),
  /** Whether a corrected migration is looked for where there are findings. */
  rewrites: z.boolean().optional(),
  /** Whether each migration is also stopped after each committing statement and run again. */
  interrupt: z.boolean().optional(),
  /** The check of a production file for damage before the run: `full` compares indexes with their tables. */
  integrity: z.enum(['quick', 'full']).optional(),
  /** The limits of time and memory at which a run ends without a verdict. */
  limits: limitsSchema.optional(),
  /** Registers functions, collations and extensions as the application does. */
  connect: connect.optional(),
  /** The project's own makers of generated values, by `table.column` or table. */
  makers: makers.optional(),
});

/** The default export of `rowproof.config.ts`. */
export type Config = z.input<typeof schema>;

const testSchema = schema.extend({
  /** Milliseconds for a test; the first one of a dataset waits for its whole pipeline. Two minutes by default. */
  timeout: z.number().positive().optional(),
});

/** The config of `testMigrations`: the keys of `rowproof.config.ts`, and the keys for tests. */
export type TestConfig = z.input<typeof testSchema>;

/** The severity from which findings make a run fail. */
export type FailOn = NonNullable<Config['failOn']>;

/** The datasets that need no production database. */
export type CheckDataset = (typeof datasets)[number];

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
  /** Whether each migration is also stopped after each committing statement and run again. */
  readonly interrupt: boolean;
  /** The check of a production file for damage before the run. */
  readonly integrity: Integrity;
  /** The given limits; the defaults depend on the job. */
  readonly limits: GivenLimits;
}

type GivenCommand = Extract<NonNullable<Config['migrator']>, { up: string }>;

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

/** Types a config: `export default defineConfig({ … })`. Returns what it is given. */
export function defineConfig(config: Config): Config {
  return config;
}

/**
 * Checks the value of a config module or a caller.
 * @param shownAs its name in the error.
 * @throws HarnessError `bad-config` naming every key that is wrong.
 */
export function parseConfig(value: unknown, shownAs: string): Config {
  return parse(schema, value, shownAs);
}

/**
 * Checks the argument of `testMigrations`: a config, and the time limit of a test.
 * @throws HarnessError as `parseConfig`
 */
export function parseTestConfig(value: unknown): TestConfig {
  return parse(testSchema, value, 'The config of testMigrations');
}

function parse<Parsed>(keys: z.ZodObject & z.ZodType<Parsed>, value: unknown, shownAs: string): Parsed {
  const parsed = readSafely(keys, value, shownAs);
  if (parsed.success) return parsed.data;
  throw new HarnessError('bad-config', `${shownAs} is not usable: ${problemsOf(parsed.error).join('; ')}.`, {
    remedy: remedyFor(parsed.error, value, Object.keys(keys.shape)) ?? keysRemedy(parsed.error, keys),
    facts: { file: shownAs },
  });
}

/** All keys are worth a list only where one is unknown. */
function keysRemedy({ issues }: z.ZodError, keys: z.ZodObject): string {
  const isUnknown = issues.some(({ code, path }) => code === 'unrecognized_keys' && path.length === 0);
  return isUnknown ? `The keys are ${Object.keys(keys.shape).join(', ')}.` : 'Correct the value.';
}

/** Reading a value of the user may run code of the user: getters, proxies. */
function readSafely<Parsed>(keys: z.ZodType<Parsed>, value: unknown, shownAs: string): z.ZodSafeParseResult<Parsed> {
  try {
    return keys.safeParse(value);
  } catch (cause) {
    throw new HarnessError('bad-config', `${shownAs} is not usable: reading one of its keys throws.`, {
      remedy: 'Write plain values instead of getters.',
      facts: { file: shownAs },
      cause,
    });
  }
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
    runModule: config.migrator !== undefined && 'run' in config.migrator ? config.migrator.run : null,
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
    interrupt: config.interrupt ?? false,
    integrity: config.integrity ?? 'quick',
    limits: config.limits ?? {},
  };
}
