import type { StepCost } from '../model/cost.ts';
import type { Report } from '../model/report.ts';
import { formatTime } from '../text/duration.ts';
import { formatSize } from '../text/size.ts';
import { columnsOf, pad, printable, shorten, wrap } from './printable.ts';

const labelLimit = 36;

type Totals = Omit<StepCost, 'migration' | 'statements'>;

/** A column of the table. */
interface Column {
  readonly head: string;
  readonly cell: (cost: Totals) => string;
}

const columns: readonly Column[] = [
  { head: 'time', cell: ({ milliseconds }) => formatTime(milliseconds) },
  { head: 'writers wait', cell: ({ lockMilliseconds }) => formatTime(lockMilliseconds) },
  { head: 'rows written', cell: ({ rows }) => String(rows) },
  { head: 'file', cell: ({ bytesBefore, bytesAfter }) => `${formatSize(bytesBefore)} → ${formatSize(bytesAfter)}` },
  {
    head: 'journal',
    cell: ({ journalBytes, journal }) => `${formatSize(journalBytes)}${journal === 'wal' ? ' WAL' : ''}`,
  },
];

const temporary: Column = {
  head: 'temporary files',
  cell: ({ temporaryBytes }) => formatSize(temporaryBytes ?? 0),
};

const free: Column = { head: 'free space', cell: ({ freeBytes }) => formatSize(freeBytes) };

/** The heading of the table. */
export const costTitle = 'Cost on the copy, whose writes wait for no disk';

/** The cost of the pending migrations on the copy: the head of a table, a row for each, and one for all; empty where nothing ran there. */
export function costTable({ cost }: Pick<Report, 'cost'>): (readonly string[])[] {
  if (cost === undefined) return [];
  // Most migrations sort little and need none.
  const hasTemporary = cost.steps.some(({ temporaryBytes }) => (temporaryBytes ?? 0) > 0);
  const shown = [...columns, ...(hasTemporary ? [temporary] : []), free];
  const row = (name: string, totals: Totals): string[] => [name, ...shown.map(({ cell }) => cell(totals))];
  return [
    ['migration', ...shown.map(({ head }) => head)],
    ...cost.steps.map((step) => row(printable(step.migration), step)),
    ...(cost.steps.length > 1 ? [row('all', cost.total)] : []),
  ];
}

/** The same in columns, or as sentences where the columns do not fit, and a line for a statement that takes most of its migration. */
export function costLines(report: Pick<Report, 'cost'>, width: number): string[] {
  const { cost } = report;
  if (cost === undefined) return [];
  const slow = cost.steps.flatMap(slowest).flatMap((line) => wrap(line, width));
  return [...inColumns(costTable(report), width), ...slow];
}

/** A table in columns, numbers to the right and its first column without a heading; as sentences where it does not fit. */
export function inColumns([heads = [], ...rows]: readonly (readonly string[])[], width: number): string[] {
  const lines = [
    ['', ...heads.slice(1)],
    ...rows.map(([name = '', ...cells]) => [shorten(name, labelLimit), ...cells]),
  ];
  const widths = heads.map((_, i) => Math.max(...lines.map((line) => columnsOf(line[i] ?? ''))));
  const table = lines.map((line) =>
    line.map((cell, i) => (i === 0 ? pad(cell, widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  '),
  );
  const fits = table.every((line) => columnsOf(line) <= width);
  return fits ? table : rows.flatMap((row) => stacked(heads, row, width));
}

/** A row of the table below its name. */
function stacked(heads: readonly string[], [name = '', ...cells]: readonly string[], width: number): string[] {
  const told = cells.map((cell, i) => `${heads[i + 1]} ${cell}`).join(' · ');
  return [shorten(name, width), ...wrap(told, width - 2).map((line) => `  ${line}`)];
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
