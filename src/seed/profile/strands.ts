import type { Letters, TextKindName } from '../../text/kinds/kind.ts';
import { textKinds } from '../../text/kinds/kinds.ts';
import type { KindLengths } from './lengths.ts';
import { leastShare } from './parts.ts';

/** Texts of one kind with the same special letters. */
export interface Strand extends Readonly<Record<Letters, boolean>> {
  readonly kind: TextKindName;
  readonly share: number;
  readonly lengths: KindLengths;
}

/**
 * Gives `share` of all rows some letters, and cuts a strand in two where that is needed: the largest come first, and documents
 * last, for those without a string cannot have any.
 */
export function carve(strands: readonly Strand[], letters: Letters, share: number): Strand[] {
  let missing = share;
  return strands
    .toSorted((a, b) => Number(a.kind === 'json') - Number(b.kind === 'json') || b.share - a.share)
    .flatMap((each) => {
      // Other kinds cannot have them, or always do.
      const taken = textKinds[each.kind].letters.includes(letters) ? Math.min(missing, each.share) : 0;
      if (taken <= 0) return [each];
      missing -= taken;
      return [
        { ...each, share: taken, [letters]: true },
        { ...each, share: each.share - taken },
      ].filter((part) => part.share > leastShare);
    });
}
