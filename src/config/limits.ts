import { z } from 'zod';
import { memoryOfMachine } from '../machine.ts';
import type { Limits } from '../model/limits.ts';

const time = z
  .union([z.number(), z.string()])
  .refine((value) => readTime(value) !== undefined, "must be a time such as '30s', '5m' or '1h', or 'none'");

const size = z
  .union([z.number(), z.string()])
  .refine((value) => readSize(value) !== undefined, "must be a size such as '500MB' or '4GB', or 'none'");

/** The key `limits` of a config: times as '30s', '5m', '1h' or in milliseconds, sizes as '4GB' or in bytes, or 'none'. */
export const limitsSchema = z.strictObject({
  /** For one SQL statement of the project, or one call of a function of the config. */
  statement: time.optional(),
  /** For one migration on one dataset, including the reading before and after; also for loading a seed or the config. */
  step: time.optional(),
  /** For all steps on one dataset. */
  dataset: time.optional(),
  /** For the memory of the whole process. */
  memory: size.optional(),
});

/** Limits as a config or the command line gives them. */
export type GivenLimits = z.input<typeof limitsSchema>;

/**
 * The default limits, far beyond the time of a healthy run. Production may be large, and only a person ends the work of
 * a migrator in production.
 */
export const usualTimes = {
  check: { statement: '5m', step: '10m', dataset: '2h' },
  gate: { statement: '2h', step: '4h', dataset: '24h' },
  migrate: { statement: 'none', step: 'none', dataset: 'none' },
} as const;

/** The jobs with separate limits; `seed` uses those of `check`, and `profile` those of `gate`. */
export type LimitedJob = keyof typeof usualTimes;

/** Fills in the limits that are not given for a job. @param given times and sizes as `limitsSchema` lets pass. */
export function limitsFor(job: LimitedJob, given: GivenLimits): Limits {
  const usual = usualTimes[job];
  const time = (name: keyof typeof usual): number | null => readTime(given[name] ?? usual[name]) ?? null;
  return {
    statement: time('statement'),
    step: time('step'),
    dataset: time('dataset'),
    // A large production database does not slow the loading of a module.
    loading: readTime(given.step ?? usualTimes.check.step) ?? null,
    memory: given.memory === undefined ? usualMemory(job) : (readSize(given.memory) ?? null),
  };
}

/** Half of the memory, so that the machine stays usable, and no more than rows for a test need. */
function usualMemory(job: LimitedJob): number | null {
  return job === 'migrate' ? null : Math.min(memoryOfMachine() / 2, 8 * 2 ** 30);
}

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Reads a time in milliseconds; null means none, undefined an unreadable text. */
export function readTime(value: number | string): number | null | undefined {
  return readAmount(value, /^(\d+(?:\.\d+)?)(ms|s|m|h)$/, units);
}

const sizes: Readonly<Record<string, number>> = { mb: 2 ** 20, gb: 2 ** 30 };

/** Reads a size in bytes; null means none, undefined an unreadable text. */
export function readSize(value: number | string): number | null | undefined {
  return readAmount(value, /^(\d+(?:\.\d+)?)(mb|gb)$/, sizes);
}

function readAmount(
  value: number | string,
  pattern: RegExp,
  factors: Readonly<Record<string, number>>,
): number | null | undefined {
  if (typeof value === 'number') return value > 0 && Number.isFinite(value) ? value : undefined;
  if (value === 'none') return null;
  const [, number = '', unit = ''] = pattern.exec(value.trim().toLowerCase()) ?? [];
  const amount = Number(number) * (factors[unit] ?? 0);
  return amount > 0 ? amount : undefined;
}
