import type { Report, ReportNote } from '../model/report.ts';
import type { Answer, WeighedWarning } from '../model/weighed.ts';

/** A line of the list: what production's rows say, and of what. */
export interface WeighedLine {
  readonly answer: Answer;
  /** `0 rows: ruled out` */
  readonly said: string;
  /** The migration, the event and the rows that were looked for. */
  readonly about: string;
}

/** The heading of the list. */
export const weighedTitle = 'The rows of this database and the warnings of check';

/** How many lines of one answer are told one by one. */
const told = 12;

const words: Readonly<Record<Answer, string>> = {
  happens: 'this happens',
  unknown: 'not decided',
  harmless: 'not harmed',
  'ruled-out': 'ruled out',
};
const answers: readonly Answer[] = ['happens', 'unknown', 'harmless', 'ruled-out'];

/** The warnings that production's rows rule in or out, a line for each hazard; those that happen come first. */
export function weighedLines({ weighed }: Pick<Report, 'weighed'>): WeighedLine[] {
  return answers.flatMap((answer) => {
    const lines = weighed.filter((warning) => warning.answer === answer).flatMap(linesOf);
    const left = lines.length - told;
    if (left <= 1) return lines;
    const more = { answer, said: words[answer], about: `${left} more in the format json` };
    return [...lines.slice(0, told), more];
  });
}

function linesOf({ answer, migration, title, table, asked }: WeighedWarning): WeighedLine[] {
  const event = `${migration}  ${title}${table === null ? '' : ` (${table})`}`;
  // A hazard without rows beside one with rows decides nothing.
  const decisive = answer === 'ruled-out' ? asked : asked.filter(({ rows }) => rows !== 0);
  return (decisive.length > 0 ? decisive : asked).map(({ needs, rows }) => ({
    answer,
    said: `${rows === null ? 'not counted' : rows === 1 ? '1 row' : `${rows} rows`}: ${words[answer]}`,
    about: `${event}: ${needs}`,
  }));
}

/** The remarks of a report that people read: those that only repeat the list are left out. */
export function remarksOf({ notes, weighed }: Pick<Report, 'notes' | 'weighed'>): readonly ReportNote[] {
  if (weighed.length === 0) return notes;
  return notes.filter(({ code }) => code !== 'ruled-out-by-copy' && code !== 'harmless-on-copy');
}
