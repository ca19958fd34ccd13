/** The name of `names` that differs from `word` in the fewest letters; null if none is similar. Case does not count. */
export function closestName(word: string, names: readonly string[]): string | null {
  return closestNames(word, names, 1)[0] ?? null;
}

/** The names of `names` that are most like `word`, at most `limit` of them, the most like first. Case does not count. */
export function closestNames(word: string, names: readonly string[], limit: number): string[] {
  return names
    .map((name) => ({ name, distance: distance(word.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, distance: far }) => far <= Math.max(2, word.length / 3) && isMostlyAlike(far, word, name))
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, limit)
    .map(({ name }) => name);
}

/** Half of a short word is another word: yaml is not html. */
function isMostlyAlike(far: number, word: string, name: string): boolean {
  return 2 * far < Math.max(word.length, name.length);
}

/** Letters to insert, delete or replace. https://en.wikipedia.org/wiki/Levenshtein_distance */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const replaced = (row[j] ?? 0) + Number(letter !== other);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
