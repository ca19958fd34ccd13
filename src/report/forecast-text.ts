import type { Range, StepForecast } from '../model/cost.ts';
import type { Report } from '../model/report.ts';
import { formatTime } from '../text/duration.ts';
import { formatSize } from '../text/size.ts';
import { inColumns } from './cost-text.ts';
import { printable, wrap } from './printable.ts';

const heads = ['migration', 'time', 'writers wait', 'rows written', 'file'] as const;

type Totals = Omit<StepForecast, 'migration' | 'statements'>;

/** The heading of the table, which says that nothing was measured in production. */
export function forecastTitle({ forecast }: Pick<Report, 'forecast'>): string {
  if (forecast === undefined) return '';
  const { profile, table, tableRows, sizes } = forecast;
  const counted = `${sizes.slice(0, -1).join(', ')} and ${sizes.at(-1)}`;
  return `Forecast of the cost in production, by ${profile}: work counted with ${counted} rows of ${table}, and carried on to its ${tableRows}`;
}

/** The forecast of the cost: the head of a table, a row for each migration, and one for all; empty without a forecast. */
export function forecastTable({ forecast }: Pick<Report, 'forecast'>): (readonly string[])[] {
  if (forecast === undefined) return [];
  // Most migrations sort little and need no temporary files.
  const hasTemporary = forecast.total.temporaryBytes > 0;
  const space = ['journal', ...(hasTemporary ? ['temporary files'] : []), 'free space'];
  const cellsOf = (totals: Totals): string[] => [...cells(totals), ...spaceOf(totals, hasTemporary)];
  const rows = forecast.steps.map((step) => [printable(step.migration), ...cellsOf(step)]);
  const all = forecast.steps.length > 1 ? [['all', ...cellsOf(forecast.total)]] : [];
  return [[...heads, ...space], ...rows, ...all];
}

/** The same in columns, or as sentences where the columns do not fit, and a line for a statement that would take most of its migration. */
export function forecastLines(report: Pick<Report, 'forecast'>, width: number): string[] {
  const { forecast } = report;
  if (forecast === undefined) return [];
  const slow = forecast.steps.flatMap(slowest).flatMap((line) => wrap(line, width));
  return [...inColumns(forecastTable(report), width), ...slow];
}

function spaceOf({ journal, journalBytes, temporaryBytes, freeBytes }: Totals, hasTemporary: boolean): string[] {
  const about = (bytes: number): string => (bytes === 0 ? '0 bytes' : `about ${formatSize(bytes)}`);
  const journaled = `${about(journalBytes)}${journal === 'wal' ? ' WAL' : ''}`;
  return [journaled, ...(hasTemporary ? [about(temporaryBytes)] : []), about(freeBytes)];
}

function cells(step: Totals): string[] {
  return [
    rangeText(step.milliseconds),
    rangeText(step.lockMilliseconds),
    aboutText(step.rows),
    `${formatSize(step.bytesBefore)} → about ${formatSize(step.bytesAfter)}`,
  ];
}

/** A statement is worth a line from so many milliseconds on. */
const notable = 1000;

function slowest({ migration, statements }: StepForecast): string[] {
  const [most] = statements.toSorted((one, other) => other.milliseconds.about - one.milliseconds.about);
  if (most === undefined || most.milliseconds.about < notable) return [];
  const grows = `its work grows with the power ${most.exponent} of the rows`;
  return [`${printable(migration)}: statement ${most.statement} (line ${most.line}) takes most, and ${grows}`];
}

/** A number to three digits: more would seem exact. */
function aboutText(number: number): string {
  return number === 0 ? '0' : `about ${Number(number.toPrecision(3))}`;
}

/** A range in one unit where both ends have it: `0.4 to 7 s`, `300 ms to 2 s`. */
function rangeText({ low, high }: Range): string {
  const [from, to] = [formatTime(low), formatTime(high)];
  const unit = / \S+$/.exec(to)?.[0] ?? '';
  if (from === to) return from;
  return from.endsWith(unit) && unit !== '' ? `${from.slice(0, -unit.length)} to ${to}` : `${from} to ${to}`;
}
