/** From how many changes on it costs less to copy all. */
const limit = 64;

/**
 * A map like another one but for a few entries, which costs no more than those. The other one must not change.
 * @param changes entries that take the place of others, or come after them.
 */
export function changedMap<V>(map: ReadonlyMap<string, V>, changes: ReadonlyMap<string, V>): ReadonlyMap<string, V> {
  const [whole, known] = map instanceof ChangedMap ? [map.whole, map.changes] : [map, new Map<string, V>()];
  const all = new Map([...known, ...changes]);
  const changed = new ChangedMap<V>(whole, all);
  return all.size <= limit ? changed : new Map(changed);
}

class ChangedMap<V> implements ReadonlyMap<string, V> {
  readonly whole: ReadonlyMap<string, V>;
  readonly changes: ReadonlyMap<string, V>;
  readonly size: number;

  constructor(whole: ReadonlyMap<string, V>, changes: ReadonlyMap<string, V>) {
    this.whole = whole;
    this.changes = changes;
    this.size = whole.size + [...changes.keys()].filter((key) => !whole.has(key)).length;
  }

  get(key: string): V | undefined {
    return this.changes.get(key) ?? this.whole.get(key);
  }

  has(key: string): boolean {
    return this.whole.has(key) || this.changes.has(key);
  }

  *entries(): MapIterator<[string, V]> {
    for (const [key, value] of this.whole) yield [key, this.changes.get(key) ?? value];
    for (const entry of this.changes) if (!this.whole.has(entry[0])) yield entry;
  }

  *keys(): MapIterator<string> {
    for (const [key] of this.entries()) yield key;
  }

  *values(): MapIterator<V> {
    for (const [, value] of this.entries()) yield value;
  }

  forEach(work: (value: V, key: string, map: ReadonlyMap<string, V>) => void): void {
    for (const [key, value] of this.entries()) work(value, key, this);
  }

  [Symbol.iterator](): MapIterator<[string, V]> {
    return this.entries();
  }
}
