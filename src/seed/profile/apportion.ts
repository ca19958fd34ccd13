/**
 * Splits `total` into whole numbers by weight. However small its weight, each that is not 0 gets 1 at least, so that
 * what one row in a million has is there in a small table too; where there are fewer than weights, the heaviest get 1.
 */
export function apportion(total: number, weights: readonly number[]): number[] {
  const heaviest = weights.map((_, i) => i).sort((a, b) => (weights[b] ?? 0) - (weights[a] ?? 0) || a - b);
  const served = new Set(heaviest.slice(0, total).filter((i) => (weights[i] ?? 0) > 0));
  const sum = weights.reduce((all, weight, i) => (served.has(i) ? all + weight : all), 0);
  const exact = weights.map((weight, i) => (served.has(i) ? (weight / sum) * total : 0));
  const counts = exact.map((count) => (count > 0 ? Math.max(1, Math.floor(count)) : 0));
  const excess = (i: number): number => (counts[i] ?? 0) - (exact[i] ?? 0);
  let missing = served.size === 0 ? 0 : total - counts.reduce((all, count) => all + count, 0);
  while (missing !== 0) {
    const step = Math.sign(missing);
    const open = [...served].filter((i) => step > 0 || (counts[i] ?? 0) > 1);
    const next = open.reduce((best, i) => (step * (excess(i) - excess(best)) < 0 ? i : best), open[0] ?? 0);
    counts[next] = (counts[next] ?? 0) + step;
    missing -= step;
  }
  return counts;
}
