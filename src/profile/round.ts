/** A direction in which a bound may be moved without becoming wrong. */
export type Direction = 'down' | 'up';

/**
 * A count out of `whole` things that reveals nothing about fewer than `least` of them, not even by subtraction: the
 * smaller side is rounded to a multiple of `least` and is never less than that. None and all stay exact; for fewer than
 * twice `least` things the count is half, which means some.
 */
export function coarse(part: number, whole: number, least: number): number {
  if (part <= 0) return 0;
  if (part >= whole) return whole;
  if (whole < 2 * least) return whole / 2;
  const smaller = Math.min(part, whole - part);
  const rounded = Math.min(whole / 2, Math.max(least, Math.round(smaller / least) * least));
  return part <= whole - part ? rounded : whole - rounded;
}

/**
 * `part` of `whole` as `coarse` tells it, with four significant digits; 0 of nothing. Only none is 0, and only all is 1.
 * @param told the number that stands for `whole` where it is not known to the row
 */
export function share(part: number, whole: number, least: number, told = whole): number {
  if (whole === 0) return 0;
  return part < whole ? Math.min(Number((coarse(part, whole, least) / told).toPrecision(4)), 0.9999) : 1;
}

/**
 * Moves a bound of values outwards to the next of the numbers 0, 1, 2, 5, 10, 20, 50, … and their opposites that lies
 * beyond it, so that no value can be read off it: a bound is never held by a row. Numbers that are not whole have
 * steps below 1 too. Infinity ends at the largest number.
 */
export function beyond(value: number, direction: Direction, isWhole: boolean): number {
  const outwards = direction === 'up';
  if (value === 0) return outwards ? 1 : -1;
  if (value < 0) return flipped(beyond(-value, outwards ? 'down' : 'up', isWhole));
  if (isWhole && !outwards && value <= 1) return 0;
  if (value === Number.POSITIVE_INFINITY) return Number.MAX_VALUE;
  const [digits = '1', power = '0'] = value.toExponential().split('e');
  const [leading, exponent] = [Number(digits), Number(power)];
  const step = outwards ? upwards.find((each) => each > leading) : downwards.find((each) => each < leading);
  return Math.min(Number(`${step ?? 1}e${exponent}`), Number.MAX_VALUE);
}

const upwards = [2, 5, 10];
const downwards = [5, 2, 1, 0.5];

/** Turns -0 into 0. */
function flipped(value: number): number {
  return value === 0 ? 0 : -value;
}

/** A length or a count from 0 on with two significant digits. */
export function twoDigits(value: number, direction: Direction): number {
  return value === 0 ? 0 : significant(value, 2, direction);
}

/** A share of missing values, to one digit: 0.3, 0.05, 0.9, 0.95. Only none is 0, and only all is 1. */
export function oneDigit(part: number): number {
  const small = Math.min(part, 1 - part);
  const rounded = Number(small.toPrecision(1));
  return Number((part === small ? rounded : 1 - rounded).toPrecision(12));
}

/** Works on the decimal digits, because 8.7 × 10 is not 87 in binary. */
function significant(value: number, count: number, direction: Direction): number {
  const [written = '', exponent] = value.toExponential().split('e');
  const digits = written.replace('.', '');
  const kept = Number(digits.slice(0, count).padEnd(count, '0'));
  const isExact = digits.length <= count;
  return Number(`${isExact || direction === 'down' ? kept : kept + 1}e${Number(exponent) - count + 1}`);
}
