import type { Filling } from '../apply/dataset.ts';
import { sqliteVersion } from '../database/connection.ts';
import type { Explanation } from '../explain/explain.ts';
import { describeNote } from '../explain/notes.ts';
import { needsNewerSqlite } from '../explain/rules/needs-newer-sqlite.ts';
import { refusedByTool } from '../explain/rules/refused-by-tool.ts';
import type { DatasetName, Side } from '../model/dataset.ts';
import type { Finding, Severity } from '../model/finding.ts';
import type { History, Migration } from '../model/history.ts';
import type { Note } from '../model/note.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Report, ReportStep } from '../model/report.ts';
import { version } from '../version.ts';
import type { Sources } from './project.ts';
import type { DirectiveUse } from './unused.ts';

/** Collects what a run finds, step by step, into a Report. */
export interface RunRecord {
  filled(dataset: DatasetName, version: number, filling: Filling): void;
  step(migration: Migration, outcomes: ReadonlyMap<Side, Outcome>, explanation: Explanation): void;
  /** Findings that belong to no step. */
  found(findings: readonly Finding[]): void;
  restarted(migration: Migration, datasets: readonly DatasetName[]): void;
  note(note: Note): void;
  /** @param planned the migrations that were to run; those that no step told of are `not-run`. */
  report(planned: readonly Migration[], gate?: Report['gate']): Report;
}

/** What a record is told at its start. */
export interface RunScope {
  /** The columns of the report. */
  readonly sides: readonly Side[];
  /**
   * Watches which directives have an effect. Null for the gate, which sees pending migrations alone, on one set of rows, and
   * cannot tell that a directive is of no use.
   */
  readonly directives: DirectiveUse | null;
}

/** Starts the record of a run. */
export function createRecord(
  command: Report['command'],
  { history, config }: Sources,
  { sides, directives }: RunScope,
): RunRecord {
  const steps: ReportStep[] = [];
  const findings: Finding[] = [];
  const notes = new Map<string, Note>();
  const seen = new Set<string>();
  let folded = 0;

  const isApplied = ({ version: at }: Migration): boolean => config.since !== null && at <= config.since;
  const note = (added: Note): void => {
    notes.set(JSON.stringify([added.code, added.dataset, added.facts]), added);
  };
  for (const { file, reason } of history.ignored) note({ code: 'ignored', facts: { file, reason } });

  return {
    note,
    found: (added) => findings.push(...added),
    filled: (dataset, at, { unfilled, notes: told }) => {
      for (const { table, reason } of unfilled) {
        // Once a table: the reason seldom changes from version to version.
        if (seen.has(`${dataset} ${table}`)) continue;
        seen.add(`${dataset} ${table}`);
        note({ code: 'unfilled', dataset, facts: { table, version: at, reason } });
      }
      for (const each of told) note({ ...each, dataset });
    },
    step: (migration, outcomes, explanation) => {
      directives?.step(migration, outcomes, explanation);
      for (const side of sides) {
        const outcome = outcomes.get(side) ?? outcomes.get('empty');
        // No outcome of its own: only programs, and what waits for them, are the same on every side.
        const isShared = outcome?.status === 'skipped' || outcome?.status === 'blocked';
        steps.push({
          migration: migration.name,
          dataset: side,
          outcome: outcomes.has(side) || isShared ? (outcome?.status ?? 'not-run') : 'not-run',
        });
      }
      const baseline = outcomes.get('empty');
      if (baseline?.status === 'skipped')
        note({ code: 'skipped', facts: { migration: migration.name, file: migration.file } });
      if (baseline?.status === 'blocked') {
        const { message } = baseline.failure;
        note({ code: 'blocked', facts: { migration: migration.name, file: migration.file, message } });
      }
      for (const { finding, reason } of explanation.accepted) {
        note({ code: 'accepted', facts: { migration: migration.name, message: finding.message, reason } });
      }
      const refused = (migration.refusals ?? []).map((refusal) => refusedByTool(history.runner, migration, refusal));
      const newer = config.sqlite === null ? [] : needsNewerSqlite(migration, config.sqlite);
      for (const finding of [...refused, ...newer, ...explanation.findings]) {
        // What cannot run on an empty database hides everything behind it, applied or not.
        if (isApplied(migration) && finding.code !== 'fails-on-empty') folded += 1;
        else findings.push(finding);
      }
    },
    restarted: (migration, datasets) => {
      note({ code: 'restarted', facts: { migration: migration.name, datasets } });
    },
    report: (planned, gate = null) => {
      for (const unused of directives?.unused() ?? []) {
        const migration = history.migrations.find(({ name }) => name === unused.migration);
        if (migration !== undefined && isApplied(migration)) folded += 1;
        else findings.push(unused);
      }
      const reached = new Set(steps.map(({ migration }) => migration));
      for (const { name } of planned.filter((migration) => !reached.has(migration.name))) {
        for (const dataset of sides) steps.push({ migration: name, dataset, outcome: 'not-run' });
      }
      if (folded > 0 && config.since !== null)
        note({ code: 'applied-left-out', facts: { findings: folded, since: config.since } });
      const last = history.migrations.at(-1);
      if (command === 'check' && config.since === null && last !== undefined && isOldNews(history, findings)) {
        note({ code: 'since', facts: { version: last.version, migration: last.name } });
      }
      const own = history.migrations.filter(({ ownTransaction }) => ownTransaction).map(({ name }) => name);
      if (own.length > 0) note({ code: 'own-transaction', facts: { migrations: own } });
      const count = (severity: Severity): number => findings.filter((finding) => finding.severity === severity).length;
      const { foreignKeys, transaction, doubleQuotedStrings, engine } = config.settings;
      const { tool, title, evidence, driver, driverEvidence } = history.runner;
      return {
        rowproof: version,
        command,
        directory: history.directory,
        runner: { tool, title, evidence, driver, driverEvidence },
        settings: {
          ...{ foreignKeys, transaction, doubleQuotedStrings, engine },
          sqliteVersion: sqliteVersion(config.settings),
        },
        seed: config.seed,
        gate,
        datasets: sides,
        steps,
        findings,
        notes: [...notes.values()].map(describeNote),
        summary: {
          errors: count('error'),
          warnings: count('warning'),
          notes: count('note'),
          migrations: history.migrations.length,
        },
      };
    },
  };
}

/** From how many migrations on a project is taken to have applied most of them. */
const longHistory = 20;

/** Whether findings of a long history stand in migrations that are followed by others. */
function isOldNews({ migrations }: History, findings: readonly Finding[]): boolean {
  const newest = migrations.at(-1)?.name;
  return (
    migrations.length >= longHistory &&
    findings.some(({ migration, severity }) => severity !== 'note' && migration !== newest)
  );
}
