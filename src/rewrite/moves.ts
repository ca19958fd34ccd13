import type { Finding } from '../model/finding.ts';
import type { Recipe } from './recipe.ts';

/** A recipe for a finding. */
export interface Move {
  readonly recipe: Recipe;
  readonly finding: Finding;
}

/** The moves from one text of a search on. */
export interface Moves {
  /** Whether a move may lead to another end than those that were tried. */
  readonly isOpen: (move: Move) => boolean;
  /** Notes that a move left its finding where it was. */
  readonly failed: (move: Move) => void;
  /** The moves from the text that a move leads to, which has these findings. */
  readonly after: (move: Move, findings: readonly Finding[]) => Moves;
}

/** The moves that were made from one text on, and the findings of all texts that they led to. */
interface Branch {
  readonly made: Set<string>;
  readonly met: Set<string>;
}

/**
 * Starts at the original text. To judge a text takes a whole step, and corrections of different findings rarely depend on each other,
 * so two kinds of moves are left out. A move that failed fails again after moves for other tables. A move that an earlier branch made
 * as well leads to no other end by coming first, unless that branch met a finding that was not there before.
 * @param identity that of a finding, whatever the text.
 */
export function startMoves(
  recipes: readonly Recipe[],
  findings: readonly Finding[],
  identity: (finding: Finding) => string,
): Moves {
  const keyOf = ({ recipe, finding }: Move): string =>
    JSON.stringify([recipes.indexOf(recipe), identity(finding), finding.sql]);
  const movesFrom = (
    had: readonly Finding[],
    hopeless: ReadonlyMap<string, string | null>,
    path: readonly Branch[],
  ): Moves => {
    const known = new Set(had.map(identity));
    const failures = new Map(hopeless);
    const branches: Branch[] = [];
    const isDone = (key: string, { made, met }: Branch): boolean =>
      made.has(key) && [...met].every((each) => known.has(each));
    return {
      isOpen: (move) => {
        const key = keyOf(move);
        return !failures.has(key) && !branches.some((branch) => isDone(key, branch));
      },
      failed: (move) => void failures.set(keyOf(move), move.finding.table),
      after: (move, left) => {
        const branch: Branch = { made: new Set(), met: new Set() };
        branches.push(branch);
        const whole = [...path, branch];
        for (const { made, met } of whole) {
          made.add(keyOf(move));
          for (const finding of left) met.add(identity(finding));
        }
        return movesFrom(left, new Map([...failures].filter(([, table]) => table !== move.finding.table)), whole);
      },
    };
  };
  return movesFrom(findings, new Map(), []);
}
