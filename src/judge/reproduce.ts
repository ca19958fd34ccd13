import { applyStep } from '../apply/apply.ts';
import type { Step } from '../apply/walk.ts';
import { asRun, compareSide } from '../compare/compare.ts';
import { execute } from '../database/execute.ts';
import { type Snapshot, snapshotMemory } from '../database/snapshot.ts';
import { explain } from '../explain/explain.ts';
import { locateBroken } from '../locate/broken.ts';
import { locate } from '../locate/locate.ts';
import type { Side } from '../model/dataset.ts';
import type { Finding, FindingCode } from '../model/finding.ts';
import type { Hazard, HazardLabel } from '../model/hazard.ts';
import type { Migration } from '../model/history.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Reproduction } from '../model/reproduction.ts';
import type { Settings } from '../model/settings.ts';
import { type Databases, reproduce, type Source } from '../reproduce/reproduce.ts';
import { asStep } from '../watch/activity.ts';
import type { JudgementTerms } from './judge.ts';

/**
 * Finds the smallest script for a finding of a step: the step runs again on fewer and fewer rows, and what it shows is
 * judged as the step itself was.
 * @returns null where no script shows it.
 */
export function reproduceFinding(finding: Finding, step: Step, terms: JudgementTerms): Reproduction | null {
  const { settings, includeValues } = terms;
  const wanted = identity(finding);
  const baselines: Baselines = { last: null };
  const isStray = finding.cause === 'orphans-under-declared-key';
  // Findings that the first case shows beside it may stay; a smaller case that shows any other is a different case.
  let known: ReadonlySet<string> | null = null;
  const shows = (migration: Migration, databases: Databases): boolean => {
    if (!mayShow(finding, migration, databases, settings)) return false;
    const found = findingsOn(migration, databases, { ...terms, isStray }, baselines).map(identity);
    if (!found.includes(wanted)) return false;
    known ??= new Set(found);
    return found.every((each) => known?.has(each));
  };
  return asStep(`Looking for the smallest case of ${finding.migration}`, () =>
    reproduce(finding, sourcesOf(finding, step), { settings, includeValues, shows }),
  );
}

/** The facts that stay the same while a case shrinks: the code, the table and the cause; of a failure also SQLite's words. */
function identity({ code, table, cause, message }: Finding): string {
  const words = code === 'fails-on-rows' || code === 'fails-on-empty' || code === 'not-atomic' ? message : null;
  return JSON.stringify([code, table, cause, words]);
}

/** The codes of findings that a failure shows, with SQLite's words for it. */
const failures: ReadonlySet<FindingCode> = new Set(['fails-on-rows', 'not-atomic']);

/** The codes of what a migration does to rows, which one that fails undoes or never comes to. */
const effects: ReadonlySet<FindingCode> = new Set([
  ...(['rows-lost', 'rows-duplicated', 'rows-added', 'values-changed', 'values-dropped'] as const),
  ...(['orphans-created', 'without-effect', 'autoincrement-reset'] as const),
]);

/**
 * Whether a finding may be there, which most cases of a search are without: a failure only in SQLite's words, an effect only where the
 * migration goes through. Running the statements alone takes a tenth of what observing both sides takes.
 */
function mayShow(finding: Finding, migration: Migration, { candidate }: Databases, settings: Settings): boolean {
  const { code, message } = finding;
  if (!failures.has(code) && !effects.has(code)) return true;
  const db = candidate();
  if (db === null) return false;
  try {
    const failure = execute(db, migration, settings);
    if (effects.has(code)) return failure === null;
    // Words that may hold a value are not shown as SQLite said them.
    return failure !== null && (failure.message === message || !failure.harmless);
  } finally {
    db.close();
  }
}

