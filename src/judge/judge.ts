// This room judges a step: check, the gate and vitest hand one in, and get the same judgement of it.
import type { Step } from '../apply/walk.ts';
import { compareSide } from '../compare/compare.ts';
import { findSwitchedOff } from '../compare/without-effect.ts';
import type { Claim } from '../explain/claims.ts';
import type { CountersToldOnce } from '../explain/counters.ts';
import { keyOf } from '../explain/difference-key.ts';
import { type ExplainOptions, type Explanation, explain } from '../explain/explain.ts';
import { inTermsOf } from '../explain/keys-off.ts';
import { needsNewerSqlite } from '../explain/rules/needs-newer-sqlite/rule.ts';
import { pragmaWithoutEffect } from '../explain/rules/pragma-without-effect/rule.ts';
import { nestedBegin } from '../explain/rules/refused-by-tool/nested-begin.ts';
import { refusedByTool } from '../explain/rules/refused-by-tool/rule.ts';
import { skippedAlways } from '../explain/rules/skipped-migration/rule.ts';
import { hasRows } from '../fault/ask.ts';
import { findFaults } from '../fault/find.ts';
import { runLimit } from '../isolate/budget.ts';
import { type Isolation, isolateHazards, type Means } from '../isolate/isolate.ts';
import { dropRuledOut } from '../isolate/ruled-out.ts';
import { locate } from '../locate/locate.ts';
import type { Side } from '../model/dataset.ts';
import type { Finding } from '../model/finding.ts';
import type { HazardLabel } from '../model/hazard.ts';
import type { Migration } from '../model/history.ts';
import type { Note } from '../model/note.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Settings } from '../model/settings.ts';
import type { Runner } from '../model/tool.ts';
import type { WeighedWarning } from '../model/weighed.ts';
import { tellAssumed } from './assumed.ts';
import { compareBehind, withoutRepeats } from './behind.ts';
import { compareSides, interruptSides, outcomesOf } from './sides.ts';
import { compareStrays } from './strays.ts';
import { findUnheard } from './unheard.ts';
import { type Ask, weigh } from './weigh.ts';

/** Whether production is known to have no such rows when a migration runs. */
export type Evidence = (hazard: HazardLabel, migration: Migration) => boolean;

/** The conditions under which a step is judged. */
export interface JudgementTerms extends ExplainOptions {
  readonly runner: Runner;
  readonly settings: Settings;
  /** The settings from the user; the tool decides the others. */
  readonly asked: Partial<Pick<Settings, 'foreignKeys'>>;
  /** The version of production's SQLite, or null if not given. */
  readonly sqlite: string | null;
  /** Whether the migration is also stopped after each committing statement and run again. */
  readonly interrupt: boolean;
  /** Removes counters that were reported before. */
  readonly counters: CountersToldOnce;
  /** The hazards that production does not have; null if unknown. */
  readonly evidence: Evidence | null;
  /** Searches production itself for the rows of hazards, if a step has run on them; otherwise null. */
  readonly ask: Ask | null;
}

/** The findings of a step. */
export interface Judgement extends Explanation {
  /** The outcome on each side, the baseline's first. */
  readonly outcomes: ReadonlyMap<Side, Outcome>;
  readonly notes: readonly Note[];
  /** The warnings that production itself was asked about; none where there is nothing to ask. */
  readonly weighed: readonly WeighedWarning[];
  /** The number of warnings that the evidence rules out. */
  readonly ruledOut: number;
  /** The number of times that the migration was stopped and run again, on all sides together. */
  readonly stops: number;
}

/**
 * Judges a step: compares its sides, finds the hazards and the statements that cause differences, interrupts it on
 * request, and explains the result.
 * @throws HarnessError as the runs of a step do
 */
