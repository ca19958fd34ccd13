import { endsAlike, goesOn } from '../apply/ends.ts';
import type { Step } from '../apply/walk.ts';
import { diffSchemas } from '../compare/schema-diff.ts';
import { HarnessError } from '../errors.ts';
import { type Judgement, judgeStep, type Terms } from '../judge/judge.ts';
import { readSqlText } from '../load/text.ts';
import type { ObjectDifference } from '../model/comparison.ts';
import type { Finding } from '../model/finding.ts';
import type { History, Migration } from '../model/history.ts';
import type { Rewrite } from '../model/rewrite.ts';
import { placeStatements } from '../rewrite/migration-text.ts';
import type { RewriteContext } from '../rewrite/recipe.ts';
import { recipes } from '../rewrite/recipes.ts';
import { correctable, type Found, findRewrite, identity, type Judged } from '../rewrite/search.ts';
import { foldName, unquote } from '../sql/quote.ts';
import { significantTokens } from '../sql/tokens.ts';
import { readAnew } from '../tools/history.ts';
import type { Sources } from './project.ts';

/** How many texts of a migration are judged at most; each costs one step. */
const rewriteTries = 24;

/** How many statements all those texts have together, so that a long migration does not take longer than the check itself. */
const statementLimit = 600;

/** Some corrected forms take several recipes, one after the other. */
const fewestTries = 6;

function triesFor({ statements }: Migration): number {
  return Math.min(rewriteTries, Math.max(fewestTries, Math.floor(statementLimit / Math.max(1, statements.length))));
}

/** A text of the migration with its run. */
interface Tried extends Judged {
  readonly step: Step;
  readonly notes: readonly Finding[];
}

/**
 * Looks for a corrected text of a step's migration, by the same judgement as the original. It costs nothing where there is
 * nothing to correct.
 * @returns the judgement, its findings that a corrected text removes with that text.
 */
export function withRewrite(step: Step, judgement: Judgement, terms: Terms, sources: Sources): Judgement {
  const { history, config } = sources;
  const { migration, again } = step;
  const open = correctable(judgement.findings).filter((finding) => finding.migration === migration.name);
  // A text that another process runs, or that a program writes, cannot be run again in its place.
  if (open.length === 0 || again === undefined || migration.program !== undefined || config.migrator !== null)
    return judgement;
  const original = readOriginal(migration);
  if (original === null) return judgement;

  const start: Tried = toTried(original, step, judgement.findings, step, terms);
  const tried = new Map<Judged, Tried>([[start, start]]);
  const found = findRewrite(start, {
    recipes,
    tries: triesFor(migration),
    judge: (text) => {
      const read = readText(text, migration, history, sources);
      if (read === null) return null;
      const next = again(read);
      const { findings } = judgeStep(next, { ...terms, counters: (_migration, comparisons) => [...comparisons] });
      const result = toTried(text, next, findings, step, terms);
      tried.set(result, result);
      return result;
    },
    accepts: (each) => {
      const result = tried.get(each.judged);
      return result !== undefined && isVerified(result, each, start, history, terms);
    },
  });
  const result = found === null ? undefined : tried.get(found.judged);
  if (found === null || result === undefined) return judgement;
  const left = new Set(correctable(result.findings).map(identity));
  const rewrite = toRewrite(original, { ...result, start }, found);
  return {
    ...judgement,
    findings: judgement.findings.map((finding) =>
      open.includes(finding) && !left.has(identity(finding)) ? { ...finding, rewrite } : finding,
    ),
  };
}

function readOriginal({ file }: Migration): string | null {
  try {
    return readSqlText(file);
  } catch (error) {
    if (error instanceof HarnessError) return null;
    throw error;
  }
}

/** The migration that its tool reads from a text; null where it refuses to. */
function readText(text: string, original: Migration, history: History, { config }: Sources): Migration | null {
  try {
    const read = readAnew(history, original, text, config.runner);
    // The config's directives have no line.
    const given = original.directives.filter(({ line }) => line === null);
    return read === null ? null : { ...read, directives: [...read.directives, ...given] };
  } catch (error) {
    if (error instanceof HarnessError) return null;
    throw error;
  }
}

function toTried(text: string, step: Step, findings: readonly Finding[], original: Step, terms: Terms): Tried {
  const { migration } = step;
  const file = placeStatements(text, migration);
  const { baseline } = original;
  const before = 'before' in baseline ? baseline.before.schema : null;
  const after = baseline.status === 'applied' ? baseline.after.schema : null;
  return {
    ...{ text, step, findings },
    notes: findings.filter(({ severity }) => severity === 'note'),
    contextOf: (finding): RewriteContext | null =>
      file === null || before === null
        ? null
        : { finding, migration, file, before, after, settings: terms.settings, runner: terms.runner },
  };
}

/**
 * Whether a text without errors may be offered: it applied everywhere; what differs from the original is declared; no rows
 * go that the original leaves; where the original had no finding, the rows are the same; and the migrations after it apply.
 */
function isVerified(
  { step, notes }: Tried,
  { declared }: Found,
  start: Tried,
  history: History,
  terms: Terms,
): boolean {
  const { settings } = terms;
  const sides = [step.baseline, ...step.candidates.values()];
  if (sides.some(({ status }) => status !== 'applied')) return false;
  const known = new Set(start.notes.map(identity));
  const isUnknown = notes.some((note) => note.code === 'rows-lost' && !known.has(identity(note)));
  const differing = schemaDifferences(step, start.step);
  if (declared.length === 0 && (isUnknown || differing.length > 0)) return false;
  const faults = correctable(start.findings);
  const troubled = new Set(faults.flatMap(({ datasets, hazards }) => (hazards.length > 0 ? [] : datasets)));
  const tables = new Set([...differing.map(({ name }) => name), ...keptBySqlite(step), 'sqlite_sequence']);
  if (!endsAlike(start.step, step, { troubled, tables, settings })) return false;
  return differing.length === 0 || goesOn(step, history.migrations.slice(step.migration.position), settings);
}

/** The tables of full-text and other indexes, whose rows say the same in many ways. */
function keptBySqlite({ baseline }: Step): string[] {
  if (baseline.status !== 'applied') return [];
  return baseline.after.schema.tables.filter(({ kind }) => kind === 'shadow').map(({ name }) => name);
}

function toRewrite(
  original: string,
  { text, step, start }: Tried & { readonly start: Tried },
  { declared }: Found,
): Rewrite {
  const differing = schemaDifferences(step, start.step);
  return {
    ...{ original, text },
    verifiedOn: ['empty', ...step.candidates.keys()],
    differs: [
      ...declared,
      ...(differing.length === 0
        ? []
        : [`Not the same as after the original: ${differing.map(({ type, name }) => `${type} ${name}`).join(', ')}.`]),
    ],
  };
}

/** The objects that differ in more than quotes, which RENAME writes, on the empty database. */
function schemaDifferences({ baseline: now }: Step, { baseline: was }: Step): ObjectDifference[] {
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
