/** The report of a process of the bench: milliseconds of each part, of the whole and of the processor, and its peak memory. */
export interface Spent {
  readonly parts: Readonly<Record<string, number>>;
  readonly wall: number;
  readonly cpu: number;
  /** Kilobytes. */
  readonly peak: number;
}

const began = process.cpuUsage();
const start = performance.now();

/** Prints what this process has spent since it loaded this module. */
export function report(parts: Readonly<Record<string, number>>): void {
  const { user, system } = process.cpuUsage(began);
  const spent: Spent = {
    parts,
    wall: performance.now() - start,
    cpu: (user + system) / 1_000,
    peak: process.resourceUsage().maxRSS,
  };
  process.stdout.write(`${JSON.stringify(spent)}\n`);
}
