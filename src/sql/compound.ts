import { outsideAt } from './nesting.ts';
import { readWords } from './words.ts';

/** A query cut into the SELECTs and VALUES that stand side by side in it. */
export interface Compound {
  /** The WITH before them, or ''. */
  readonly common: string;
  /** Their texts; those of several are without what is about the rows of all. */
  readonly selects: readonly string[];
  /** The ORDER BY and LIMIT behind several of them, or ''. */
  readonly tail: string;
  /** Whether their rows are put together, and neither EXCEPT nor INTERSECT takes some away. */
  readonly isUnion: boolean;
}

/** Cuts a query into its SELECTs; a simple one is its only part. https://sqlite.org/lang_select.html#compound_select_statements */
export function readCompound(query: string): Compound {
  const words = readWords(query).filter(({ text }) => text !== ';');
  const start = Math.max(outsideAt(words, selecting), 0);
  const joints = words.flatMap(({ key, depth }, i) => (depth === 0 && joining.has(key) ? [i] : []));
  const last = joints.at(-1);
  const tail = last === undefined ? -1 : outsideAt(words, ordering, last);
  const end = tail < 0 ? words.length : tail;
  const textOf = (from: number, to: number): string => query.slice(words[from]?.start, words[to - 1]?.end);
  return {
    common: query.slice(0, words[start]?.start),
    selects: [start - 1, ...joints].map((joint, i) =>
      textOf(words[joint + 1]?.key === 'ALL' ? joint + 2 : joint + 1, joints[i] ?? end),
    ),
    tail: tail < 0 ? '' : textOf(tail, words.length),
    isUnion: joints.every((joint) => words[joint]?.key === 'UNION'),
  };
}

const selecting: ReadonlySet<string> = new Set(['SELECT', 'VALUES']);
const joining: ReadonlySet<string> = new Set(['UNION', 'EXCEPT', 'INTERSECT']);
const ordering: ReadonlySet<string> = new Set(['ORDER', 'LIMIT']);
