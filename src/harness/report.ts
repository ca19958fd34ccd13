import { sqliteVersion } from '../database/connection.ts';
import { withFingerprints } from '../explain/fingerprint.ts';
import { describeNote } from '../explain/notes.ts';
import { decide } from '../explain/verdict.ts';
import { shortId } from '../identity/number.ts';
import type { Side } from '../model/dataset.ts';
import type { Finding, Severity } from '../model/finding.ts';
import type { History } from '../model/history.ts';
import type { Note } from '../model/note.ts';
import type { Picture } from '../model/picture.ts';
import type { Report, ReportStep } from '../model/report.ts';
import type { WeighedWarning } from '../model/weighed.ts';
import { version } from '../version.ts';
import { noteBaseNearby } from './base-nearby.ts';
import { withFrames } from './frames.ts';
import type { ProjectSources } from './project.ts';

/** The result of a run. */
export interface CheckResult {
  readonly command: Report['command'];
  readonly sides: readonly Side[];
  readonly steps: readonly ReportStep[];
  readonly findings: readonly Finding[];
  readonly notes: readonly Note[];
  readonly weighed: readonly WeighedWarning[];
  readonly gate: Report['gate'];
  readonly picture: Picture | null;
}

/** Builds the report of a run: its result, its settings, and the notes on the whole history. */
export function makeReport(
  { history, config }: ProjectSources,
  { command, sides, steps, findings, notes, weighed, gate, picture }: CheckResult,
): Report {
  const count = (severity: Severity): number => findings.filter((finding) => finding.severity === severity).length;
  const { foreignKeys, transaction, doubleQuotedStrings, engine } = config.settings;
  const { tool, title, evidence, driver, driverEvidence, foreignKeys: switched } = history.runner;
  const suggestsSince =
    command === 'check' && config.since === null && config.sinceGit === null && isOldNews(history, findings);
  const all = [
    ...notes,
    ...(suggestsSince ? suggestSince(history) : []),
    ...noteOwn(history),
    ...noteBaseNearby(history, findings),
  ];
  return {
    rowproof: version,
    command,
    directory: history.directory,
    runner: { tool, title, evidence, driver, driverEvidence, foreignKeys: switched },
    settings: {
      ...{ foreignKeys, transaction, doubleQuotedStrings, engine },
      sqliteVersion: sqliteVersion(config.settings),
    },
    seed: config.seed,
    gate,
    datasets: sides,
    steps,
    findings: withFrames(withFingerprints(findings)),
    notes: all.map(describeNote),
    weighed,
    verdict: gate === null ? null : decide({ gate, steps, findings, weighed, isStrict: config.failOn === 'warning' }),
    summary: {
      errors: count('error'),
      warnings: count('warning'),
      notes: count('note'),
      migrations: history.migrations.length,
    },
    ...(picture !== null && { picture }),
  };
}

/** The number of migrations from which a project has probably applied most of them. */
const longHistory = 20;

/** Whether findings of a long history stand in migrations that are followed by others. */
function isOldNews({ migrations }: History, findings: readonly Finding[]): boolean {
  const newest = migrations.at(-1)?.name;
  return (
    migrations.length >= longHistory &&
    findings.some(({ migration, severity }) => severity !== 'note' && migration !== newest)
  );
}

function suggestSince({ migrations }: History): Note[] {
  // The newest is the one that somebody is writing.
  const last = migrations.at(-2);
  return last === undefined ? [] : [{ code: 'since', facts: { version: shortId(last), migration: last.name } }];
}

function noteOwn({ migrations }: History): Note[] {
  const own = migrations.filter(({ ownTransaction }) => ownTransaction).map(({ name }) => name);
  return own.length === 0 ? [] : [{ code: 'own-transaction', facts: { migrations: own } }];
}
