/** Adds to the list under a key; no list is made for nothing. */
export function append<K, T>(lists: Map<K, T[]>, key: K, more: readonly T[]): void {
  const list = lists.get(key);
  if (list !== undefined) list.push(...more);
  else if (more.length > 0) lists.set(key, [...more]);
}
