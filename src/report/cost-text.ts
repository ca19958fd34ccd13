import type { StepCost } from '../model/cost.ts';
import type { Report } from '../model/report.ts';
import { formatTime } from '../text/duration.ts';
import { formatSize } from '../text/size.ts';
import { columnsOf, pad, printable, shorten } from './printable.ts';

const labelLimit = 36;

const heads = ['migration', 'time', 'writers wait', 'rows written', 'file', 'journal', 'free space'] as const;

/** The heading of the table. */
export const costTitle = 'Cost on the copy, whose writes wait for no disk';

/** The cost of the pending migrations on the copy: the head of a table, a row for each, and one for all; empty where nothing ran there. */
export function costTable({ cost }: Pick<Report, 'cost'>): (readonly string[])[] {
  if (cost === undefined) return [];
  const rows = cost.steps.map((step) => [printable(step.migration), ...cells(step)]);
  const all = cost.steps.length > 1 ? [['all', ...cells(cost.total)]] : [];
  return [heads, ...rows, ...all];
}

/** The same in columns, and a line for a statement that takes most of its migration. */
export function costLines(report: Pick<Report, 'cost'>): string[] {
  const { cost } = report;
  return cost === undefined ? [] : [...inColumns(costTable(report)), ...cost.steps.flatMap(slowest)];
}

/** A table in columns, numbers to the right; the first column has its names alone. */
export function inColumns(table: readonly (readonly string[])[]): string[] {
  const lines = table.map(([name = '', ...cells], i) => [i === 0 ? '' : shorten(name, labelLimit), ...cells]);
  const widths = (lines[0] ?? []).map((_, i) => Math.max(...lines.map((line) => columnsOf(line[i] ?? ''))));
  return lines.map((line) =>
    line.map((cell, i) => (i === 0 ? pad(cell, widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  '),
  );
}

function cells(cost: Omit<StepCost, 'migration' | 'statements'>): string[] {
  return [
    formatTime(cost.milliseconds),
    formatTime(cost.lockMilliseconds),
    String(cost.rows),
    `${formatSize(cost.bytesBefore)} → ${formatSize(cost.bytesAfter)}`,
    `${formatSize(cost.journalBytes)} ${cost.journal === 'wal' ? 'WAL' : ''}`.trimEnd(),
    formatSize(cost.freeBytes),
  ];
}

/** A statement is worth a line from so many milliseconds on. */
const notable = 100;

/** The statement that takes most of a migration with several. */
function slowest({ migration, milliseconds, statements }: StepCost): string[] {
  const [most] = statements.toSorted((a, b) => (b.milliseconds ?? 0) - (a.milliseconds ?? 0));
  if (most === undefined || statements.length < 2 || (most.milliseconds ?? 0) < notable) return [];
  const time = `${formatTime(most.milliseconds ?? 0)} of ${formatTime(milliseconds)}`;
  return [`${printable(migration)}: statement ${most.statement} (line ${most.line}) takes ${time}`];
}
