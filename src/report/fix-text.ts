import type { Report } from '../model/report.ts';
import { shellWord } from '../text/shell-word.ts';

/** How many migrations are named. */
const named = 3;

/**
 * The flags with which `check` writes the corrected migrations of a report into their files, in one sentence; none without any. A
 * report of `check` knows not all flags of its own command, so they are to be added to it.
 */
export function fixTexts(report: Pick<Report, 'findings' | 'notes' | 'steps' | 'gate' | 'directory'>): string[] {
  const { findings, gate, directory } = report;
  const corrected = findings.filter(({ file, rewrite }) => file !== null && rewrite?.of === 'file');
  const names = [...new Set(corrected.map(({ migration }) => migration))];
  if (names.length === 0) return [];
  const { flag, when } = known(report, names);
  const flags = flag === null ? '--fix' : `--fix ${flag}`;
  const what = names.length === 1 ? 'The corrected text goes into its file' : 'The corrected texts go into their files';
  const by =
    gate === null
      ? `with \`${flags}\` added to this command`
      : `with \`${['rowproof check', flags, shellWord(directory)].join(' ')}\``;
  return [`${what} (${cut(names)}) ${by}${when}.`];
}

/** The flag that says which migrations production has applied, null where it is given; and the condition under which it is right. */
function known(
  { notes, steps, gate }: Pick<Report, 'notes' | 'steps' | 'gate'>,
  names: readonly string[],
): { flag: string | null; when: string } {
  if (notes.some(({ code }) => code === 'applied-left-out')) return { flag: null, when: '' };
  if (gate !== null && gate.name !== null) return { flag: `--since ${shellWord(gate.name)}`, when: '' };
  if (gate !== null && gate.file !== '-') return { flag: `--db ${shellWord(gate.file)}`, when: '' };
  const first = Math.min(...steps.filter(({ migration }) => names.includes(migration)).map(({ position }) => position));
  const before = steps.find(({ position }) => position === first - 1)?.migration;
  return before === undefined
    ? { flag: '--db FILE', when: '; FILE is the database of production, which tells what is applied' }
    : { flag: `--since ${shellWord(before)}`, when: `, if production has applied nothing after ${before}` };
}

function cut(names: readonly string[]): string {
  const more = names.length - named;
  return names.slice(0, named).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
