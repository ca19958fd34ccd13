import type { Side } from '../model/dataset.ts';
import type { Finding, Severity } from '../model/finding.ts';
import type { Report, StepOutcome } from '../model/report.ts';
import type { Paint } from './paint.ts';
import { columnsOf, pad, printable, shorten } from './printable.ts';

/** The number of migrations from which runs of clean ones are folded into one line. */
const foldFrom = 20;
/** The shortest run that is folded. */
const foldRun = 3;

/** The longest name that is printed whole in the table. */
const labelLimit = 60;

/** The shortest width of the column of names. */
const shortestLabel = 12;

/** The result of a migration on a dataset. */
export type Mark = 'clean' | 'error' | 'warning' | 'unjudged' | Exclude<StepOutcome, 'applied' | 'failed'>;

interface Line {
  readonly label: string;
  readonly marks: readonly Mark[];
}

/** A migration with its mark on each dataset. */
interface MigrationLine {
  readonly migration: string;
  readonly marks: readonly Mark[];
}

/** The sign of each mark. */
export const signs: Readonly<Record<Mark, string>> = {
  clean: '✓',
  error: '✗',
  warning: '!',
  unjudged: '·',
  blocked: 'blocked',
  skipped: 'skipped',
  'not-run': '–',
};

/** The table of migrations by datasets; names are shortened where it would be wider than `width`. */
export function renderTable(report: Report, paint: Paint, width: number): string[] {
  const lines = readLines(report);
  const widths = report.datasets.map((side, i) =>
    Math.max(side.length, ...lines.map(({ marks }) => signs[marks[i] ?? 'clean'].length)),
  );
  const columns = widths.reduce((sum, each) => sum + each + 2, 0);
  const room = Math.max(shortestLabel, width - columns - 2);
  const label = Math.min(room, Math.max(shortestLabel, ...lines.map((line) => columnsOf(line.label))));
  const header = report.datasets.map((side, i) => centre(side, widths[i] ?? 0)).join('  ');
  const rows = lines.map(({ label: text, marks }) => {
    const cells = marks.map((mark, i) => paintMark(mark, centre(signs[mark], widths[i] ?? 0), paint));
    return `  ${pad(shorten(text, label), label)}  ${cells.join('  ')}`.trimEnd();
  });
  return [paint('dim', `  ${' '.repeat(label)}  ${header}`.trimEnd()), ...rows];
}

/** The table's lines: a migration each, with a mark for each dataset. Runs of clean migrations are folded where the history is long. */
export function readLines(report: Report): Line[] {
  return fold(
    readAllLines(report).map(({ migration, marks }) => ({ label: shorten(printable(migration), labelLimit), marks })),
  );
}

/** The same for every migration, with its whole name. */
export function readAllLines({ steps, findings: all, datasets }: Report): MigrationLine[] {
  const found = Map.groupBy(all, ({ migration }) => migration);
  return [...Map.groupBy(steps, ({ migration }) => migration)].map(([migration, own]) => ({
    migration,
    marks: datasets.map((side) => {
      const step = own.find(({ dataset }) => dataset === side);
      const findings = found.get(migration) ?? [];
      const isPassed = step?.unjudged === true && severitiesOf(findings, side).length === 0;
      return isPassed ? 'unjudged' : markOf(findings, side, step?.outcome ?? 'not-run');
    }),
  }));
}

function markOf(found: readonly Finding[], side: Side, outcome: StepOutcome): Mark {
  if (outcome !== 'applied' && outcome !== 'failed') return outcome;
  const severities = severitiesOf(found, side);
  if (severities.includes('error') || (outcome === 'failed' && side !== 'awkward')) return 'error';
  if (severities.includes('warning')) return 'warning';
  if (side !== 'awkward') return 'clean';
  // Hazards are added to the rows of one-row: a fault of those rows says nothing about hazards.
  if (severitiesOf(found, 'one-row').includes('error')) return 'not-run';
  return outcome === 'failed' ? 'warning' : 'clean';
}

function severitiesOf(found: readonly Finding[], side: Side): Severity[] {
  return found.filter(({ datasets }) => datasets.includes(side)).map(({ severity }) => severity);
}

function fold(lines: readonly Line[]): Line[] {
  if (lines.length < foldFrom) return [...lines];
  const folded: Line[] = [];
  let run: Line[] = [];
  const flush = (): void => {
    const [first] = run;
    const last = run.at(-1);
    if (first === undefined || last === undefined || run.length < foldRun) folded.push(...run);
    else
      folded.push({
        label: `${number(first.label)} … ${number(last.label)} (${run.length} migrations)`,
        marks: first.marks,
      });
    run = [];
  };
  for (const line of lines) {
    const alike = run[0] === undefined || run[0].marks.join() === line.marks.join();
    if (!alike) flush();
    if (line.marks.some((mark) => mark === 'error' || mark === 'warning')) {
      flush();
      folded.push(line);
    } else run.push(line);
  }
  flush();
  return folded;
}

/** The number at the head of a name: enough to find a migration by. */
function number(label: string): string {
  return /^\d+/.exec(label)?.[0] ?? label;
}

function centre(text: string, width: number): string {
  const left = Math.floor((width - text.length) / 2);
  return text.padStart(text.length + Math.max(0, left)).padEnd(width);
}

function paintMark(mark: Mark, text: string, paint: Paint): string {
  if (mark === 'clean') return paint('green', text);
  if (mark === 'error') return paint('red', text);
  return paint(mark === 'warning' ? 'yellow' : 'dim', text);
}
