/**
 * A function of an object that remembers its results: it computes each once, and keeps it as long as the object lives. Histories, schemas
 * and tables never change, and a run asks the same of them at every step, on each side and for each dataset.
 * @param compute depends on the object alone, and nobody changes what it returns unless all who ask are meant to share that.
 */
export function memoized<K extends object, V extends NonNullable<unknown> | null>(
  compute: (key: K) => V,
): (key: K) => V {
  const results = new WeakMap<K, V>();
  return (key) => {
    const known = results.get(key);
    if (known !== undefined) return known;
    const result = compute(key);
    results.set(key, result);
    return result;
  };
}
