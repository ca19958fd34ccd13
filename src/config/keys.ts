import { z } from 'zod';
import type { Connection } from '../model/connection.ts';
import type { Makers } from '../model/maker.ts';
import { driverNames, toolNames } from '../model/tool.ts';
import { budgetsSchema } from './budgets.ts';
import { limitsSchema } from './limits.ts';

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
/** The keys of `rowproof.config.ts`. */
export const configKeys = z.strictObject({
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
   * export runs one program of the folder on a database that it is given. `run: 'tool'` has the installed tool run SQL files.
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
  /** The queries and writes of the version that runs in production: a .sql file, or a folder of them. */
  queries: z.string().min(1).optional(),
  /** Those of the version to come, which must also work before the pending migrations. */
  bothWays: z.string().min(1).optional(),
  /** Whether each migration is also stopped after each committing statement and run again. */
  interrupt: z.boolean().optional(),
  /** The check of a production file for damage before the run: `full` compares indexes with their tables. */
  integrity: z.enum(['quick', 'full']).optional(),
  /** The limits on the cost of a deploy on a copy of production. */
  budgets: budgetsSchema.optional(),
  /** The limits of time and memory at which a run ends without a verdict. */
  limits: limitsSchema.optional(),
  /** Registers functions, collations and extensions as the application does. */
  connect: connect.optional(),
  /** The project's own makers of generated values, by `table.column` or table. */
  makers: makers.optional(),
});

/** The default export of `rowproof.config.ts`. */
export type Config = z.input<typeof configKeys>;

/** The keys of `testMigrations`. */
export const testKeys = configKeys.extend({
  /** Milliseconds for a test; the first one of a dataset waits for its whole pipeline. Two minutes by default. */
  timeout: z.number().positive().optional(),
});

/** The config of `testMigrations`: the keys of `rowproof.config.ts`, and the keys for tests. */
export type TestConfig = z.input<typeof testKeys>;

/** The severity from which findings make a run fail. */
export type FailOn = NonNullable<Config['failOn']>;

/** The datasets that need no production database. */
export type CheckDataset = (typeof datasets)[number];
