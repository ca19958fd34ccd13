import type { Report } from '../model/report.ts';
import { formatTime } from '../text/duration.ts';
import { formatSize } from '../text/size.ts';

/** How long the copy of production and its check took, and how long others waited for it, as sentences; none without a gate. */
export function copyTexts({ copy }: Pick<Report, 'copy'>): string[] {
  if (copy === undefined) return [];
  const { bytes, milliseconds, check, writersWaited } = copy;
  const checked = `its ${check.integrity} check ${formatTime(check.milliseconds)}`;
  return [
    `The copy of ${formatSize(bytes)} took ${formatTime(milliseconds)}, and ${checked}.`,
    ...(writersWaited === null ? [] : [waited(writersWaited)]),
  ];
}

function waited({ milliseconds, expected }: { milliseconds: number; expected: number | null }): string {
  const told = expected === null ? '' : `; ${formatTime(expected)} were expected`;
  return `Processes that write to the database waited ${formatTime(milliseconds)} for the copy${told}.`;
}
