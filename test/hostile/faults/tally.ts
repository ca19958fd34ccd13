/** The endings of the tries of one kind of fault. */
export interface Tally {
  readonly kind: string;
  tries: number;
  /** The number of times that each end was met: an exit code, a signal, or the code of an error. */
  readonly ends: Map<string, number>;
  /** The violations of the law, in a sentence each. */
  readonly violations: string[];
}

/** The tallies of a suite, one for each kind in the order in which they were met. */
export function createTallies(): {
  /** Counts a try; `violation` is null when it held. */
  count(kind: string, end: string, violation: string | null): void;
  readonly violations: readonly string[];
  readonly tries: number;
  table(): string;
} {
  const tallies = new Map<string, Tally>();
  const all = (): Tally[] => [...tallies.values()];
  return {
    count: (kind, end, violation) => {
      const tally = tallies.get(kind) ?? { kind, tries: 0, ends: new Map<string, number>(), violations: [] };
      tallies.set(kind, tally);
      tally.tries += 1;
      tally.ends.set(end, (tally.ends.get(end) ?? 0) + 1);
      if (violation !== null) tally.violations.push(`${kind}: ${violation}`);
    },
    get violations() {
      return all().flatMap(({ violations }) => violations);
    },
    get tries() {
      return all().reduce((sum, { tries }) => sum + tries, 0);
    },
    table: () => {
      const rows = all().map(({ kind, tries, ends, violations }) => [
        kind,
        String(tries),
        String(tries - violations.length),
        [...ends].map(([end, times]) => `${end} ${times}`).join(', '),
      ]);
      const sum = (column: 1 | 2): string => String(rows.reduce((total, row) => total + Number(row[column]), 0));
      const lines = [['kind of fault', 'tries', 'survived', 'ends'], ...rows, ['all', sum(1), sum(2), '']];
      const widths = [0, 1, 2].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
      return lines
        .map(([kind = '', tries = '', survived = '', ends = '']) =>
          `${kind.padEnd(widths[0] ?? 0)}  ${tries.padStart(widths[1] ?? 0)}  ${survived.padStart(widths[2] ?? 0)}  ${ends}`.trimEnd(),
        )
        .join('\n');
    },
  };
}
