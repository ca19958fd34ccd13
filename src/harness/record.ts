import type { FillResult } from '../apply/dataset.ts';
import { foldConsequences } from '../explain/consequences.ts';
import { withoutForcedDefaults } from '../explain/rules/constraint-dropped/forced-defaults.ts';
import { foldStrays } from '../explain/rules/fails-on-rows/strays.ts';
import { foldPragmas } from '../explain/rules/pragma-without-effect/rule.ts';
import { blameStale } from '../explain/rules/search-index-stale/blame.ts';
import { foldSites } from '../explain/sites.ts';
import { numberIn, versionText } from '../identity/number.ts';
import type { Judgement } from '../judge/judge.ts';
import type { DatasetName, Side } from '../model/dataset.ts';
import type { Finding } from '../model/finding.ts';
import type { History, Migration } from '../model/history.ts';
import type { Note, NoteFacts } from '../model/note.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Report, ReportStep } from '../model/report.ts';
import type { WeighedWarning } from '../model/weighed.ts';
import { readAllowances, watchAllowances } from './allowances.ts';
import { createPicture } from './picture.ts';
import type { Sources } from './project.ts';
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
  readonly judged?: Judged | undefined;
}

/** Called after each judged migration with its findings. */
export type Judged = (findings: readonly Finding[]) => void;

/** The files of a plain folder that have one number; a tool of its own either refuses them or has an order for them. */
function sameNumbers({ runner, migrations }: History): NoteFacts['same-number'][] {
  if (runner.tool !== 'plain') return [];
  const groups = [...Map.groupBy(migrations, ({ id }) => String(numberIn(id) ?? leadingDate(id) ?? id)).values()];
  const twins = groups.filter((group) => group.length > 1);
  const [first] = twins;
  return first === undefined ? [] : [{ numbers: twins.length, migrations: first.map(({ name }) => name) }];
}

/** The date before the words of a name; null without one. */
function leadingDate(id: string): string | null {
  return /^\d{4}-\d{2}-\d{2}/.exec(id)?.[0] ?? null;
}

/** Starts the record of a run. */
export function createRecord(sources: Sources, scope: RunScope): RunRecord {
  const { history, config } = sources;
  const { command, sides, directives, ruledOut, applied, ledger = null } = scope;
  const drawn = scope.picture ? createPicture() : null;
  const steps: ReportStep[] = [];
  const findings: Finding[] = [];
  const notes = collectNotes();
  const weighed: WeighedWarning[] = [];
  const seen = new Set<string>();
  const allowances = watchAllowances(readAllowances(config.directives));
  const sums = { ruledOut: 0, stops: 0 };
  const isApplied = ({ position }: Migration): boolean => applied.has(position);

  for (const facts of history.ignored) notes.add({ code: 'ignored', facts });
  for (const facts of sameNumbers(history)) notes.add({ code: 'same-number', facts });
  const kept = history.migrations.filter(({ passedOver = [] }) => passedOver.length > 0).map(({ name }) => name);
  if (kept.length > 0) notes.add({ code: 'declarations-kept', facts: { migrations: kept } });

  return {
    note: notes.add,
    found: (added) => findings.push(...added.filter((finding) => !allowances.accepts(finding))),
    filled: (dataset, position, filling) => {
      const version = versionText(history.migrations, position);
      for (const { table, reason } of filling.unfilled) {
        // Once per table: the reason seldom changes between versions.
        if (seen.has(`${dataset} ${table}`)) continue;
        seen.add(`${dataset} ${table}`);
        notes.add({ code: 'unfilled', dataset, facts: { table, version, reason } });
      }
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
      const own = judgement.findings.filter(
        // A failure on the empty database hides every later migration, applied or not.
        (finding) => !allowances.accepts(finding) && (!isApplied(migration) || finding.code === 'fails-on-empty'),
      );
      findings.push(...own);
      scope.judged?.(own);
    },
    report: (planned, gate = null) => {
      for (const unused of directives?.unused() ?? []) {
        const migration = history.migrations.find(({ name }) => name === unused.migration);
        if (migration === undefined || !isApplied(migration)) findings.push(unused);
      }
      // An allowance may have its effect in a migration that is not judged.
      if (!planned.some(isApplied))
        findings.push(...(directives?.unusedAllowances(allowances.unused(), planned) ?? []));
      for (const note of allowances.notes()) notes.add(note);
      const reached = new Set(steps.map(({ migration }) => migration));
      for (const { name, position, id } of planned.filter((migration) => !reached.has(migration.name))) {
        for (const dataset of sides) steps.push({ migration: name, position, id, dataset, outcome: 'not-run' });
      }
      if (sums.ruledOut > 0) notes.add(ruledOut(sums.ruledOut));
      if (config.interrupt) notes.add({ code: 'interrupted', facts: { stops: sums.stops } });
      const migrations = planned.filter(isApplied).length;
      if (migrations > 0)
        notes.add({
          code: 'applied-left-out',
          facts: { migrations, since: config.since, sinceGit: config.sinceGit, db: ledger },
        });
      const own = withoutForcedDefaults(blameStale(findings), history.migrations);
      const told = foldSites(foldConsequences(foldStrays(foldPragmas(own))));
      const picture = drawn?.picture(told) ?? null;
      const all = { steps, findings: told, notes: notes.all(), weighed };
      return makeReport(sources, { command, sides, ...all, gate, picture });
    },
  };
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
