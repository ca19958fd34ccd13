import { statSync } from 'node:fs';
import type { CopyWatch } from '../../database/copy.ts';
import type { RehearsalStep } from '../../gate/rehearsal.ts';
import type { Migration } from '../../model/history.ts';
import type { GateProgress } from '../../model/request.ts';
import { formatSize } from '../../text/size.ts';

/** How often the whole file is read or written for the parts of a rehearsal, as far as one can say before it. */
const passes = { count: 1, apply: 2, judge: 1 } as const;

/** Tells how far a gate has come. */
export interface GateCourse {
  /** Told of the course of the copy. */
  readonly copy: CopyWatch;
  /** Called before each pending migration. */
  readonly next: (migration: Migration, position: number, total: number) => void;
  /** Called with each result of the rehearsal before it is judged. */
  readonly reached: (event: RehearsalStep) => void;
}

/**
 * Follows a gate on a file, first its copy and then its migrations: only the ledger in the copy tells how many are pending.
 * A share is one of bytes. SQLite tells nothing during a statement, so that a migration counts as so many readings of the
 * whole file.
 */
export function followGate(file: string, shownAs: string, progress: GateProgress): GateCourse {
  let size = sizeOf(file);
  let text = `copying ${shownAs}`;
  let reach = (): void => {};
  return {
    copy: {
      copied: (done, total) => {
        // Nobody knows how long a stream is.
        if (total > 0) size = total;
        progress(text, { done, total: 2 * total });
      },
      blocking: (bytes) => {
        text = `copying ${shownAs} (${formatSize(bytes)}), writers wait`;
        progress(text, { done: 0, total: 2 * bytes });
      },
      checking: () => progress(`checking the copy of ${shownAs}`, { done: size, total: 2 * size }),
    },
    next: ({ name }, position, total) => {
      text = `${position}/${total} ${name}`;
      progress(text, { done: size * before(position), total: size * before(total + 1) });
      reach = () =>
        progress(`${text}, judging`, {
          done: size * (before(position + 1) - passes.judge),
          total: size * before(total + 1),
        });
    },
    reached: ({ kind }) => {
      if (kind === 'step') reach();
    },
  };
}

/** The passes before the migration at a position, from 1 on. */
function before(position: number): number {
  return position === 1 ? 0 : passes.count + (position - 1) * (passes.apply + passes.judge);
}

/** The size of a file; 0 for what is none. */
function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}
