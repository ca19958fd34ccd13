import type { FillResult } from '../apply/dataset.ts';
import type { ResolvedConfig } from '../config.ts';
import { foldConsequences } from '../explain/consequences.ts';
import { withoutForcedDefaults } from '../explain/rules/constraint-dropped/forced-defaults.ts';
import { foldStrays } from '../explain/rules/fails-on-rows/strays.ts';
import { withoutRepaired } from '../explain/rules/object-broken/repaired.ts';
import { foldPragmas } from '../explain/rules/pragma-without-effect/rule.ts';
import { blameStale } from '../explain/rules/search-index-stale/blame.ts';
import { foldSites } from '../explain/sites.ts';
import { versionText } from '../identity/number.ts';
import type { Judgement } from '../judge/judge.ts';
import type { DatasetName, Side } from '../model/dataset.ts';
import type { Finding } from '../model/finding.ts';
import type { Migration } from '../model/history.ts';
import type { Note } from '../model/note.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Report, ReportStep } from '../model/report.ts';
import type { WeighedWarning } from '../model/weighed.ts';
import { type Allowance, readAllowances, watchAllowances } from './allowances.ts';
import { notesOnHistory } from './notes-on-history.ts';
import { createPicture } from './picture.ts';
import type { ProjectSources } from './project.ts';
import { makeReport } from './report.ts';
import type { DirectiveUse } from './unused.ts';

/** Collects the findings of a run, step by step, into a Report. */
export interface RunRecord {
  filled(dataset: DatasetName, position: number, filling: FillResult): void;
  step(migration: Migration, judgement: Judgement): void;
  note(note: Note): void;
  /** Findings that belong to no step. */
  found(findings: readonly Finding[]): void;
  /** @param planned the planned migrations; those without a step are `not-run`. */
  report(planned: readonly Migration[], gate?: Report['gate']): Report;
}

/** The inputs at the start of a record. */
export interface RunScope {
  readonly command: Report['command'];
  /** The places of the migrations that production has applied; their findings are left out. */
  readonly applied: ReadonlySet<number>;
  /** The database whose ledger tells which; null or left out without one. */
  readonly ledger?: string | null;
  /** The columns of the report. */
  readonly sides: readonly Side[];
  /**
   * Watches which directives have an effect. Null for the gate, which sees only pending migrations, on one set of rows,
   * and cannot show that a directive is useless.
   */
  readonly directives: DirectiveUse | null;
  /** The note on warnings that are left out, because production has no such rows. */
  readonly ruledOut: (warnings: number) => Note;
  /** Whether the report has a picture of the history. */
  readonly picture: boolean;
  /** Called after each judged migration with its findings; left out where nobody waits for them. */
  readonly judged?: OnJudged | undefined;
}

/** Called after each judged migration with its findings. */
export type OnJudged = (findings: readonly Finding[]) => void;

