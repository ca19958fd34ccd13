/**
 * `pnpm score`: how many of the specimens are found, class by class, beside what the usual test on an empty database finds, and
 * how many forms that are safe raise an alarm.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { check } from '../src/api.ts';
import type { Config } from '../src/config.ts';
import type { Finding } from '../src/model/finding.ts';
import { safeForms } from '../test/safe.ts';
import { fixedConfig, type Specimen, specimens } from '../test/specimens.ts';

/** How many migrations of a class are found by each kind of rows. */
export interface Score {
  readonly class: string;
  readonly specimens: number;
  /** With no rows at all, as a test on a fresh database does. */
  readonly empty: number;
  /** With the specimens' own hand-written rows. */
  readonly handWritten: number;
  /** From the schema alone. */
  readonly generated: number;
  /**
   * Corrected forms that raise an error with any of these rows, or with plain ones a warning that the specimen does not list.
   * Warnings that only an awkward row shows are not counted: test/awkward.test.ts lists each with its reason.
   */
  readonly alarms: number;
}

/** How many of the migrations that only look unsafe raise an alarm. */
export interface SafeScore {
  readonly forms: number;
  readonly alarms: number;
}

const generated = ['one-row', 'typical', 'awkward'] as const;

/** Runs every specimen, and adds up by class; classes with most specimens come first. */
export async function computeScore(): Promise<Score[]> {
  const runs: Score[] = [];
  for (const specimen of specimens) runs.push(await scoreOf(specimen));
  const classes = Map.groupBy(runs, (run) => run.class);
  return [...classes]
    .map(([name, scores]) => total(name, scores))
    .sort((a, b) => b.specimens - a.specimens || (a.class < b.class ? -1 : 1));
}

/** Runs every migration of `test/safe`. */
export async function computeSafeScore(): Promise<SafeScore> {
  let alarms = 0;
  for (const { config } of safeForms) {
    const findings = await run({ ...config, dataset: ['fixture', ...generated] });
    alarms += Number(findings.some((finding) => isAlarm(finding)));
  }
  return { forms: safeForms.length, alarms };
}

/** Classes of few specimens as one line, for where there is little room. */
export function foldScore(scores: readonly Score[]): Score[] {
  const small = scores.filter(({ specimens }) => specimens < 8);
  return [...scores.filter((score) => !small.includes(score)), total(`${small.length} others`, small)];
}

function total(name: string, scores: readonly Score[]): Score {
  const sum = (of: (score: Score) => number): number => scores.reduce((n, score) => n + of(score), 0);
  return {
    class: name,
    specimens: sum(({ specimens }) => specimens),
    empty: sum(({ empty }) => empty),
    handWritten: sum(({ handWritten }) => handWritten),
    generated: sum((score) => score.generated),
    alarms: sum(({ alarms }) => alarms),
  };
}

/** The scores as a table of Markdown, with a line for all of them and one for safe forms. */
export function renderScore(scores: readonly Score[], safe: SafeScore): string {
  const rows = [...scores, total('**all**', scores)].map((score) => [
    score.class,
    `${score.empty} of ${score.specimens}`,
    `${score.handWritten} of ${score.specimens}`,
    `${score.generated} of ${score.specimens}`,
    String(score.alarms),
  ]);
  rows.push([`${safe.forms} that only look unsafe`, '', '', '', String(safe.alarms)]);
  const head = ['class', 'empty database', 'hand-written rows', 'from the schema alone', 'false alarms on safe forms'];
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

async function scoreOf(specimen: Specimen): Promise<Score> {
  const { config, expected } = specimen;
  const isFound = ({ code, table }: Finding): boolean => code === expected.finding && table === expected.table;
  const byHand = await run({ ...config, dataset: ['fixture'] });
  const bySchema = await run({ ...config, dataset: [...generated] });
  const listed = new Set((specimen.fixed_also ?? []).map(({ finding }) => finding));
  const folder = mkdtempSync(join(tmpdir(), 'rowproof score '));
  const corrected = await run({ ...fixedConfig(specimen, folder), dataset: ['fixture', ...generated] }).finally(() =>
    rmSync(folder, { recursive: true }),
  );
  return {
    class: specimen.class,
    specimens: 1,
    empty: Number(byHand.some(({ code }) => code === 'fails-on-empty')),
    handWritten: Number(byHand.some(isFound)),
    generated: Number(bySchema.some(isFound)),
    alarms: Number(corrected.some((finding) => isAlarm(finding, listed))),
  };
}

function isAlarm({ code, severity, datasets }: Finding, listed: ReadonlySet<string> = new Set()): boolean {
  return severity === 'error' || (severity === 'warning' && !listed.has(code) && datasets.join() !== 'awkward');
}

async function run(config: Config): Promise<readonly Finding[]> {
  return (await check(config)).findings;
}

if (process.argv[1] !== undefined && import.meta.filename === resolve(process.argv[1])) {
  process.stdout.write(`${renderScore(await computeScore(), await computeSafeScore())}\n`);
}
