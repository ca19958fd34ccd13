/** A direction in which a bound may be moved without becoming wrong. */
export type Direction = 'down' | 'up';

/** `part` of `whole` with four significant digits; 0 of nothing. Only what is none or all is 0 or 1. */
export function share(part: number, whole: number): number {
  if (whole === 0) return 0;
  return part < whole ? Math.min(Number((part / whole).toPrecision(4)), 0.9999) : 1;
}

/**
 * Moves a bound of values outwards, so that the value that it came from cannot be read off it: to 1, 2 and 5 times a
 * power of ten below 10, to tens below 100, then to two significant digits. Infinity ends at the largest number.
 */
export function outward(value: number, direction: Direction): number {
  if (value === 0) return 0;
  if (value < 0) return -outward(-value, direction === 'up' ? 'down' : 'up');
  if (value === Number.POSITIVE_INFINITY) return Number.MAX_VALUE;
  const { exponent } = decimal(value);
  if (exponent >= 1) return significant(value, exponent === 1 ? 1 : 2, direction);
  const digit = significant(value, 1, direction);
  const steps = direction === 'up' ? upwards : downwards;
  const leading = Number(decimal(digit).digits);
  return Number(
    `${steps.find((step) => (direction === 'up' ? step >= leading : step <= leading))}e${decimal(digit).exponent}`,
  );
}

const upwards = [1, 2, 5, 10];
const downwards = [5, 2, 1];

/** A length or a count from 0 on with two significant digits. */
export function twoDigits(value: number, direction: Direction): number {
  return value === 0 ? 0 : significant(value, 2, direction);
}

/** A share of what is missing, to one digit: 0.3, 0.05, 0.9, 0.95. Only what is none or all is 0 or 1. */
export function oneDigit(part: number): number {
  const small = Math.min(part, 1 - part);
  const rounded = Number(small.toPrecision(1));
  return Number((part === small ? rounded : 1 - rounded).toPrecision(12));
}

/** Works on the decimal digits, because 8.7 × 10 is not 87 in binary. */
function significant(value: number, count: number, direction: Direction): number {
  const { digits, exponent } = decimal(value);
  const kept = Number(digits.slice(0, count).padEnd(count, '0'));
  const isExact = digits.length <= count;
  const moved = Number(`${isExact || direction === 'down' ? kept : kept + 1}e${exponent - count + 1}`);
  return Math.min(moved, Number.MAX_VALUE);
}

/** The significant digits of a positive number, and the power of ten of the first. */
function decimal(value: number): { digits: string; exponent: number } {
  const [digits = '', exponent] = value.toExponential().split('e');
  return { digits: digits.replace('.', ''), exponent: Number(exponent) };
}
