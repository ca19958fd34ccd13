import type { Report } from '../model/report.ts';
import { migrationsWith } from './coverage-text.ts';
import type { Style } from './paint.ts';

/** The result of a run, in one line. */
export function summaryText(report: Report): string {
  const { summary, datasets, gate } = report;
  const { errors, warnings, notes } = summary;
  if (errors + warnings + notes > 0)
    return [counted(errors, 'error'), counted(warnings, 'warning'), counted(notes, 'note')].join(', ');
  if (report.command === 'drill') return drillText(report);
  if (hasFailures(report)) return 'All findings are left out.';
  if (gate?.pending === 0) return 'No findings: nothing is pending.';
  const behave = (number: number): string =>
    `${counted(number, 'migration')} ${number === 1 ? 'behaves' : 'behave'} the same`;
  const ran = migrationsWith(report, 'applied').length;
  if (ran === 0) return 'No findings, because no migration was judged.';
  if (gate !== null) return `No findings: ${behave(ran)} on an empty database and on the copy.`;
  const sides = ['on the empty database', ...datasets.slice(1).map((name) => `on ${name}`)];
  const listed = sides.length > 1 ? `${sides.slice(0, -1).join(', ')} and ${sides.at(-1)}` : sides.join();
  return `No findings${endsEarly(report) ? ' before the history ends' : ''}: ${behave(ran)} ${listed}.`;
}

function drillText({ notes }: Report): string {
  const faults = notes.reduce((sum, note) => sum + (note.code === 'drilled' ? note.facts.faults : 0), 0);
  return faults === 0
    ? 'No findings, because no fault was injected.'
    : `No findings: the migrator survived ${counted(faults, 'fault')}.`;
}

/** The colour of that line. */
export function summaryStyle(report: Report): Style {
  const { errors, warnings, notes } = report.summary;
  if (errors > 0) return 'red';
  return warnings > 0 || endsEarly(report) || (notes === 0 && hasFailures(report)) ? 'yellow' : 'green';
}

/** Whether a part of the history was not judged, because it needs what nobody has registered. */
function endsEarly({ notes }: Report): boolean {
  return notes.some(({ code }) => code === 'ends-early');
}

function hasFailures({ steps }: Report): boolean {
  return steps.some(({ outcome }) => outcome === 'failed');
}

function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
