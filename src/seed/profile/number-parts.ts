import { type NumberShape, numberFormats } from '../../model/column-profile.ts';
import { type Epoch, epochs } from '../../text/kinds/epochs.ts';
import { type Budget, fixedPart, orderedPart, type Part, remaining } from './parts.ts';
import { secondsOf } from './timestamp-spans.ts';

/** Numbers of a column. */
export interface NumberBudget extends Budget<number> {
  /** The part of them that are integers. */
  readonly integers: number;
  /** Whether the column keeps 1.0 as a REAL; where it does not, all REALs get a fraction. */
  readonly keepsReals: boolean;
}

const safe = Number.MAX_SAFE_INTEGER;

/** Somewhat less than the largest integer of SQLite, since these numbers are rounded to what JavaScript can hold. */
const largestInteger = 2n ** 63n - 2n ** 13n;

/** The parts of a column's numbers. */
export function numberParts(shape: NumberShape, budget: NumberBudget): Part[] {
  const { integers, keepsReals, noise } = budget;
  const rounded = (left: number): number => (left < noise ? 0 : left);
  const all = remaining(budget, 1, () => true);
  const zero = remaining(budget, shape.zero, (value) => value === 0);
  const one = remaining(budget, (shape.formats.boolean ?? 0) - shape.zero, (value) => value === 1);
  const unsafe = remaining(budget, shape.unsafe, () => false);
  const dated = epochParts(shape, budget);
  const epoch = dated.reduce((sum, { share }) => sum + share, 0);
  const broken = keepsReals
    ? remaining(budget, 1 - shape.integral, (value) => !Number.isInteger(value))
    : all * (1 - integers);
  const whole = rounded(all - zero - one - unsafe - epoch - broken);
  const negative = remaining(budget, shape.negative, (value) => value < 0);
  // Whole numbers take the sign first: a number of both kinds may be what no row has.
  const wholeNegative = Math.min(whole, negative);
  const brokenNegative = Math.min(broken, rounded(negative - wholeNegative));
  const { lowest, highest } = withinBounds(shape);
  // Large integers say nothing of numbers with a fraction, which have none beyond 2^53.
  const most = unsafe > 0 ? 1e6 : 1e12;
  return [
    fixedPart(zero, 0),
    fixedPart(one, 1),
    ...dated,
    ...(unsafe === 0 ? [] : [unsafePart(unsafe, shape)]),
    // 0 and 1 are in the parts above.
    wholePart(whole - wholeNegative, Math.max(2, lowest), highest, 1),
    wholePart(wholeNegative, Math.max(1, -highest), -lowest, -1),
    brokenPart(broken - brokenNegative, Math.max(0, shape.min), shape.max, 1, most),
    brokenPart(brokenNegative, Math.max(0, -shape.max), -shape.min, -1, most),
  ];
}

/** The bounds of whole numbers: those of a profile lie beyond all numbers, as long as there is room between. */
function withinBounds({ min, max }: NumberShape): { readonly lowest: number; readonly highest: number } {
  return max - min < 2
    ? { lowest: Math.ceil(min), highest: Math.floor(max) }
    : { lowest: Math.floor(min) + 1, highest: Math.ceil(max) - 1 };
}

/** Times since 1970. */
function epochParts({ span, min, max, formats }: NumberShape, budget: NumberBudget): Part[] {
  return numberFormats.flatMap((format) => {
    if (format === 'boolean' || span === null) return [];
    const { from, to, ofSecond }: Epoch = epochs[format];
    const share = remaining(budget, formats[format] ?? 0, (value) => value >= from && value <= to);
    const seconds = secondsOf(span);
    const first = Math.max(seconds.from * ofSecond, from, Math.floor(min) + 1);
    const last = Math.min(seconds.to * ofSecond, to, Math.ceil(max) - 1);
    return [orderedPart(share, last - first + 1, (place) => first + place)];
  });
}

/** Integers that JavaScript would round. */
function unsafePart(share: number, { min, max }: NumberShape): Part {
  const sign = max > safe ? 1n : -1n;
  const bound = BigInt(sign > 0n ? max : -min);
  const first = BigInt(safe) + 2n;
  // The bound of a profile lies beyond all numbers, and is one that JavaScript rounds.
  const most = bound - (bound >> 50n);
  const last = most < largestInteger ? most : largestInteger;
  return orderedPart(share, Number(last - first), (place) => sign * (first + BigInt(place)));
}

/** Whole numbers of one sign, most of them small. Flags and what would be taken for timestamps are left out. */
function wholePart(share: number, min: number, max: number, sign: 1 | -1): Part {
  const ranges = freeRanges(min, Math.min(Math.floor(max), safe));
  const capacity = ranges.reduce((all, [from, to]) => all + to - from + 1, 0);
  const at = (place: number): number => {
    let left = place;
    for (const [from, to] of ranges) {
      if (left <= to - from) return from + left;
      left -= to - from + 1;
    }
    return (ranges.at(-1)?.[1] ?? max) + left + 1;
  };
  return orderedPart(share, capacity, (place) => sign * at(place), 3);
}

function freeRanges(min: number, max: number): (readonly [from: number, to: number])[] {
  const ranges: (readonly [number, number])[] = [];
  let from = min;
  for (const { from: low, to: high } of Object.values(epochs)) {
    if (low > max || high < from) continue;
    if (low > from) ranges.push([from, low - 1]);
    from = high + 1;
  }
  if (from <= max) ranges.push([from, max]);
  return ranges.length > 0 ? ranges : [[min, Math.max(min, max)]];
}

/** Numbers with a fraction, which is exact in binary. @param most the largest that may be, unless all are larger */
function brokenPart(share: number, min: number, max: number, sign: 1 | -1, most: number): Part {
  const top = Math.max(Math.min(max, most), min + 1);
  const steps = 2 ** Math.max(1, Math.min(20, 51 - Math.ceil(Math.log2(top))));
  const first = Math.floor(min * steps);
  return orderedPart(share, Math.floor(top * steps) - first, (place) => (sign * (first + place + 0.5)) / steps);
}
