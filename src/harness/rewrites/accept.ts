import { endsAlike, goesOn } from '../../apply/ends.ts';
import type { Step } from '../../apply/walk.ts';
import { diffSchemas } from '../../compare/schema-diff.ts';
import type { ObjectDifference } from '../../model/comparison.ts';
import type { Finding } from '../../model/finding.ts';
import type { Migration } from '../../model/history.ts';
import type { Settings } from '../../model/settings.ts';
import { correctable, identity } from '../../rewrite/search.ts';
import { foldName, unquote } from '../../sql/quote.ts';
import { significantTokens } from '../../sql/tokens.ts';

/** A text of a migration with its run. */
export interface RewriteRun {
  readonly step: Step;
  readonly findings: readonly Finding[];
}

/** The terms on which a text may stand for the original. */
export interface Acceptance {
  /** The differences on purpose, a sentence each. */
  readonly declared: readonly string[];
  /** The migrations that follow. */
  readonly later: readonly Migration[];
  readonly settings: Settings;
}

/**
 * Whether a text without errors may be offered: it applied everywhere; what differs from the original is declared; no rows
 * go that the original leaves; where the original had no finding, the rows are the same; and the migrations after it apply.
 */
export function isAcceptable(
  { step, findings }: RewriteRun,
  start: RewriteRun,
  { declared, later, settings }: Acceptance,
): boolean {
  const sides = [step.baseline, ...step.candidates.values()];
  if (sides.some(({ status }) => status !== 'applied') || start.step.candidates.size > step.candidates.size)
    return false;
  const known = new Set(start.findings.filter(({ severity }) => severity === 'note').map(identity));
  const isUnknown = findings.some(
    (each) => each.severity === 'note' && each.code === 'rows-lost' && !known.has(identity(each)),
  );
  const differing = schemaDifferences(step, start.step);
  if (declared.length === 0 && (isUnknown || differing.length > 0)) return false;
  const faults = correctable(start.findings);
  const troubled = new Set(faults.flatMap(({ datasets, hazards }) => (hazards.length > 0 ? [] : datasets)));
  const tables = new Set([...differing.map(({ name }) => name), ...keptBySqlite(step), 'sqlite_sequence']);
  if (!endsAlike(start.step, step, { troubled, tables, settings })) return false;
  return differing.length === 0 || goesOn(step, later, settings);
}

/** The tables of full-text and other indexes, whose rows say the same in many ways. */
function keptBySqlite({ baseline }: Step): string[] {
  if (baseline.status !== 'applied') return [];
  return baseline.after.schema.tables.filter(({ kind }) => kind === 'shadow').map(({ name }) => name);
}

/** The objects that differ in more than quotes, which RENAME writes, on the empty database. */
export function schemaDifferences({ baseline: now }: Step, { baseline: was }: Step): ObjectDifference[] {
  if (now.status !== 'applied' || was.status !== 'applied') return [];
  return diffSchemas(was.after.schema, now.after.schema).filter(
    ({ baseline, candidate }) => unquoted(baseline) !== unquoted(candidate),
  );
}

function unquoted(sql: string | null): string {
  return JSON.stringify(
    significantTokens(sql ?? '').map(({ kind, text }) => (kind === 'string' ? text : foldName(unquote(text)))),
  );
}
