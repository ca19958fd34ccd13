import type { Letters, TextKindName } from '../../text/kinds/kind.ts';
import { textKinds } from '../../text/kinds/kinds.ts';

/** Texts of one kind with the same special letters. */
export interface Strand {
  readonly kind: TextKindName;
  readonly share: number;
  readonly upperCase: boolean;
  readonly nonAscii: boolean;
  readonly outerSpace: boolean;
}

/** A strand without anything special about its letters. */
export function strand(kind: TextKindName, share: number): Strand {
  return { kind, share, upperCase: false, nonAscii: false, outerSpace: false };
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
      const given = { ...each, share: taken, [letters]: true };
      const left = each.share - taken;
      return left > 1e-9 ? [given, { ...each, share: left }] : [given];
    });
}
