/** Something read in order, with its place among the parentheses: a word, or a part of an expression. */
export interface Nested {
  /** Upper case for bare words and symbols, '' for what is quoted. */
  readonly key: string;
  /** How many parentheses are open before it; a closing one counts as outside. */
  readonly depth: number;
}

/** The index of the parenthesis that closes the one at `open`; the end where none does. */
export function closing(list: readonly Nested[], open: number): number {
  const close = list.findIndex(({ key, depth }, i) => i > open && key === ')' && depth === list[open]?.depth);
  return close < 0 ? list.length : close;
}

/** What stands between the parenthesis at `open` and the one that closes it; nothing where none opens there. */
export function inside<T extends Nested>(list: readonly T[], open: number): readonly T[] {
  return list[open]?.key === '(' ? list.slice(open + 1, closing(list, open)) : [];
}

/** What stands between the commas that no parenthesis of the list holds: nothing gives no item, `a, (b, c)` two. */
export function items<T extends Nested>(list: readonly T[]): readonly (readonly T[])[] {
  const [first] = list;
  if (first === undefined) return [];
  const commas = list.flatMap(({ key, depth }, i) => (key === ',' && depth === first.depth ? [i] : []));
  return [-1, ...commas].map((comma, i) => list.slice(comma + 1, commas[i]));
}

/** The index of the first word from `from` on that no parenthesis of the list holds and that is one of `keys`, or -1. */
export function outsideAt(list: readonly Nested[], keys: ReadonlySet<string>, from = 0): number {
  return list.findIndex(({ key, depth }, i) => i >= from && depth === list[0]?.depth && keys.has(key));
}

/** A clause: what stands after the first of `begins` up to the next of `ends`, both outside parentheses; null where none begins. */
export function clause<T extends Nested>(
  list: readonly T[],
  begins: ReadonlySet<string>,
  ends: ReadonlySet<string>,
): readonly T[] | null {
  const begin = outsideAt(list, begins);
  if (begin < 0) return null;
  const end = outsideAt(list, ends, begin + 1);
  return list.slice(begin + 1, end < 0 ? list.length : end);
}

/** A list without the parentheses round all of it. */
export function withoutParentheses<T extends Nested>(list: readonly T[]): readonly T[] {
  let bare = list;
  while (bare[0]?.key === '(' && closing(bare, 0) === bare.length - 1) bare = bare.slice(1, -1);
  return bare;
}
