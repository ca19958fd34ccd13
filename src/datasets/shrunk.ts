/** The rows of the largest table at the largest size. */
const most = 1_600;

/**
 * The sizes at which work is measured that is to be known at the size of production: each tells the rows of a table by those of
 * production. A table shrinks by the power of its rows, so that twice as many rows of two tables stay the product that they are, and
 * a table of a few rows keeps them.
 * @param largest the rows of the largest table of production.
 */
export function shrinkings(largest: number): ((rows: number) => number)[] {
  const top = Math.min(most, largest);
  const kept = Math.max(1, top / 16);
  return [16, 4, 1].map((part) => {
    const power = largest <= kept ? 1 : Math.log(Math.max(kept, top / part) / kept) / Math.log(largest / kept);
    return (rows) => (rows <= kept ? rows : kept * (rows / kept) ** power);
  });
}
