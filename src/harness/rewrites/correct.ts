import type { Step } from '../../apply/walk.ts';
import { type Judgement, type JudgementTerms, judgeStep } from '../../judge/judge.ts';
import type { DatasetName } from '../../model/dataset.ts';
import type { Finding } from '../../model/finding.ts';
import type { Migration } from '../../model/history.ts';
import type { Rewrite } from '../../model/rewrite.ts';
import { placeStatements } from '../../rewrite/migration-text.ts';
import type { RewriteContext } from '../../rewrite/recipe.ts';
import { recipes } from '../../rewrite/recipes.ts';
import {
  type CorrectedText,
  correctable,
  findRewrite,
  identity,
  isProgress,
  type JudgedText,
} from '../../rewrite/search.ts';
import type { ProjectSources } from '../project.ts';
import { isAcceptable, type RewriteRun, schemaDifferences } from './accept.ts';
import { type Original, readOriginal } from './originals.ts';

/** The number of texts of a migration that are judged at most; each costs one step. */
const rewriteTries = 24;

/** The number of statements in all those texts together, so that a long migration does not take longer than the check itself. */
const statementLimit = 600;

/** Some corrected forms take several recipes, one after the other. */
const fewestTries = 6;

function triesFor({ statements }: Migration): number {
  return Math.min(rewriteTries, Math.max(fewestTries, Math.floor(statementLimit / Math.max(1, statements.length))));
}

/** A text of the migration with its run. */
interface Tried extends JudgedText, RewriteRun {}

/** A corrected text with what it removes. */
export interface Corrected {
  readonly rewrite: Rewrite;
  readonly removes: (finding: Finding) => boolean;
}

/**
 * Looks for a corrected text of a step's migration, by the same judgement as the original. It costs nothing where there is
 * nothing to correct.
 * @returns the judgement, its findings that a corrected text removes with that text.
 */
export function withRewrite(
  step: Step,
  judgement: Judgement,
  terms: JudgementTerms,
  sources: ProjectSources,
): Judgement {
  return attached(judgement, step, () => correct({ step, findings: judgement.findings }, terms, sources));
}

/** A judgement with the corrected text that `find` finds for its migration; it is not called where nothing is to be corrected. */
export function attached(judgement: Judgement, { migration }: Step, find: () => Corrected | null): Judgement {
  const open = correctable(judgement.findings).filter((finding) => finding.migration === migration.name);
  const found = open.length === 0 ? null : find();
  if (found === null) return judgement;
  const { rewrite, removes } = found;
  return {
    ...judgement,
    findings: judgement.findings.map((each) => (open.includes(each) && removes(each) ? { ...each, rewrite } : each)),
  };
}

/**
 * Looks for a text that has none of the findings of a run.
 * @returns null where no recipe leads to one, or where no other text can be run.
 */
export function correct(run: RewriteRun, terms: JudgementTerms, sources: ProjectSources): Corrected | null {
  const { step } = run;
  const { again } = step;
  const original = again === undefined ? null : readOriginal(step, sources);
  if (again === undefined || original === null) return null;
  const judge = (each: Step): readonly Finding[] => judgeStep(each, termsOfTexts(terms)).findings;
  const start = toTried(original.text, run, run, original, terms);
  const tried = new Map<JudgedText, Tried>([[start, start]]);
  const later = sources.history.migrations.slice(step.migration.position);
  const accepts = (result: Tried, declared: readonly string[]): boolean =>
    isAcceptable(result, start, { declared, later, settings: terms.settings });
  const found = findRewrite(start, {
    recipes,
    tries: triesFor(step.migration),
    judge: (text, before, finding) => {
      const read = original.read(text);
      if (read === null) return null;
      // Most texts fail on the very rows that they are for.
      const guilty = again(read, { only: guiltySide(finding) });
      if (!isProgress(before, judge(guilty), finding)) return null;
      const next = again(read, { known: guilty });
      const result = toTried(text, { step: next, findings: judge(next) }, run, original, terms);
      tried.set(result, result);
      return result;
    },
    accepts: ({ judged, declared }) => {
      const result = tried.get(judged);
      return result !== undefined && accepts(result, declared);
    },
  });
  const result = found === null ? undefined : tried.get(found.judged);
  if (found === null || result === undefined) return null;
  const left = new Set(correctable(result.findings).map(identity));
  const choices = found.choices.flatMap(({ says, instead, sql }) => {
    const parts = result.text.split(instead);
    const text = parts.join(sql);
    const read = parts.length === 2 ? original.read(text) : null;
    if (read === null) return [];
    const next = again(read);
    const other = toTried(text, { step: next, findings: judge(next) }, run, original, terms);
    // It may leave what the first form leaves, and nothing else.
    const isAsGood = correctable(other.findings).every((each) => left.has(identity(each)));
    return isAsGood && accepts(other, [...found.declared, says]) ? [{ says, sql, text }] : [];
  });
  const rewrite = { ...toRewrite(original, result, start, found), choices };
  return { rewrite, removes: (finding) => !left.has(identity(finding)) };
}

/**
 * The terms for texts of a migration, which nobody reads the findings of: each tells its counters anew, and no error needs the
 * word that it hinges on assumed foreign keys, which costs one more run on every side.
 */
export function termsOfTexts(terms: JudgementTerms): JudgementTerms {
  const asked = { foreignKeys: terms.settings.foreignKeys };
  return { ...terms, asked, counters: (_migration, comparisons) => [...comparisons] };
}

/** The dataset on which a finding costs least to look for; null for the empty database. */
function guiltySide({ datasets, hazards }: Finding): DatasetName | null {
  if (hazards.length > 0) return 'awkward';
  const order: readonly DatasetName[] = ['one-row', 'fixture', 'awkward', 'typical', 'profile', 'copy'];
  return order.find((name) => datasets.includes(name)) ?? null;
}

function toTried(
  text: string,
  run: RewriteRun,
  original: RewriteRun,
  { migration: first }: Original,
  terms: JudgementTerms,
): Tried {
  const { step, findings } = run;
  // A program has other statements on a side than those of its text.
  const migration = step === original.step ? first : step.migration;
  const file = placeStatements(text, migration);
  const { baseline } = original.step;
  const before = 'before' in baseline ? baseline.before.schema : null;
  const after = baseline.status === 'applied' ? baseline.after.schema : null;
  return {
    ...{ text, step, findings },
    contextOf: (finding): RewriteContext | null =>
      file === null || before === null
        ? null
        : { finding, migration, file, before, after, settings: terms.settings, runner: terms.runner },
  };
}

function toRewrite(
  { of, text: original }: Original,
  { text, step }: Tried,
  start: Tried,
  { declared }: CorrectedText,
): Omit<Rewrite, 'choices'> {
  const differing = schemaDifferences(step, start.step);
  return {
    ...{ of, original, text },
    verifiedOn: ['empty', ...step.candidates.keys()],
    differs: [
      ...declared,
      ...(differing.length === 0
        ? []
        : [`Not the same as after the original: ${differing.map(({ type, name }) => `${type} ${name}`).join(', ')}.`]),
    ],
  };
}
