import { existsSync } from 'node:fs';
import type { GivenBudgets } from '../config/budgets.ts';
import { type GivenLimits, limitsFor } from '../config/limits.ts';
import { type Config, parseConfig, type ResolvedConfig, resolveConfig } from '../config.ts';
import { importDefault } from '../load/module.ts';
import { watched } from '../watch/activity.ts';
import type { Flags } from './options.ts';

/**
 * Merges the config file, if there is one, with the command line, which wins.
 * @throws HarnessError `bad-config`
 */
export async function resolveFlags(directory: string | undefined, flags: Flags): Promise<ResolvedConfig> {
  const {
    format: _format,
    config,
    output: _output,
    limitStatement,
    limitStep,
    limitDataset,
    limitMemory,
    maxLock,
    maxTime,
    maxSizeGrowth,
    allowPrograms,
    migratorUp,
    migratorList,
    fix: _fix,
    yes: _yes,
    ...settings
  } = flags;
  const limits: GivenLimits = {
    ...(limitStatement !== undefined && { statement: limitStatement }),
    ...(limitStep !== undefined && { step: limitStep }),
    ...(limitDataset !== undefined && { dataset: limitDataset }),
    ...(limitMemory !== undefined && { memory: limitMemory }),
  };
  const budgets: GivenBudgets = {
    ...(maxLock !== undefined && { lock: maxLock }),
    ...(maxTime !== undefined && { time: maxTime }),
    ...(maxSizeGrowth !== undefined && { sizeGrowth: maxSizeGrowth }),
  };
  const file = configFileOf({ config });
  if (file === null) warnOfUnreadConfig();
  const fromFile = file === null ? {} : parseConfig(await loadConfig(file, limits), file);
  const fromFlags = parseConfig(
    {
      ...settings,
      ...(allowPrograms && { programs: true }),
      ...migratorOf(migratorUp, migratorList),
      ...(directory === undefined ? {} : { migrations: directory }),
    },
    'The command line',
  );
  return resolveConfig({
    ...fromFile,
    ...fromFlags,
    limits: { ...fromFile.limits, ...limits },
    budgets: { ...fromFile.budgets, ...budgets },
  });
}

/** The config file of a run; null without one. */
export function configFileOf({ config }: { readonly config?: string | undefined }): string | null {
  return config ?? defaultConfigs.find((name) => existsSync(name)) ?? null;
}

/** For a try on the command line; the environment stands before the command there. */
function migratorOf(up: string | undefined, list: string | undefined): Pick<Config, 'migrator'> {
  return up === undefined ? {} : { migrator: { up, ...(list !== undefined && { list }) } };
}

/** Before the config is loaded, the command line alone can say how long that may take. */
function loadConfig(file: string, limits: GivenLimits): Promise<unknown> {
  return watched(limitsFor('check', limits), () => importDefault(file, file, 'bad-config'));
}

const defaultConfigs = ['rowproof.config.ts', 'rowproof.config.mts', 'rowproof.config.js', 'rowproof.config.mjs'];

/** A config in another form, which is not read. */
const unreadConfigs = ['rowproof.config.json', 'rowproof.config.cjs', 'rowproof.config.cts', '.rowproofrc'];

/** Says so where the only config is one that is not read. */
function warnOfUnreadConfig(): void {
  const unread = unreadConfigs.find((name) => existsSync(name));
  if (unread === undefined) return;
  process.stderr.write(`rowproof: ${unread} is not read. The config is one of ${defaultConfigs.join(', ')}.\n`);
}
