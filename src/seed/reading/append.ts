/** Adds to the list under a key, which is made for the first value. */
export function append<K, T>(lists: Map<K, T[]>, key: K, more: readonly T[]): void {
  const list = lists.get(key);
  if (list !== undefined) list.push(...more);
  else if (more.length > 0) lists.set(key, [...more]);
}
