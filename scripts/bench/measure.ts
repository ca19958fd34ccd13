/** A measurement: milliseconds, or another number of which less is better. */
export type Measurement = () => number | Promise<number>;

/** The limit of a ratio; `null` where it is for information. */
export type Limit = { readonly atMost: number } | { readonly atLeast: number } | null;

/** Milliseconds that `work` takes. */
export async function time(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/**
 * Measures everything once a round, so that a machine that is slow for a while is slow for all of them.
 * @returns the measurements of each, in the order of the rounds.
 */
export async function interleaved<Name extends string>(
  rounds: number,
  measurements: ReadonlyMap<Name, Measurement>,
): Promise<ReadonlyMap<Name, readonly number[]>> {
  const results = new Map<Name, number[]>();
  for (let round = 0; round < rounds; round++) {
    for (const [name, measure] of measurements) {
      const result = await measure();
      results.set(name, [...(results.get(name) ?? []), result]);
    }
  }
  return results;
}

/** The median of the ratios of two lists, round by round. */
export function medianRatio(numerators: readonly number[], denominators: readonly number[]): number {
  return median(numerators.map((numerator, round) => numerator / (denominators[round] ?? Number.NaN)));
}

/** The middle one, or NaN of none. */
export function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

/** The sum; 0 of none. */
export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** Prints a ratio and its limit. A limit that does not hold makes the process end with 1. */
export function printRatio(what: string, ratio: number, limit: Limit): void {
  print(what, `${ratio.toFixed(2)}×`, verdict(ratio, limit));
}

/** Prints megabytes and their limit, as `printRatio` does. */
export function printMegabytes(what: string, megabytes: number, limit: Limit): void {
  print(what, `${megabytes.toFixed(0)} MB`, verdict(megabytes, limit));
}

function print(what: string, measured: string, judged: string): void {
  console.log(`${what.padEnd(56)} ${measured.padStart(8)}${judged}`);
}

function verdict(ratio: number, limit: Limit): string {
  if (limit === null) return '';
  const isHigh = 'atMost' in limit;
  const holds = isHigh ? ratio <= limit.atMost : ratio >= limit.atLeast;
  if (!holds) process.exitCode = 1;
  return isHigh
    ? `  (limit ${limit.atMost}${holds ? '' : ', EXCEEDED'})`
    : `  (at least ${limit.atLeast}${holds ? '' : ', MISSED'})`;
}
