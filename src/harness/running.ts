import { stripVTControlCharacters } from 'node:util';
import type { Note } from '../model/note.ts';
import type { ProjectSources } from './project.ts';

/** The programs of a history while they can be run. */
export interface RunningPrograms {
  /** The facts about them in a report. */
  readonly notes: readonly Note[];
  /** The lines that they have printed since it was last asked. */
  readonly printed: () => readonly Note[];
  /** Ends the thread in which they run. */
  readonly dispose: () => void;
}

/** Sources with what runs their programs; null where there are none. */
export interface RunnableSources extends ProjectSources {
  readonly programs: RunningPrograms | null;
}

/** Turns the output of programs into notes, one for each line. */
export function linesOf(text: string): Note[] {
  return stripVTControlCharacters(text)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => ({ code: 'printed', facts: { line } }));
}
