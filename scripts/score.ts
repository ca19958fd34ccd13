/**
 * `pnpm score`: how many of the specimens are found, class by class, beside what the usual test on an empty database finds,
 * and how many forms that are safe raise an alarm; from the schema alone with each of 20 seed numbers, of which the worst counts.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { check } from '../src/api.ts';
import type { Config } from '../src/config.ts';
import type { Finding } from '../src/model/finding.ts';
import { answersOfHazards, answersOfRows } from '../test/asks.ts';
import { safeForms } from '../test/safe.ts';
import { fixedConfig, isRight, placesOf, type Specimen, specimens, type Told, tells } from '../test/specimens.ts';

/** The number of migrations of a class that each kind of rows finds. */
export interface Score {
  readonly class: string;
  readonly specimens: number;
  /** With no rows at all, as a test on a fresh database does. */
  readonly empty: number;
  /** With the specimens' own hand-written rows. */
  readonly handWritten: number;
  /** From the schema alone, at the right severity, whatever the seed number. */
  readonly generated: number;
  /** Those of them with the right statement, cause and need too, whatever the seed number. */
  readonly right: number;
  /** The number whose findings ask something of production, and of which every answer is right. */
  readonly asking: number;
  readonly answered: number;
  /**
   * Corrected forms that raise an error with any of these rows, or with plain ones a warning, that the specimen does not list.
   * Warnings that only an awkward row shows are not counted: test/awkward.test.ts lists each with its reason.
   */
  readonly alarms: number;
}

/** The number of alarms among the migrations that only look unsafe. */
export interface SafeScore {
  readonly forms: number;
  readonly alarms: number;
}

const generated = ['one-row', 'typical', 'awkward'] as const;

/** The severity from the schema alone, by what rows must look like; what is not here need not be found. */
const severities: Readonly<Record<string, 'plain' | 'warning'>> = {
  'any-row': 'plain',
  'fk-linked-rows': 'plain',
  null: 'warning',
  duplicate: 'warning',
  orphan: 'warning',
  'bad-json': 'warning',
  'wrong-type': 'warning',
};

/**
 * Runs every specimen, and adds up by class; classes with most specimens come first.
 * @param seeds the seed numbers of generated rows.
 */
export async function computeScore(seeds: readonly number[] = [1]): Promise<Score[]> {
  return addUp(await runAll(seeds));
}

async function runAll(seeds: readonly number[]): Promise<Map<Specimen, Score>> {
  const runs = new Map<Specimen, Score>();
  for (const specimen of specimens) runs.set(specimen, await scoreOf(specimen, seeds));
  return runs;
}

