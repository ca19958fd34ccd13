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
 * Gives `share` of all rows some letters, and cuts a strand in two where that is needed. Strands that have other letters
 * already come last.
 */
export function carve(strands: readonly Strand[], letters: Letters, share: number): Strand[] {
  const special = ({ nonAscii, outerSpace }: Strand): number => Number(nonAscii) + Number(outerSpace);
  // Other kinds cannot have them, or always do.
  const rank = ({ kind }: Strand): number => textKinds[kind].letters[letters] ?? -1;
  const order = strands.toSorted((a, b) => special(a) - special(b) || rank(a) - rank(b) || b.share - a.share);
  let missing = share;
  return order.flatMap((each) => {
    const taken = rank(each) >= 0 ? Math.min(missing, each.share) : 0;
    if (taken <= 0) return [each];
    missing -= taken;
    const given = { ...each, share: taken, [letters]: true };
    const left = each.share - taken;
    return left > 1e-9 ? [given, { ...each, share: left }] : [given];
  });
}
