import type { Finding } from '../model/finding.ts';
import { type Moves, startMoves } from './moves.ts';
import type { Recipe, RecipeChoice, RewriteContext } from './recipe.ts';

/** A text of the migration, judged. */
export interface JudgedText {
  readonly text: string;
  readonly findings: readonly Finding[];
  /** The recipes' surroundings for one of these findings. */
  readonly contextOf: (finding: Finding) => RewriteContext | null;
}

/** A corrected text, and the sentences that its recipes declare. */
export interface CorrectedText {
  readonly judged: JudgedText;
  readonly declared: readonly string[];
  /** The other statements that its recipes offer. */
  readonly choices: readonly RecipeChoice[];
}

/** The inputs of the search. */
export interface Search {
  readonly recipes: readonly Recipe[];
  /**
   * Judges a text that was written for a finding, on all sides; null for one that cannot be read, or that has the finding
   * still.
   */
  readonly judge: (text: string, before: readonly Finding[], finding: Finding) => JudgedText | null;
  /** Whether a text without errors and new warnings may be offered. */
  readonly accepts: (found: CorrectedText) => boolean;
  /** How many texts it judges at most. */
  readonly tries: number;
}

/** How many recipes may follow each other. */
const depthLimit = 8;

/**
 * Looks for a text without errors and new warnings: it applies a recipe for a finding, judges the result, and goes on
 * with its findings as long as they become other ones. @param original the original migration.
 * @returns the first text that removes all findings, else the one with the fewest warnings left; null without any.
 */
export function findRewrite(original: JudgedText, search: Search): CorrectedText | null {
  const known = new Set(original.findings.filter(({ severity }) => severity !== 'error').map(identity));
  const seen = new Set([original.text]);
  let left = search.tries;
  let best: CorrectedText | null = null;

  const visit = ({ judged, declared, choices }: CorrectedText, moves: Moves, depth: number): CorrectedText | null => {
    for (const finding of correctable(judged.findings)) {
      const context = judged.contextOf(finding);
      if (context === null) continue;
      for (const recipe of search.recipes) {
        if (!recipe.causes.includes(finding.cause) && !recipe.causes.includes(finding.code)) continue;
        const move = { recipe, finding };
        const text = moves.isOpen(move) ? recipe.write(context) : null;
        if (text === null || seen.has(text)) continue;
        if (left === 0) return null;
        left -= 1;
        seen.add(text);
        const next = search.judge(text, judged.findings, finding);
        if (next === null || !isProgress(judged.findings, next.findings, finding)) {
          moves.failed(move);
          continue;
        }
        const sentence = recipe.declares?.(context);
        const found: CorrectedText = {
          judged: next,
          declared: sentence === undefined ? declared : [...new Set([...declared, sentence])],
          choices: [...choices, ...(recipe.choices?.(context) ?? [])],
        };
        const open = correctable(next.findings);
        const isUsable = open.every((each) => each.severity !== 'error' && known.has(identity(each)));
        if (isUsable && search.accepts(found)) {
          if (open.length === 0) return found;
          if (best === null || open.length < correctable(best.judged.findings).length) best = found;
        }
        const onward = moves.after(move, open);
        const further = open.length > 0 && depth < depthLimit ? visit(found, onward, depth + 1) : null;
        if (further !== null) return further;
      }
    }
    return null;
  };
  const start = startMoves(search.recipes, correctable(original.findings), identity);
  return visit({ judged: original, declared: [], choices: [] }, start, 1) ?? best;
}

/** The findings that a rewrite has to remove. A counter is told of in a note, and yet is easily carried on. */
export function correctable(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ code, severity }) => severity !== 'note' || code === 'autoincrement-reset');
}

/** The identity of a finding whatever the text: statements move. */
export function identity({ code, cause, table }: Finding): string {
  return JSON.stringify([code, cause, table]);
}

/** Whether the finding that a recipe was for is gone, or happens further down. */
export function isProgress(
  before: readonly Finding[],
  after: readonly Finding[],
  { code, cause, table, statement, statements, message }: Finding,
): boolean {
  const same = after.filter((each) => each.code === code && each.cause === cause && each.table === table);
  const had = before.filter((each) => each.code === code && each.cause === cause && each.table === table);
  if (same.length < had.length) return true;
  const isMoved = same.every((each) => each.message !== message || fromEnd(each) < fromEnd({ statement, statements }));
  return isMoved || correctable(after).length < correctable(before).length;
}

function fromEnd({ statement, statements }: Pick<Finding, 'statement' | 'statements'>): number {
  return statements - (statement ?? 0);
}