export function judgeStep(step: Step, terms: JudgementTerms): Judgement {
  const { migration } = step;
  const { settings, evidence, ask } = terms;
  const means: Means = {
    compare: (planned, side, outcome, baseline, plain) => [
      ...compareSide(planned, side, outcome, baseline).differences,
      ...findSwitchedOff(planned, plain, outcome),
    ],
    keyOf,
    locate: (differences, each, before) => {
      const located = locate(differences, each, before, settings);
      return findFaults(located, each, before, settings);
    },
    hasRows: (query, snapshot) => hasRows(query, snapshot, settings),
  };
  const isolations = isolateHazards(step, means).map((isolation) => ({
    ...isolation,
    ...dropRuledOut(isolation.comparisons, (hazard) => evidence?.(hazard, migration) === true),
  }));
  const interrupted = terms.interrupt ? interruptSides(step, settings) : { comparisons: [], stops: 0 };
  const hazardous = [
    ...isolations.flatMap((isolation) => isolation.comparisons),
    ...compareStrays(step, settings, (hazard) => evidence?.(hazard, migration) === true),
  ];
  const sides = compareSides(step, settings);
  const comparisons = terms.counters(migration, [
    ...sides,
    ...compareBehind(step, sides, settings),
    ...interrupted.comparisons,
    ...(ask === null ? hazardous : []),
  ]);
  const explained = explain(comparisons, terms, terms.runner);
  const explanation = { ...explained, findings: withoutRepeats(explained.findings) };
  const outcomes = outcomesOf(step, isolations);
  const weighed = ask === null ? null : weigh(step, { ...terms, ask }, hazardous, explanation.findings);
  return {
    ...explanation,
    findings: [
      ...findInText(migration, terms, explanation.findings),
      ...tellAssumed(step, terms, explanation.findings),
      ...findUnheard(step, terms, explanation.findings),
      ...(weighed?.findings ?? []),
    ],
    outcomes,
    notes: [...notesOn(step, explanation, isolations), ...(weighed?.notes ?? [])],
    weighed: weighed?.warnings ?? [],
    ruledOut: isolations.reduce((sum, { leftOut }) => sum + leftOut, 0),
    stops: interrupted.stops,
  };
}

/** The judgement of a step that is only to make the rows grow: its outcomes, and no finding. */
export function passStep(step: Step): Judgement {
  const nothing = { findings: [], accepted: [], claims: new Set<Claim>() };
  const notes = notesOn(step, nothing, []);
  return { ...nothing, outcomes: outcomesOf(step, []), notes, weighed: [], ruledOut: 0, stops: 0 };
}

/**
 * The findings that the text of a migration shows without a run. @param found the findings of the run, which decide the
 * severity of some.
 */
function findInText(migration: Migration, terms: JudgementTerms, found: readonly Finding[]): Finding[] {
  const { runner, settings, sqlite } = terms;
  const { refusals = [], skippedAfter } = migration;
  return [
    ...refusals.map((refusal) => refusedByTool(runner, migration, refusal)),
    ...nestedBegin(runner, migration, settings),
    ...(skippedAfter === undefined ? [] : [skippedAlways(migration, skippedAfter, runner)]),
    ...(sqlite === null ? [] : needsNewerSqlite(migration, sqlite)),
    ...pragmaWithoutEffect(migration, settings, found),
  ].map((finding) => ({ ...finding, instead: inTermsOf(runner, finding.instead) }));
}

function notesOn(
  { migration: { name, file }, baseline, restarted, trials }: Step,
  { accepted }: Explanation,
  isolations: readonly Isolation[],
): Note[] {
  const notes: Note[] = [];
  if (baseline.status === 'skipped') notes.push({ code: 'skipped', facts: { migration: name, file } });
  if (baseline.status === 'blocked') {
    const { message } = baseline.failure;
    notes.push({ code: 'blocked', facts: { migration: name, file, message } });
  }
  for (const { finding, reason } of accepted)
    notes.push({ code: 'accepted', facts: { migration: name, message: finding.message, reason } });
  for (const { dataset } of isolations.filter(({ exhausted }) => exhausted))
    notes.push({ code: 'tries-used-up', dataset, facts: { migration: name, tries: runLimit } });
  for (const [dataset, { hazards }] of trials ?? []) {
    const tables = [...hazards.untried.keys()];
    const rows = [...hazards.untried.values()].reduce((sum, each) => sum + each, 0);
    if (rows > 0) notes.push({ code: 'rows-untried', dataset, facts: { migration: name, tables, rows } });
  }
  if (restarted.length > 0) notes.push({ code: 'restarted', facts: { migration: name, datasets: restarted } });
  return notes;
}
