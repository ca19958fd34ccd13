import { z } from 'zod';
import type { Budgets } from '../model/cost.ts';
import { readTime } from './limits.ts';

const time = z
  .union([z.number(), z.string()])
  .refine((value) => readTime(value) !== undefined, "must be a time such as '5s' or '1m', or 'none'");

const factor = z
  .union([z.number(), z.string()])
  .refine((value) => readFactor(value) !== undefined, "must be a factor of at least 1 such as '2x', or 'none'");

/** The key `budgets` of a config: what a deploy may cost on a copy of production before the gate calls it an error. */
export const budgetsSchema = z.strictObject({
  /** How long other writers may wait in one go. */
  lock: time.optional(),
  /** How large file and journal may become, in sizes of the file before. */
  sizeGrowth: factor.optional(),
  /** How long all pending migrations may take. */
  time: time.optional(),
});

/** Budgets as a config or the command line gives them. */
export type GivenBudgets = z.input<typeof budgetsSchema>;

/** Reads given budgets; there is no limit where none is given. @param given times and factors as `budgetsSchema` lets pass. */
export function readBudgets({ lock, sizeGrowth, time }: GivenBudgets): Budgets {
  return {
    lock: readTime(lock ?? 'none') ?? null,
    sizeGrowth: readFactor(sizeGrowth ?? 'none') ?? null,
    time: readTime(time ?? 'none') ?? null,
  };
}

/** Reads a factor such as `2x`; null means none, undefined an unreadable one. */
export function readFactor(value: number | string): number | null | undefined {
  if (value === 'none') return null;
  const text = typeof value === 'number' ? String(value) : value.trim();
  const factor = Number(/^(\d+(?:\.\d+)?)x?$/i.exec(text)?.[1]);
  return factor >= 1 ? factor : undefined;
}
