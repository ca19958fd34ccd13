import type { Report, StepOutcome } from '../model/report.ts';
import { printable } from './printable.ts';

/** How many names a sentence lists. */
const named = 4;

/**
 * The limits of a report without errors and warnings, a sentence each: migrations that were not judged, files that
 * nobody read, tables without rows. Empty where there is more to look at, or where all was judged.
 */
export function coverageTexts(report: Report): string[] {
  if (report.summary.errors + report.summary.warnings > 0) return [];
  const { notes } = report;
  const ignored = notes.flatMap((note) => (note.code === 'ignored' ? [note.facts.file] : []));
  const unfilled = notes.flatMap((note) =>
    note.code === 'unfilled'
      ? [note.dataset === undefined ? note.facts.table : `${note.facts.table} (${note.dataset})`]
      : [],
  );
  const passed = report.steps.filter(({ unjudged }) => unjudged === true).map(({ migration }) => migration);
  return [
    sentence('Not judged, because production has them', [...new Set(passed)]),
    sentence('Skipped, because they are programs', migrationsWith(report, 'skipped')),
    sentence('Blocked by skipped programs', migrationsWith(report, 'blocked')),
    sentence('Ignored files', ignored),
    sentence('Tables without a row', unfilled),
  ].flatMap((text) => text ?? []);
}

/** The migrations that have an outcome on the empty database, those that production has left out. */
export function migrationsWith({ steps }: Report, outcome: StepOutcome): string[] {
  const own = steps.filter((step) => step.dataset === 'empty' && step.unjudged !== true && step.outcome === outcome);
  return own.map(({ migration }) => migration);
}

function sentence(what: string, names: readonly string[]): string | null {
  if (names.length === 0) return null;
  const rest = names.length - named;
  return `${what}: ${names.slice(0, named).map(printable).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}.`;
}
