import type { Filling } from '../apply/dataset.ts';
import { sqliteVersion } from '../database/connection.ts';
import type { Explanation } from '../explain/explain.ts';
import { needsNewerSqlite } from '../explain/rules/needs-newer-sqlite.ts';
import { refusedByTool } from '../explain/rules/refused-by-tool.ts';
import { listed } from '../explain/words.ts';
import type { DatasetName, Side } from '../model/dataset.ts';
import type { Finding, Severity } from '../model/finding.ts';
import type { History, Migration } from '../model/history.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Report, ReportNote, ReportStep } from '../model/report.ts';
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
  note(note: ReportNote): void;
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
  const notes = new Map<string, ReportNote>();
  const seen = new Set<string>();
  let folded = 0;

  const isApplied = ({ version: at }: Migration): boolean => config.since !== null && at <= config.since;
  const note = (added: ReportNote): void => {
    notes.set(added.text, added);
  };
  for (const { file, reason } of history.ignored) note({ kind: 'ignored', text: `${file} was ignored: ${reason}.` });

  return {
    note,
    found: (added) => findings.push(...added),
    filled: (dataset, at, { unfilled, notes: texts }) => {
      for (const { table, reason } of unfilled) {
        const place = at === 0 ? 'the base' : `version ${at}`;
        // Once a table: the reason seldom changes from version to version.
        if (seen.has(`${dataset} ${table}`)) continue;
        seen.add(`${dataset} ${table}`);
        note({ kind: 'unfilled', text: `${dataset}: ${table} has no row from ${place} on: ${reason}` });
      }
      for (const text of texts) note({ kind: 'seed', text: `${dataset}: ${text}` });
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
        note({
          kind: 'skipped',
          text: `${migration.file} was skipped: it is a program, and nothing says what runs it (migrator.run of the config can).`,
        });
      if (baseline?.status === 'blocked') {
        note({
          kind: 'blocked',
          text: `${migration.file} was blocked by what skipped programs would have made: ${baseline.failure.message}.`,
        });
      }
      for (const { finding, reason } of explanation.accepted) {
        note({ kind: 'allowed', text: `${migration.name}: ${finding.message}; allowed: ${reason}` });
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
      note({
        kind: 'restarted',
        text: `${listed(datasets)} restarted after ${migration.name}, ${describeRestart(datasets)}.`,
      });
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
      if (folded > 0)
        note({
          kind: 'allowed',
          text: `${folded === 1 ? '1 finding' : `${folded} findings`} up to version ${config.since} left out: those migrations are applied.`,
        });
      const last = history.migrations.at(-1);
      if (command === 'check' && config.since === null && last !== undefined && isOldNews(history, findings)) {
        note({
          kind: 'since',
          text: `What production has applied cannot be changed any more. If it has applied all of these, --since ${last.version} leaves out what is found up to ${last.name}.`,
        });
      }
      const own = history.migrations.filter(({ ownTransaction }) => ownTransaction).map(({ name }) => name);
      if (own.length > 0) note({ kind: 'own-transaction', text: describeOwn(own) });
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
        notes: [...notes.values()],
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

/** What a dataset goes on with: given rows where they still fit, made-up ones anew. */
function describeRestart(datasets: readonly DatasetName[]): string {
  const given = datasets.filter((name) => name === 'fixture' || name === 'profile');
  if (given.length === 0) return 'with new rows';
  const kept = 'with the rows that fit its schema';
  return given.length === datasets.length ? kept : `${listed(given)} ${kept}, the others with new ones`;
}

function describeOwn(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(', ');
  const more = names.length > 3 ? ` and ${names.length - 3} more` : '';
  return `${shown}${more} ${names.length === 1 ? 'has its' : 'have their'} own BEGIN … COMMIT and ran as written.`;
}
