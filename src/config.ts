import { z } from 'zod';
import { HarnessError } from './errors.ts';
import type { Connection } from './model/connection.ts';
import type { Settings } from './model/settings.ts';

const datasets = ['fixture', 'one-row'] as const;

const connect = z.custom<(db: Connection) => void>(
  (value) => typeof value === 'function',
  'must be a function of the database',
);

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
  /** Migrations up to this version are applied in production. */
  since: z.int().nonnegative().optional(),
  foreignKeys: z.boolean().optional(),
  transaction: z.enum(['per-migration', 'all-pending', 'none']).optional(),
  doubleQuotedStrings: z.boolean().optional(),
  recursiveTriggers: z.boolean().optional(),
  legacyAlterTable: z.boolean().optional(),
  failOn: z.enum(['error', 'warning', 'never']).optional(),
  strict: z.boolean().optional(),
  includeValues: z.boolean().optional(),
  /** Registers functions, collations and extensions as the application does. */
  connect: connect.optional(),
});

/** The default export of `rowproof.config.ts`. */
export type Config = z.input<typeof schema>;

/** The severity from which findings make a run fail. */
export type FailOn = NonNullable<Config['failOn']>;

/** The datasets that need no production database. */
export type CheckDataset = (typeof datasets)[number];

/** A config with the defaults filled in. */
export interface ResolvedConfig {
  /** Null where neither config nor command line names one. */
  readonly migrations: string | null;
  readonly seeds: string | null;
  readonly base: string | null;
  /** Null stands for all that there is material for. */
  readonly datasets: readonly CheckDataset[] | null;
  readonly seed: number;
  /** Migrations up to this version are applied; null when none is known to be. */
  readonly since: number | null;
  readonly settings: Settings;
  readonly failOn: FailOn;
  readonly includeValues: boolean;
}

/** Types a config: `export default defineConfig({ … })`. Returns what it is given. */
export function defineConfig(config: Config): Config {
  return config;
}

/**
 * Checks what a config module or a caller gave.
 * @param shownAs what to call it in the error.
 * @throws HarnessError `bad-config` naming every key that is wrong.
 */
export function parseConfig(value: unknown, shownAs: string): Config {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) =>
    path.length > 0 ? `${path.join('.')}: ${message}` : message,
  );
  throw new HarnessError('bad-config', `${shownAs} is not usable: ${problems.join('; ')}.`, {
    remedy: `The keys are ${Object.keys(schema.shape).join(', ')}.`,
    facts: { file: shownAs },
  });
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
    since: config.since ?? null,
    settings: {
      foreignKeys: config.foreignKeys ?? true,
      transaction: config.transaction ?? 'per-migration',
      doubleQuotedStrings: config.doubleQuotedStrings ?? false,
      recursiveTriggers: config.recursiveTriggers ?? false,
      legacyAlterTable: config.legacyAlterTable ?? false,
      connect: config.connect,
    },
    failOn: config.failOn ?? (strict ? 'warning' : 'error'),
    includeValues: config.includeValues ?? false,
  };
}
