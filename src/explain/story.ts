import type { Finding, FindingCode, FindingOf } from '../model/finding.ts';
import { isOf } from './rule.ts';

type Failing = FindingOf<'not-atomic'> | FindingOf<'fails-on-rows'>;
type Repeat = FindingOf<'not-rerunnable'>;

/**
 * Tells what comes of one failure as one finding, under the code that says most about the data that it leaves behind:
 * `not-atomic`, else `fails-on-rows`. The others are its consequences, and what they say joins its details.
 * @param findings those of one step.
 */
export function tellAsOne(findings: readonly Finding[]): Finding[] {
  const halves = findings.filter((each) => isOf('not-atomic', each));
  const failures = findings.filter((each) => isOf('fails-on-rows', each));
  const repeats = findings.filter((each) => isOf('not-rerunnable', each));
  const halfOf = (failure: Failing): FindingOf<'not-atomic'> | undefined =>
    halves.find((half) => isSameFailure(failure, half));
  const heads: readonly Failing[] = [...halves, ...failures.filter((failure) => halfOf(failure) === undefined)];
  const isTold = (repeat: Repeat): boolean => heads.some((head) => isRepeatOf(repeat, head));
  const withRepeats = (head: Failing): Failing =>
    repeats.filter((repeat) => isRepeatOf(repeat, head)).reduce<Failing>(withRepeat, head);
  return findings.flatMap((each): Finding[] => {
    if (isOf('not-rerunnable', each)) return isTold(each) ? [] : [each];
    if (isOf('fails-on-rows', each)) return halfOf(each) === undefined ? [withRepeats(each)] : [];
    if (!isOf('not-atomic', each)) return [each];
    const failure = failures.find((other) => isSameFailure(other, each));
    return [withRepeats(failure === undefined ? each : withFailure(each, failure))];
  });
}

function isSameFailure(a: Failing, b: Failing): boolean {
  // A guard that stops a migration does what it is for; the half that it leaves behind is a matter of its own.
  if (a.severity === 'note' || b.severity === 'note') return false;
  const reason = ({ code, cause }: Failing): string | null => (cause === code ? null : cause);
  return a.migration === b.migration && a.statement === b.statement && a.table === b.table && reason(a) === reason(b);
}

/** Whether a second run stumbles over what that failure left. A run that somebody interrupted has no failure before it. */
function isRepeatOf({ cause, migration, datasets, facts: { first } }: Repeat, failing: Failing): boolean {
  return (
    cause === 'not-rerunnable' &&
    migration === failing.migration &&
    (first === null || first === failing.statement) &&
    datasets.some((side) => failing.datasets.includes(side))
  );
}

/** How grave it is, the failure says: a row that a trigger keeps out of production leaves nothing behind there. */
function withFailure(half: FindingOf<'not-atomic'>, failure: FindingOf<'fails-on-rows'>): FindingOf<'not-atomic'> {
  return {
    ...half,
    severity: failure.severity,
    datasets: union(half.datasets, failure.datasets),
    details: union(failure.details, half.details),
    consequences: [failure.code],
  };
}

function withRepeat(story: Failing, { code, message }: Repeat): Failing {
  const told = {
    details: [...story.details, `Once the rows are put right, ${message}.`],
    consequences: union<FindingCode>(story.consequences, [code]),
  };
  return isOf('not-atomic', story) ? { ...story, ...told } : { ...story, ...told };
}

function union<T>(first: readonly T[], more: readonly T[]): T[] {
  return [...new Set([...first, ...more])];
}
