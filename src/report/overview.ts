import type { Finding, Severity } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import { printable, shorten } from './printable.ts';

/** How many lines the report of a first run on a long history has, about. */
export const overviewLines = 40;

/** The most lines that causes get; what is left is one line more. */
const causeLines = 12;

/** How many migrations a line of a cause names. */
const namedMigrations = 2;

/** The findings that are shown in full, and a line for each cause of the others. */
export interface Overview {
  readonly shown: readonly Finding[];
  readonly folded: readonly FoldedCause[];
}

/** Findings of one cause and severity. */
export interface FoldedCause {
  readonly severity: Severity;
  readonly text: string;
}

/** From how many migrations on a history is long. */
const longHistory = 20;

/**
 * Whether it is a first run on a long history: the report suggests to say what production has applied, or there is nothing
 * to say that about.
 */
export function isFirstRun({ command, notes, summary }: Report): boolean {
  if (command !== 'check' || summary.migrations < longHistory) return false;
  return notes.some(({ code }) => code === 'since') || summary.errors + summary.warnings === 0;
}

/**
 * Chooses what a first run shows in full, as far as the lines go: errors first, and of those the ones in the newest
 * migrations, which somebody can still change.
 * @param lines how many there are for findings in full and for causes.
 * @param heightOf how many lines a finding takes in full, the empty one behind it included.
 */
export function overviewOf(report: Report, lines: number, heightOf: (finding: Finding) => number): Overview {
  const positions = new Map(report.steps.map(({ migration, position }) => [migration, position]));
  const newest = report.findings
    .filter(({ severity }) => severity !== 'note')
    .toSorted(
      (a, b) =>
        rank[a.severity] - rank[b.severity] || (positions.get(b.migration) ?? 0) - (positions.get(a.migration) ?? 0),
    );
  let left = lines - Math.min(causesOf(report.findings).length, causeLines + 1);
  const shown: Finding[] = [];
  for (const finding of newest) {
    const height = heightOf(finding);
    if (height > left) break;
    left -= height;
    shown.push(finding);
  }
  return { shown, folded: foldCauses(report.findings.filter((finding) => !shown.some((each) => each === finding))) };
}

const rank: Readonly<Record<Severity, number>> = { error: 0, warning: 1, note: 2 };

function foldCauses(findings: readonly Finding[]): FoldedCause[] {
  const causes = causesOf(findings).map((group): FoldedCause & { readonly count: number } => {
    const [{ severity, code, cause, title }] = group;
    const migrations = [...new Set(group.map(({ migration }) => migration))];
    const rest = migrations.length - namedMigrations;
    const where = `${migrations.slice(0, namedMigrations).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
    const name = cause === code ? code : `${code}, ${cause}`;
    const text = `${String(group.length).padStart(3)} × ${title} (${name}): ${where}`;
    return { severity, text, count: group.length };
  });
  const kept = causes.length > causeLines + 1 ? causes.slice(0, causeLines) : causes;
  const others = causes.slice(kept.length);
  const [first] = others;
  if (first === undefined) return kept;
  const count = others.reduce((sum, each) => sum + each.count, 0);
  return [
    ...kept,
    { severity: first.severity, text: `${String(count).padStart(3)} × findings of ${others.length} other causes` },
  ];
}

/** The findings by severity, code and cause: the gravest first, of those the most frequent. */
function causesOf(findings: readonly Finding[]): [Finding, ...Finding[]][] {
  const groups = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.severity, finding.code, finding.cause]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return [...groups.values()].toSorted(
    ([a, ...moreOfA], [b, ...moreOfB]) => rank[a.severity] - rank[b.severity] || moreOfB.length - moreOfA.length,
  );
}

/** A line of a cause, no longer than the terminal is wide. */
export function causeLine({ text }: FoldedCause, width: number): string {
  return shorten(printable(text), width);
}
