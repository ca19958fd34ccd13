import { statSync } from 'node:fs';
import type { CopyWatch } from '../../database/copy.ts';
import { formatSize } from '../../files/size.ts';
import type { RehearsalStep } from '../../gate/rehearsal.ts';
import type { Migration } from '../../model/history.ts';
import type { GateProgress } from '../../model/request.ts';

/** How often the whole file is read or written for the parts of a gate, as far as one can say before them. */
const passes = { copy: 1, check: 1, count: 1, apply: 2, judge: 1 } as const;

/** Tells how far a gate has come. */
export interface GateCourse {
  /** The progress of the copy. */
  readonly copy: CopyWatch;
  /** Called before each pending migration. */
  readonly next: (migration: Migration, position: number, total: number) => void;
  /** Called with each result of the rehearsal before it is judged. */
  readonly reached: (event: RehearsalStep) => void;
}

/**
 * Follows a gate on a file. Its share is one of bytes: SQLite tells nothing during a statement, so that a migration counts
 * as so many readings of the whole file.
 */
export function followGate(file: string, shownAs: string, progress: GateProgress): GateCourse {
  let size = sizeOf(file);
  let done = 0;
  let pending = 1;
  let text = `copying ${shownAs}`;
  const tell = (): void => {
    const each = passes.apply + passes.judge;
    progress(text, { done, total: size * (passes.copy + passes.check + passes.count + pending * each) });
  };
  return {
    copy: {
      copied: (bytes, total) => {
        // Nobody knows how long a stream is.
        if (total > 0) size = total;
        done = bytes;
        tell();
      },
      blocking: (bytes) => {
        size = bytes;
        text = `copying ${shownAs} (${formatSize(bytes)}), writers wait`;
        tell();
      },
      checking: () => {
        done = size * passes.copy;
        text = `checking the copy of ${shownAs}`;
        tell();
      },
    },
    next: ({ name }, position, total) => {
      pending = total;
      done = size * (passes.copy + passes.check + (position - 1) * (passes.apply + passes.judge));
      if (position > 1) done += size * passes.count;
      text = `${position}/${total} ${name}`;
      tell();
    },
    reached: (event) => {
      if (event.kind !== 'step') return;
      done += size * passes.apply;
      text = `${text}, judging`;
      tell();
    },
  };
}

/** The size of a file; 0 for what is none. */
function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}
