/**
 * Finds a smallest part of `items` that still shows what all of them together show: no item of the answer can go.
 * Zeller and Hildebrandt, Simplifying and Isolating Failure-Inducing Input, https://doi.org/10.1109/32.988498
 * @param shows whether a part shows it; true of `items`. Parts come in the order of `items`.
 */
export function ddmin<T>(items: readonly T[], shows: (part: readonly T[]) => boolean): readonly T[] {
  let left = items;
  let chunks = 2;
  while (left.length > 1) {
    const size = Math.ceil(left.length / chunks);
    const smaller = shrunk(left, size, shows);
    if (smaller !== null) {
      chunks = smaller.length <= size ? 2 : Math.max(2, chunks - 1);
      left = smaller;
    } else if (size === 1) {
      return left;
    } else {
      chunks = Math.min(left.length, chunks * 2);
    }
  }
  return left;
}

/** The first chunk that shows it by itself, or else the first rest that shows it without a chunk; null for neither. */
function shrunk<T>(items: readonly T[], size: number, shows: (part: readonly T[]) => boolean): readonly T[] | null {
  const starts = Array.from({ length: Math.ceil(items.length / size) }, (_, i) => i * size);
  const chunks = starts.map((start) => items.slice(start, start + size));
  // Of two chunks each is the other's rest.
  const rests = chunks.length > 2 ? starts.map((start) => items.toSpliced(start, size)) : [];
  return [...chunks, ...rests].find((part) => part.length < items.length && shows(part)) ?? null;
}

/**
 * Finds every item that shows something by itself, by halving what shows something: a few tries for each such item,
 * whatever the number of the others, and fewer where they stand side by side. Items that show something only together
 * with others are not among the answer.
 * @param shows whether a part shows anything.
 */
export function alone<T>(items: readonly T[], shows: (part: readonly T[]) => boolean): readonly T[] {
  return items.length > 0 && shows(items) ? within(items, shows) : [];
}

/** The same for items that show something together. */
function within<T>(items: readonly T[], shows: (part: readonly T[]) => boolean): readonly T[] {
  if (items.length === 1) return items;
  const middle = Math.ceil(items.length / 2);
  const [first, second] = [items.slice(0, middle), items.slice(middle)];
  if (shows(first)) return [...within(first, shows), ...alone(second, shows)];
  // It is in the second half, or takes some of both; one item is asked in any case.
  return second.length === 1 ? alone(second, shows) : within(second, shows);
}
