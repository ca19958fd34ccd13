import type { TextFormat } from '../../model/column-profile.ts';

/** What the texts of a part are: a format of a profile, or one of the things that have none. */
export type TextKind =
  | Exclude<TextFormat, 'boolean'>
  | 'flag'
  | 'leading-zeros'
  | 'decimal'
  | 'quoted'
  | 'malformed'
  | 'free';

/** Texts of one kind that are alike in their letters. */
export interface Strand {
  readonly kind: TextKind;
  share: number;
  readonly upperCase: boolean;
  readonly nonAscii: boolean;
  readonly outerSpace: boolean;
}

/** A property of texts that parts of several kinds may have. */
export type Letters = 'upperCase' | 'nonAscii' | 'outerSpace';

/** Which kinds are given it first. Other kinds cannot have it, or always do. */
const willing: Readonly<Record<Letters, readonly TextKind[]>> = {
  upperCase: ['free', 'email', 'url', 'json', 'malformed', 'uuid', 'hex', 'quoted'],
  nonAscii: ['free', 'json', 'malformed', 'email', 'url', 'quoted'],
  outerSpace: ['free', 'json', 'malformed', 'quoted'],
};

/** A strand without anything special about its letters. */
export function strand(kind: TextKind, share: number): Strand {
  return { kind, share, upperCase: false, nonAscii: false, outerSpace: false };
}

/**
 * Gives `share` of all rows a property, cutting strands in two where that is needed. Strands that have another property
 * already come last.
 */
export function carve(strands: readonly Strand[], letters: Letters, share: number): Strand[] {
  let missing = share;
  const special = ({ nonAscii, outerSpace }: Strand): number => Number(nonAscii) + Number(outerSpace);
  const order = strands.toSorted(
    (a, b) =>
      special(a) - special(b) ||
      willing[letters].indexOf(a.kind) - willing[letters].indexOf(b.kind) ||
      b.share - a.share,
  );
  return order.flatMap((each) => {
    const taken = willing[letters].includes(each.kind) ? Math.min(missing, each.share) : 0;
    if (taken <= 0) return [each];
    missing -= taken;
    const given = { ...each, share: taken, [letters]: true };
    const left = each.share - taken;
    return left > 1e-9 ? [given, { ...each, share: left }] : [given];
  });
}
