import type { Step } from '../apply/walk.ts';
import { HarnessError } from '../errors.ts';
import type { Note } from '../model/note.ts';
import type { Report } from '../model/report.ts';

/**
 * The steps up to the first one that needs a function, collation or module of the application. The judgements before it
 * stand, with a note on where the history ends.
 * @throws HarnessError `function-missing` where it is needed before anything was judged.
 */
export function* untilUnknown(steps: Iterable<Step>, note: (note: Note) => void): Generator<Step> {
  let judged = false;
  try {
    for (const step of steps) {
      yield step;
      judged = true;
    }
  } catch (error) {
    if (!judged || !isUnknownPart(error)) throw error;
    note({ code: 'ends-early', facts: { message: error.message, remedy: error.remedy ?? '' } });
  }
}

/** The note on where the history ends for a run that could not judge all of it; null where it judged all. */
export function endOf({ notes }: Pick<Report, 'notes'>): Extract<Note, { code: 'ends-early' }>['facts'] | null {
  return notes.find((note) => note.code === 'ends-early')?.facts ?? null;
}

/**
 * The report of a run that judged the whole history.
 * @throws HarnessError `function-missing` for any other: its findings alone would look like a verdict.
 */
export function whole(report: Report): Report {
  const end = endOf(report);
  if (end === null) return report;
  throw new HarnessError('function-missing', end.message, { remedy: end.remedy, facts: {} });
}

/** The result of `work`; `otherwise` where it needs such a part, as a corrected text does that runs with later migrations. */
export function unlessUnknown<T>(work: () => T, otherwise: T): T {
  try {
    return work();
  } catch (error) {
    if (isUnknownPart(error)) return otherwise;
    throw error;
  }
}

function isUnknownPart(error: unknown): error is HarnessError {
  return error instanceof HarnessError && error.code === 'function-missing';
}
