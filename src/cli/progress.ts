import type { Progress, Stage } from '../harness/check.ts';
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
export function progressText({ migration, side, done, total }: Stage, elapsed: number): string {
  const share = total === 0 ? 0 : Math.floor((100 * done) / total);
  const text = `${share}% ${shorten(printable(migration.name), nameLimit)} on ${side}`;
  if (elapsed < first || done === 0) return text;
  const seconds = Math.round((elapsed * (total - done)) / done / 1000);
  return `${text}, about ${seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`} left`;
}
