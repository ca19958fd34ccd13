import type { CheckStage, Progress } from '../harness/check.ts';
import type { GateProgress, GateShare } from '../model/request.ts';
import { printable, shorten } from '../report/printable.ts';

/** How long a run takes before its rest is estimated, in milliseconds. */
const first = 2000;

/** The longest name of a migration in the line. */
const nameLimit = 40;

/** Shows where a check is, from a clock that gives milliseconds. */
export function shownProgress(show: (text: string) => void, now: () => number = () => performance.now()): Progress {
  const start = now();
  return (stage) => show(progressText(stage, now() - start));
}

/**
 * `37% 0004_skills on typical, about 12 s left`.
 * @param elapsed the milliseconds since the start.
 */
export function progressText({ migration, side, done, total }: CheckStage, elapsed: number): string {
  const share = total === 0 ? 0 : Math.floor((100 * done) / total);
  const text = `${share}% ${shorten(printable(migration.name), nameLimit)} on ${side}`;
  if (elapsed < first || done === 0) return text;
  return `${text}, ${leftText(elapsed, done, total)}`;
}

/** Shows where a gate is, from a clock that gives milliseconds. Its copy and its migrations begin at 0 each. */
export function shownGate(show: (text: string) => void, now: () => number = () => performance.now()): GateProgress {
  let start = now();
  let last = 0;
  return (what, share) => {
    if (share.done < last) start = now();
    last = share.done;
    show(gateText(what, share, now() - start));
  };
}

/**
 * `37% 2/4 0004_skills, 210 MB/s, about 12 s left`.
 * @param elapsed the milliseconds since the start.
 */
export function gateText(what: string, { done, total }: GateShare, elapsed: number): string {
  const text = printable(what);
  if (total <= 0) return done > 0 ? `${text}, ${Math.round(done / 1e6)} MB` : text;
  const told = `${Math.min(99, Math.floor((100 * done) / total))}% ${text}`;
  if (elapsed < first || done <= 0) return told;
  return `${told}, ${Math.round(done / elapsed / 1e3)} MB/s, ${leftText(elapsed, done, total)}`;
}

/** The rest of the time, if it goes on as it did. */
function leftText(elapsed: number, done: number, total: number): string {
  const seconds = Math.round((elapsed * Math.max(0, total - done)) / done / 1000);
  return `about ${seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`} left`;
}
