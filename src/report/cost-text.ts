import type { StepCost } from '../model/cost.ts';
import type { Report } from '../model/report.ts';
import { formatTime } from '../text/duration.ts';
import { formatSize } from '../text/size.ts';
import { columnsOf, pad, printable, shorten } from './printable.ts';

const labelLimit = 36;

const heads = ['', 'time', 'writers wait', 'rows written', 'file', 'journal', 'free space'] as const;

/** The heading of the table. */
export const costTitle = 'Cost on the copy, whose writes wait for no disk';

/** The cost of each pending migration on the copy, a line each, and of all together; empty where nothing ran there. */
export function costLines({ cost }: Pick<Report, 'cost'>): string[] {
  if (cost === undefined) return [];
  const rows = cost.steps.map((step) => [shorten(printable(step.migration), labelLimit), ...cells(step)]);
  const all = cost.steps.length > 1 ? [['all', ...cells(cost.total)]] : [];
  const lines = [[...heads], ...rows, ...all];
  const widths = heads.map((_, i) => Math.max(...lines.map((line) => columnsOf(line[i] ?? ''))));
  const table = lines.map((line) =>
    line.map((cell, i) => (i === 0 ? pad(cell, widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  '),
  );
  return [...table, ...cost.steps.flatMap(slowest)];
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