/** The databases that may show a finding: those with the hazards that it needs, else those of its datasets. */
function sourcesOf(finding: Finding, step: Step): Source[] {
  const { migration, baseline, candidates, snapshots, trials, strays } = step;
  const source = (side: Side, snapshot: Snapshot | undefined, outcome: Outcome | undefined): Source[] =>
    snapshot === undefined || outcome === undefined
      ? []
      : [{ side, snapshot, empty: snapshots.get('empty') ?? null, migration: asRun(migration, outcome) }];
  const sides = [...new Set([finding.measuredOn, ...finding.datasets])];
  const plain = sides.flatMap((side) =>
    source(side, snapshots.get(side), side === 'empty' ? baseline : candidates.get(side)),
  );
  // Some findings are what happens where nobody heeds the directive of the file.
  if (finding.hazards.length === 0) return [...plain, ...plain.flatMap(withoutSwitch)];
  const labels = finding.hazards.map((hazard) => [hazard, ...(hazard.and ?? [])]);
  const awkward = [...(trials ?? [])].flatMap(([side, { hazards, run, together }]) => [
    ...labels.flatMap((some) => {
      const rows = some.flatMap((label) => hazards.all.filter((each) => isOf(each, label)).slice(0, 1));
      if (rows.length < some.length) return [];
      const { snapshot, outcome } = run(rows.flatMap((hazard) => hazard.rows));
      return source(side, snapshot, outcome);
    }),
    ...source(side, together.snapshot, together.outcome),
  ]);
  const orphaned = [...(strays ?? [])].flatMap(([side, runs]) =>
    runs.flatMap(({ snapshot, outcome }) => source(side, snapshot, outcome)),
  );
  return finding.cause === 'orphans-under-declared-key' ? orphaned : [...awkward, ...orphaned, ...plain];
}

function withoutSwitch(source: Source): Source[] {
  const { directives } = source.migration;
  const others = directives.filter(({ kind }) => kind !== 'foreign-keys-off');
  if (others.length === directives.length) return [];
  return [{ ...source, migration: { ...source.migration, directives: others } }];
}

/** Whether a hazard is the one that a label names; a duplicate is often labelled with fewer columns. */
function isOf({ kind, table, columns }: Hazard, label: HazardLabel): boolean {
  return kind === label.kind && table === label.table && label.columns.every((column) => columns.includes(column));
}

/** A run of a step on one side. */
interface Ran {
  readonly outcome: Outcome;
  readonly snapshot: Snapshot;
}

/** The last run without rows: most cases differ in their rows alone. */
interface Baselines {
  last: { readonly key: string; readonly ran: Ran } | null;
}

function findingsOn(
  migration: Migration,
  databases: Databases,
  terms: JudgementTerms & { readonly isStray: boolean },
  baselines: Baselines,
): readonly Finding[] {
  const { settings, runner } = terms;
  const { key, areAlike } = databases;
  const known = baselines.last?.key === key ? baselines.last.ran : runOn(migration, databases.baseline, terms);
  if (known === null) return [];
  baselines.last = { key, ran: known };
  const baseline = known.outcome;
  const candidate =
    baseline.status === 'failed' ? null : areAlike ? known : runOn(migration, databases.candidate, terms);
  const sides: [Side, Ran][] = [
    ...(candidate === null ? [] : [['fixture', candidate] satisfies [Side, Ran]]),
    ['empty', known],
  ];
  const comparisons = sides.map(([side, { outcome, snapshot }]) => {
    const comparison = compareSide(migration, side, outcome, baseline);
    const located = locate(comparison.differences, migration, snapshot, settings).map((difference) => {
      return terms.isStray && difference.kind === 'failed-on-rows'
        ? { ...difference, isUnderDeclaredKey: true }
        : difference;
    });
    return { ...comparison, differences: locateBroken(located, migration, snapshot, settings) };
  });
  return explain(comparisons, terms, runner).findings;
}

function runOn(migration: Migration, open: Databases['candidate'], { settings }: JudgementTerms): Ran | null {
  const db = open();
  if (db === null) return null;
  try {
    const snapshot = snapshotMemory(db);
    const from = migration.position;
    return { snapshot, outcome: applyStep({ db, migration, from, settings, invariants: [], snapshot }) };
  } finally {
    db.close();
  }
}
