import { type NumberShape, numberFormats } from '../../model/column-profile.ts';
import { type Epoch, epochs } from '../../text/kinds/epochs.ts';
import { fixedPart, type Part, type Values } from './parts.ts';
import { secondsOf, spread } from './timestamp-spans.ts';

/** Numbers of a column, by shares of all rows of the table. */
export interface NumberBudget {
  readonly shape: NumberShape;
  readonly integers: number;
  readonly reals: number;
  /** Whether the column keeps 1.0 as a REAL; where it does not, all REALs get a fraction. */
  readonly keepsReals: boolean;
  /** The share below which a difference of shares may be nothing. */
  readonly noise: number;
  /** Numbers that other parts hold already, with their shares. */
  readonly taken: readonly (readonly [value: number, share: number])[];
}

const safe = Number.MAX_SAFE_INTEGER;
const largestInteger = 2n ** 63n - 1n;

/** The parts of a column's numbers. */
export function numberParts({ shape, integers, reals, keepsReals, noise, taken }: NumberBudget): Part[] {
  const { lowest, highest } = withinBounds(shape);
  const total = integers + reals + taken.reduce((all, [, share]) => all + share, 0);
  const less = (share: number, test: (value: number) => boolean): number =>
    Math.max(0, share * total - taken.reduce((all, [value, part]) => (test(value) ? all + part : all), 0));
  const rounded = (left: number): number => (left < noise ? 0 : left);
  const zero = less(shape.zero, (value) => value === 0);
  const one = rounded(less((shape.formats.boolean ?? 0) - shape.zero, (value) => value === 1));
  const unsafe = less(shape.unsafe, () => false);
  const epochParts = numberFormats.flatMap((format): Part[] => {
    if (format === 'boolean') return [];
    const epoch = epochs[format];
    const left = less(shape.formats[format] ?? 0, (value) => value >= epoch.from && value <= epoch.to);
    return left > 0 && shape.span !== null ? [epochPart(left, shape, epoch)] : [];
  });
  const epoch = epochParts.reduce((all, { share }) => all + share, 0);
  const fractions = less(1 - shape.integral, (value) => !Number.isInteger(value));
  const broken = keepsReals ? fractions : reals;
  const rest = rounded(integers + reals - zero - one - unsafe - epoch - broken);
  const wholeReals = Math.min(rest, Math.max(0, reals - broken));
  const negative = less(shape.negative, (value) => value < 0);
  // Whole numbers take the sign first: a number of both kinds may be what no row has.
  const wholeNegative = shape.negative > 0 && highest < 2 ? rest : Math.min(rest, negative);
  const brokenNegative = shape.max <= 0 ? broken : Math.min(broken, rounded(negative - wholeNegative));
  const low = shape.negative > 0 ? 0 : Math.max(0, shape.min);
  // Large integers say nothing of numbers with a fraction, which have none beyond 2^53.
  const most = unsafe > 0 ? 1e6 : 1e12;
  return [
    ...(zero > 0 ? [fixedPart(zero, 0)] : []),
    ...(one > 0 ? [fixedPart(one, 1)] : []),
    ...epochParts,
    ...(unsafe > 0 ? [unsafePart(unsafe, shape)] : []),
    // 0 and 1 are in the parts above. A REAL never counts as a timestamp.
    ...[false, true].flatMap((isReal) => {
      const share = isReal ? wholeReals : rest - wholeReals;
      const below = rest === 0 ? 0 : (wholeNegative * share) / rest;
      return [
        ...wholePart(share - below, Math.max(2, lowest), highest, 1, isReal),
        ...wholePart(below, Math.max(1, -highest), -lowest, -1, isReal),
      ];
    }),
    ...brokenPart(broken - brokenNegative, low, Math.min(shape.max, Math.max(most, low + 1)), 1),
    ...brokenPart(brokenNegative, Math.max(0, -shape.max), Math.min(-shape.min, Math.max(most, 1 - shape.max)), -1),
  ];
}