/** Starts the record of a run. */
export function createRecord(sources: ProjectSources, scope: RunScope): RunRecord {
  const { history, config } = sources;
  const { command, sides, directives, ruledOut, applied } = scope;
  const drawn = scope.picture ? createPicture() : null;
  const steps: ReportStep[] = [];
  const findings: Finding[] = [];
  const notes = collectNotes();
  const weighed: WeighedWarning[] = [];
  const seen = new Set<string>();
  const allowances = watchAllowances(readAllowances(config.directives));
  const sums = { ruledOut: 0, stops: 0 };
  const isApplied = ({ position }: Migration): boolean => applied.has(position);
  // A failure on the empty database hides every later migration, applied or not.
  const isTold = (finding: Finding, migration: Migration): boolean =>
    !allowances.accepts(finding) && (!isApplied(migration) || finding.code === 'fails-on-empty');
  for (const note of notesOnHistory(history)) notes.add(note);

  const closing = (planned: readonly Migration[]): Note[] => [
    ...allowances.notes(),
    ...(sums.ruledOut > 0 ? [ruledOut(sums.ruledOut)] : []),
    ...(config.interrupt ? [{ code: 'interrupted', facts: { stops: sums.stops } } as const] : []),
    ...noteApplied(planned.filter(isApplied).length, config, scope.ledger ?? null),
  ];

  return {
    note: notes.add,
    found: (added) => findings.push(...added.filter((finding) => !allowances.accepts(finding))),
    filled: (dataset, position, filling) => {
      const version = versionText(history.migrations, position);
      // Once per table: the reason seldom changes between versions.
      for (const { table, reason } of filling.unfilled.filter((each) => isNew(seen, `${dataset} ${each.table}`)))
        notes.add({ code: 'unfilled', dataset, facts: { table, version, reason } });
      for (const note of filling.notes) notes.add({ ...note, dataset });
    },
    step: (migration, judgement) => {
      directives?.step(migration, judgement);
      drawn?.step(migration, judgement.outcomes);
      const unjudged = isApplied(migration) ? { unjudged: true as const } : {};
      steps.push(...sides.map((side) => ({ ...cellOf(migration, side, judgement.outcomes), ...unjudged })));
      for (const note of judgement.notes) notes.add(note);
      weighed.push(...judgement.weighed);
      sums.ruledOut += judgement.ruledOut;
      sums.stops += judgement.stops;
      const own = judgement.findings.filter((finding) => isTold(finding, migration));
      findings.push(...own);
      scope.judged?.(own);
    },
    report: (planned, gate = null) => {
      findings.push(...withoutEffect(sources, scope, allowances.unused(), planned));
      for (const note of closing(planned)) notes.add(note);
      const reached = new Set(steps.map(({ migration }) => migration));
      for (const migration of planned.filter(({ name }) => !reached.has(name)))
        steps.push(...sides.map((side) => cellOf(migration, side, new Map())));
      const told = fold(findings, history.migrations);
      const picture = drawn?.picture(told) ?? null;
      const all = { steps, findings: told, notes: notes.all(), weighed };
      return makeReport(sources, { command, sides, ...all, gate, picture });
    },
  };
}

/** The directives and allowances without effect, but those of applied migrations. */
function withoutEffect(
  { history }: ProjectSources,
  { directives, applied }: RunScope,
  allowances: readonly Allowance[],
  planned: readonly Migration[],
): Finding[] {
  const places = new Map(history.migrations.map(({ name, position }) => [name, position]));
  const inFiles = (directives?.unused() ?? []).filter(({ migration }) => {
    const place = places.get(migration ?? '');
    return place === undefined || !applied.has(place);
  });
  // An allowance may have its effect in a migration that is not judged.
  if (planned.some(({ position }) => applied.has(position))) return inFiles;
  return [...inFiles, ...(directives?.unusedAllowances(allowances, planned) ?? [])];
}

/** The findings of a run as they are told: those of one cause once. */
function fold(findings: readonly Finding[], migrations: readonly Migration[]): Finding[] {
  const own = withoutRepaired(withoutForcedDefaults(blameStale(findings), migrations), migrations);
  const told = foldStrays(foldPragmas(own));
  return foldSites(foldConsequences(told));
}

function noteApplied(migrations: number, { since, sinceGit }: ResolvedConfig, db: string | null): Note[] {
  return migrations === 0 ? [] : [{ code: 'applied-left-out', facts: { migrations, since, sinceGit, db } }];
}

/** Adds to a set. @returns whether it was not there */
function isNew(seen: Set<string>, key: string): boolean {
  const isFirst = !seen.has(key);
  seen.add(key);
  return isFirst;
}

/** Notes in the order in which they came, each once. */
function collectNotes(): { add(note: Note): void; all(): Note[] } {
  const notes = new Map<string, Note>();
  return {
    add: (note) => void notes.set(JSON.stringify([note.code, note.dataset, note.facts]), note),
    all: () => [...notes.values()],
  };
}

/** The cell of a migration and a side. */
function cellOf({ name, position, id }: Migration, side: Side, outcomes: ReadonlyMap<Side, Outcome>): ReportStep {
  const outcome = outcomes.get(side) ?? outcomes.get('empty');
  // It has no separate outcome: only programs and blocked migrations are the same on every side.
  const isShared = outcome?.status === 'skipped' || outcome?.status === 'blocked';
  const isKnown = outcomes.has(side) || isShared;
  return {
    migration: name,
    position,
    id,
    dataset: side,
    outcome: isKnown ? (outcome?.status ?? 'not-run') : 'not-run',
  };
}
