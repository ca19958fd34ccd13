import type { Lengths } from '../../model/column-profile.ts';
import { leastShare } from './parts.ts';

/** Values of a kind: their share, and their length if it is fixed. */
export interface KindShare {
  readonly share: number;
  readonly length: number | null;
}

/** A stretch of the values in the order of their lengths. */
interface Piece {
  readonly from: number;
  readonly to: number;
  share: number;
}

/** The lengths of the values of one kind. */
export interface KindLengths {
  /** The length of the value that stands at `place`, from 0 to 1, among them. */
  readonly at: (place: number) => number;
  /** The length where there is one value only. */
  readonly alone: number;
}

/**
 * Deals lengths out to kinds of values, so that all together have those of a profile. The kinds whose length is a choice
 * get what the others leave, in their order: the first ones the shortest.
 */
export function dealLengths(lengths: Lengths, kinds: readonly KindShare[]): KindLengths[] {
  const { min, p50, p95, max } = withinBounds(lengths, kinds);
  const all = kinds.reduce((sum, { share }) => sum + share, 0);
  const pieces: Piece[] = [
    { from: min, to: p50, share: 0.5 * all },
    { from: p50, to: p95, share: 0.45 * all },
    { from: p95, to: max, share: 0.05 * all },
  ];
  const present = kinds.filter(({ share }) => share > 0);
  for (const { share, length } of present) if (length !== null) takeOut(pieces, length, share);
  const left = pieces.reduce((sum, piece) => sum + piece.share, 0);
  const free = present.reduce((sum, { share, length }) => (length === null ? sum + share : sum), 0);
  let start = 0;
  return kinds.map(({ share, length }) => {
    if (length !== null) return { at: () => length, alone: length };
    const [from, width] = [start, free === 0 ? 0 : share / free];
    start += width;
    const at = (place: number): number => lengthAt(pieces, Math.min(1, from + width * place) * left);
    return { at, alone: at(0.5) };
  });
}

/** The lengths that values may have. The bounds of a profile lie up to twice as far out as the lengths themselves. */
function withinBounds({ min, p50, p95, max }: Lengths, kinds: readonly KindShare[]): Lengths {
  if (max - min < 2) return { min, p50, p95, max };
  const least = kinds.some(({ length }) => length === 0) ? 0 : 1;
  const low = min === 0 ? least : Math.ceil((min + Math.min(Math.max(p50, min + 1), 2 * min)) / 2);
  const high = Math.min(max - 1, Math.floor((max + Math.max(p95 < max ? p95 : 0, max / 2)) / 2));
  const within = (length: number): number => Math.min(Math.max(length, low), high);
  return { min: low, p50: within(p50), p95: within(p95), max: Math.max(low, high) };
}

/** Takes values of one length out, first from where all have it. */
function takeOut(pieces: readonly Piece[], length: number, share: number): void {
  let missing = share;
  const distance = ({ from, to }: Piece): number => Math.max(from - length, length - to, 0);
  const order = pieces.toSorted((a, b) => distance(a) - distance(b) || a.to - a.from - (b.to - b.from));
  for (const piece of order) {
    const taken = Math.min(piece.share, missing);
    piece.share -= taken;
    missing -= taken;
  }
}

function lengthAt(pieces: readonly Piece[], place: number): number {
  let left = place;
  const held = pieces.filter(({ share }) => share > leastShare);
  for (const [i, { from, to, share }] of held.entries()) {
    if (left <= share || i === held.length - 1) return Math.round(from + (to - from) * Math.min(1, left / share));
    left -= share;
  }
  return pieces[0]?.from ?? 0;
}