/** The bounds of whole numbers: those of a profile lie beyond all numbers, as long as there is room between. */
function withinBounds({ min, max }: NumberShape): { readonly lowest: number; readonly highest: number } {
  return max - min < 2
    ? { lowest: Math.ceil(min), highest: Math.floor(max) }
    : { lowest: Math.floor(min) + 1, highest: Math.ceil(max) - 1 };
}

function epochPart(share: number, { span, min, max }: NumberShape, epoch: Epoch): Part {
  const { from, to } = span === null ? epoch : secondsOf(span);
  const first = Math.max(from * epoch.ofSecond, epoch.from, Math.floor(min) + 1);
  const capacity = Math.max(1, Math.min(to * epoch.ofSecond, epoch.to, Math.ceil(max) - 1) - first + 1);
  const values = (groups: number): Values => {
    return (group) => first + (group < groups ? spread(group, groups, capacity) : capacity + group - groups);
  };
  return { share, capacity, values };
}

/** Integers that JavaScript would round. */
function unsafePart(share: number, { min, max }: NumberShape): Part {
  const sign = max > safe ? 1n : -1n;
  const bound = BigInt(sign > 0n ? max : -min);
  const first = BigInt(safe) + 2n;
  // The bound of a profile lies beyond all numbers, and is one that JavaScript rounds.
  const most = bound - (bound >> 50n);
  const last = most < largestInteger ? most : largestInteger;
  const room = last > first ? last - first : 1n;
  const values = (groups: number): Values => {
    const step = room / BigInt(Math.max(1, groups - 1));
    // The last one is at the end, whatever the division left over.
    return (group) => {
      const place = group === groups - 1 ? room : BigInt(group) * (step > 0n ? step : 1n);
      return sign * (group < groups ? first + place : first + BigInt(group));
    };
  };
  return { share, capacity: Number(room), values };
}

/** Whole numbers of one sign, most of them small. Flags and what would be taken for timestamps are left out. */
function wholePart(share: number, min: number, max: number, sign: 1 | -1, isReal: boolean): Part[] {
  if (share < 1e-9) return [];
  const top = Math.min(Math.floor(max), safe);
  const ranges = isReal ? [[min, Math.max(min, top)] as const] : freeRanges(min, top);
  const capacity = ranges.reduce((all, [from, to]) => all + to - from + 1, 0);
  const at = (place: number): number => {
    let left = place;
    for (const [from, to] of ranges) {
      if (left <= to - from) return from + left;
      left -= to - from + 1;
    }
    return (ranges.at(-1)?.[1] ?? max) + left + 1;
  };
  const values = (groups: number): Values => {
    const room = Math.max(0, capacity - groups);
    const last = Math.max(1, groups - 1);
    return (group) => {
      if (groups === 1 && group === 0) return sign * at(capacity - 1);
      return sign * at(group < groups ? Math.floor(room * (group / last) ** 3) + group : capacity + group - groups);
    };
  };
  return [{ share, capacity: Math.max(1, capacity), values }];
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

/** Numbers with a fraction, of as few digits as tell them apart. */
function brokenPart(share: number, min: number, max: number, sign: 1 | -1): Part[] {
  if (share <= 0) return [];
  const values = (groups: number): Values => {
    const width = max - min || 1;
    const digits = Math.max(2, Math.ceil(Math.log10((4 * (groups + 1)) / width)));
    const scale = 10 ** digits;
    // Beyond 2^53 no number has a fraction.
    if (!Number.isSafeInteger(Math.ceil(max) * scale))
      return (group) => sign * (min + (width * (group + 1)) / (groups + 1));
    const steps = Math.max(1, Math.floor(width * scale) - 2);
    return (group) => {
      const place = groups < 2 && group === 0 ? steps : Math.floor((group / Math.max(1, groups - 1)) * steps);
      const number = Math.floor(min * scale) + place + 1;
      return sign * ((number % scale === 0 ? number + (place > 0 ? -1 : 1) : number) / scale);
    };
  };
  return [{ share, capacity: Number.POSITIVE_INFINITY, values }];
}
