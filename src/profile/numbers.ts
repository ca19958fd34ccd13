import type { NumberShape } from '../model/column-profile.ts';
import { type Epoch, epochs } from '../text/kinds/epochs.ts';
import { type Aggregates, count, type Measured, named } from './aggregates.ts';
import type { Classes } from './classes.ts';
import { beyond, share } from './round.ts';
import type { Told } from './scope.ts';
import { monthOfEpoch, toSpan } from './timestamps.ts';

// Without its column's affinity, which unary plus takes off, a value compares as what it is: every number stands before
// every text and every blob (https://sqlite.org/datatype3.html#sort_order).
const finite = '+? BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308';
const isInteger = `typeof(?) = 'integer'`;
const seconds = inEpoch(epochs['epoch-seconds']);
const milliseconds = inEpoch(epochs['epoch-milliseconds']);

function inEpoch({ from, to }: Epoch): string {
  return `${isInteger} AND +? BETWEEN ${from} AND ${to}`;
}

/** The aggregates over a column with numbers. */
export const numberAggregates = {
  min: `min(?) FILTER (WHERE ${finite})`,
  max: `max(?) FILTER (WHERE ${finite})`,
  zero: count('+? = 0'),
  negative: count('+? < 0'),
  integral: count(`${isInteger} OR (typeof(?) = 'real' AND round(?) = ?)`),
  unsafe: count(`${isInteger} AND +? NOT BETWEEN -9007199254740992 AND 9007199254740992`),
  boolean: count('+? IN (0, 1)'),
  seconds: count(seconds),
  oldestSeconds: `min(?) FILTER (WHERE ${seconds})`,
  newestSeconds: `max(?) FILTER (WHERE ${seconds})`,
  milliseconds: count(milliseconds),
  oldestMilliseconds: `min(?) FILTER (WHERE ${milliseconds})`,
  newestMilliseconds: `max(?) FILTER (WHERE ${milliseconds})`,
} as const satisfies Aggregates;

const largestSafe = 2 ** 53;

/**
 * The aggregates over a column of numbers and NULLs alone that its ends and the number of its integers do not tell. Ends are
 * rounded to what JavaScript can hold, so that a condition that they meet may still be met by no value.
 */
export function numbersToAsk({ storage, bounds }: Classes): Partial<typeof numberAggregates> {
  if (bounds === null) return numberAggregates;
  const { min, max } = bounds;
  const meets = (low: number, high: number): boolean => min <= high && max >= low;
  const inReach = ({ from, to }: Epoch): boolean => meets(from, to);
  const timestamps = [
    ...(inReach(epochs['epoch-seconds']) ? (['seconds', 'oldestSeconds', 'newestSeconds'] as const) : []),
    ...(inReach(epochs['epoch-milliseconds'])
      ? (['milliseconds', 'oldestMilliseconds', 'newestMilliseconds'] as const)
      : []),
  ];
  const asked: readonly (keyof typeof numberAggregates)[] = [
    ...(Number.isFinite(min) && Number.isFinite(max) ? [] : (['min', 'max'] as const)),
    ...(meets(0, 0) ? (['zero'] as const) : []),
    ...(min < 0 ? (['negative'] as const) : []),
    ...(storage.real === 0 ? [] : (['integral'] as const)),
    ...(storage.integer > 0 && (min <= -largestSafe || max >= largestSafe) ? (['unsafe'] as const) : []),
    ...(meets(0, 1) ? (['boolean'] as const) : []),
    ...(storage.integer > 0 ? timestamps : []),
  ];
  return Object.fromEntries(asked.map((name) => [name, numberAggregates[name]]));
}

/** The aggregates of a column of numbers that an index answers with the rows of one value, instead of a look at every row. */
export const soughtNumbers: Pick<typeof numberAggregates, 'zero' | 'boolean'> = {
  zero: '(SELECT count(*) FROM ?table WHERE ?column = 0)',
  boolean: '(SELECT count(*) FROM ?table WHERE ?column IN (0, 1))',
};

/** The numbers that were found of a column, with those that `numbersToAsk` leaves out. */
export function completeNumbers(
  { storage, bounds }: Classes,
  found: Readonly<Record<string, number>>,
): Measured<typeof numberAggregates> {
  const known = bounds === null ? {} : { ...bounds, integral: storage.integer };
  return named(numberAggregates, { ...known, ...found });
}

/** The shape of the numbers of a column. */
export function toNumberShape(found: Measured<typeof numberAggregates>, { total, told, atLeast }: Told): NumberShape {
  const isWhole = found.integral === total;
  const formats = [
    ['boolean', found.boolean],
    ['epoch-seconds', found.seconds],
    ['epoch-milliseconds', found.milliseconds],
  ] as const;
  return {
    min: beyond(found.min, 'down', isWhole),
    max: beyond(found.max, 'up', isWhole),
    zero: share(found.zero, total, atLeast, told),
    negative: share(found.negative, total, atLeast, told),
    integral: share(found.integral, total, atLeast, told),
    unsafe: share(found.unsafe, total, atLeast, told),
    formats: Object.fromEntries(
      formats.filter(([, n]) => n > 0).map(([format, n]) => [format, share(n, total, atLeast, told)]),
    ),
    span: found.seconds + found.milliseconds < atLeast ? null : spanOf(found),
  };
}

function spanOf(found: Measured<typeof numberAggregates>): NumberShape['span'] {
  const timestamps = [
    ...(found.seconds > 0 ? [found.oldestSeconds * 1000, found.newestSeconds * 1000] : []),
    ...(found.milliseconds > 0 ? [found.oldestMilliseconds, found.newestMilliseconds] : []),
  ];
  if (timestamps.length === 0) return null;
  return toSpan(monthOfEpoch(Math.min(...timestamps)), monthOfEpoch(Math.max(...timestamps)));
}
