/** The endings of the inputs of a kind. */
export interface Tally {
  readonly kind: string;
  readonly way: 'worker' | 'command';
  tries: number;
  readonly exits: [clean: number, findings: number, couldNotRun: number];
  violations: number;
}

/** A table of all kinds and their sums. */
export function tableOf(tallies: readonly Tally[]): string {
  const rows = tallies.map(({ kind, way, tries, exits, violations }) => [
    `${kind}${way === 'command' ? ' (command)' : ''}`,
    tries,
    ...exits,
    violations,
  ]);
  const sums = [1, 2, 3, 4, 5].map((column) => rows.reduce((sum, row) => sum + Number(row[column]), 0));
  const all = [['kind of input', 'tries', 'exit 0', 'exit 1', 'exit 2', 'violations'], ...rows, ['all', ...sums]];
  const widths = [0, 1, 2, 3, 4, 5].map((column) => Math.max(...all.map((row) => String(row[column]).length)));
  return all
    .map((row) =>
      row
        .map((cell, i) => (i === 0 ? String(cell).padEnd(widths[i] ?? 0) : String(cell).padStart(widths[i] ?? 0)))
        .join('  '),
    )
    .join('\n');
}
