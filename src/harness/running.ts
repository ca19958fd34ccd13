import { stripVTControlCharacters } from 'node:util';
import type { Note } from '../model/note.ts';
import type { Sources } from './project.ts';

/** The programs of a history while they can be run. */
export interface RunningPrograms {
  /** What a report says of them. */
  readonly notes: readonly Note[];
  /** The lines that they have printed since it was last asked. */
  readonly printed: () => readonly Note[];
  /** Ends the thread in which they run. */
  readonly dispose: () => void;
}

/** Sources with what runs their programs; null where there are none. */
export interface RunnableSources extends Sources {
  readonly programs: RunningPrograms | null;
}

/** What programs have printed, a note for each line. */
export function linesOf(text: string): Note[] {
  return stripVTControlCharacters(text)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => ({ code: 'printed', facts: { line } }));
}