function addUp(runs: ReadonlyMap<Specimen, Score>): Score[] {
  const classes = Map.groupBy(runs.values(), (run) => run.class);
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

function total(name: string, scores: readonly Score[]): Score {
  const sum = (of: (score: Score) => number): number => scores.reduce((n, score) => n + of(score), 0);
  return {
    class: name,
    specimens: sum(({ specimens }) => specimens),
    empty: sum(({ empty }) => empty),
    handWritten: sum(({ handWritten }) => handWritten),
    generated: sum((score) => score.generated),
    right: sum(({ right }) => right),
    asking: sum(({ asking }) => asking),
    answered: sum(({ answered }) => answered),
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
    `${score.right} of ${score.generated}`,
    `${score.answered} of ${score.asking}`,
    String(score.alarms),
  ]);
  rows.push([`${safe.forms} that only look unsafe`, '', '', '', '', '', String(safe.alarms)]);
  const head = [
    'class',
    'empty database',
    'hand-written rows',
    'from the schema alone',
    'cause and need right',
    'Ask answers right',
    'false alarms on safe forms',
  ];
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** The totals in three sentences. */
export function renderTotals(scores: readonly Score[], safe: SafeScore): string {
  const all = total('all', scores);
  const alarms = all.alarms + safe.alarms;
  return [
    `Of ${all.specimens} unsafe migrations, a test on an empty database finds ${all.empty}.`,
    `rowproof finds ${all.handWritten} with hand-written rows, and ${all.generated} from the schema alone.`,
    `It raises ${alarms === 0 ? 'no' : alarms} false alarm${alarms === 1 ? '' : 's'} on ${all.specimens + safe.forms} safe migrations ([class by class](docs/score.md)).`,
  ].join(' ');
}

async function scoreOf(specimen: Specimen, seeds: readonly number[]): Promise<Score> {
  const { config, expected } = specimen;
  const isFound = (found: Told): boolean => tells(found, expected.finding) && found.table === expected.table;
  const byHand = (await run({ ...config, dataset: ['fixture'] })).flatMap(placesOf);
  const due = severities[specimen.needs];
  const severity = due === 'warning' ? 'warning' : (expected.severity ?? 'error');
  let bySchema = 0;
  let rightly = 0;
  for (const seed of seeds) {
    const found = (await run({ ...config, seed, dataset: [...generated] })).flatMap(placesOf);
    const dueOnes = found.filter((each) => isFound(each) && (due === undefined || each.severity === severity));
    bySchema += Number(dueOnes.length > 0);
    rightly += Number(dueOnes.some((each) => isRight(each, expected)));
  }
  const answers = [...(await answersOfRows(specimen)), ...(await answersOfHazards(specimen))];
  const listed = new Set((specimen.fixed_also ?? []).map(({ finding, severity }) => `${finding} ${severity}`));
  const folder = mkdtempSync(join(tmpdir(), 'rowproof score '));
  const corrected = await run({ ...fixedConfig(specimen, folder), dataset: ['fixture', ...generated] }).finally(() =>
    rmSync(folder, { recursive: true }),
  );
  return {
    class: specimen.class,
    specimens: 1,
    empty: Number(byHand.some(({ code }) => code === 'fails-on-empty')),
    handWritten: Number(byHand.some(isFound)),
    generated: Number(bySchema === seeds.length),
    right: Number(rightly === seeds.length),
    asking: Number(answers.length > 0),
    answered: Number(answers.length > 0 && answers.every(({ due, has }) => due === has)),
    alarms: Number(corrected.some((finding) => isAlarm(finding, listed))),
  };
}

function isAlarm({ code, severity, datasets }: Finding, listed: ReadonlySet<string> = new Set()): boolean {
  if (listed.has(`${code} ${severity}`)) return false;
  return severity === 'error' || (severity === 'warning' && datasets.join() !== 'awkward');
}

/** The number found of those that the schema alone must show, and the names of all others that are not found. */
function describeMisses(runs: ReadonlyMap<Specimen, Score>): string {
  const due = [...runs].filter(([{ needs, out_of_reach }]) => needs in severities && out_of_reach === undefined);
  const found = due.filter(([, score]) => score.generated === 1).length;
  const missed = [...runs].filter(([, score]) => score.generated === 0);
  const wrong = [...runs].filter(([, score]) => score.right < score.generated || score.answered < score.asking);
  const share = `${found} of ${due.length} (${((100 * found) / due.length).toFixed(1)} %)`;
  return [
    `Plain rows and hazards show ${share} with each of 20 seed numbers. Not found from the schema alone:`,
    ...missed.map(([{ name, needs }]) => `- ${name} (needs ${needs})`),
    ...(wrong.length === 0 ? [] : ['Found with a wrong statement, cause or need, or with a wrong answer:']),
    ...wrong.map(([{ name }]) => `- ${name}`),
    '',
  ].join('\n');
}

async function run(config: Config): Promise<readonly Finding[]> {
  return (await check(config)).findings;
}

if (process.argv[1] !== undefined && import.meta.filename === resolve(process.argv[1])) {
  const runs = await runAll(Array.from({ length: 20 }, (_, i) => i + 1));
  process.stdout.write(`${renderScore(addUp(runs), await computeSafeScore())}\n\n${describeMisses(runs)}`);
}
