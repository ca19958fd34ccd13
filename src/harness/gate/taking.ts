import { statSync } from 'node:fs';
import type { CopyWatch } from '../../database/copy.ts';
import { noticedCopy } from '../../database/copy-pace.ts';
import type { CopyCost } from '../../model/cost.ts';
import type { NoteOf } from '../../model/note.ts';
import type { GateOptions } from '../../model/request.ts';
import type { Integrity } from '../../model/settings.ts';

/** The inputs of measuring a copy. */
export interface CopyMeasuring {
  /** The production file, as given. */
  readonly file: string;
  readonly integrity: Integrity;
  readonly clock: () => number;
  /** Told before processes that write to a large database have to wait. */
  readonly waiting: GateOptions['waiting'];
  /** Who else is told of the course of the copy. */
  readonly course: CopyWatch;
}

/** Measures how long the copy of production takes, and how long others wait for it. */
export interface TakingWatch {
  readonly copy: CopyWatch;
  /** @param copy the copy, which is checked now. */
  readonly end: (copy: string) => CopyCost;
}

/** Starts to measure, before the copy. */
export function watchTaking({ file, integrity, clock, waiting, course }: CopyMeasuring): TakingWatch {
  const start = clock();
  let blockedAt = 0;
  let waited: number | null = null;
  let expected: number | null = null;
  let checking = start;
  return {
    copy: {
      ...course,
      expected: (bytes, milliseconds) => {
        expected = rounded(milliseconds);
        waiting?.({ file, bytes, milliseconds: expected });
      },
      blocking: (bytes) => {
        course.blocking?.(bytes);
        blockedAt = clock();
      },
      released: () => {
        waited = (waited ?? 0) + clock() - blockedAt;
      },
      checking: () => {
        course.checking?.();
        checking = clock();
      },
    },
    end: (copy) => ({
      bytes: statSync(copy).size,
      milliseconds: rounded(checking - start),
      writersWaited: waited === null ? null : { milliseconds: rounded(waited), expected },
      check: { integrity, milliseconds: rounded(clock() - checking) },
    }),
  };
}

/** The remark that others had to wait for the copy of a large database. */
export function waitedNotes(file: string, { bytes, writersWaited }: CopyCost): NoteOf<'writers-waited'>[] {
  if (writersWaited === null || bytes < noticedCopy) return [];
  return [{ code: 'writers-waited', facts: { file, bytes, ...writersWaited } }];
}

/** To microseconds: no clock is better. */
function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}
