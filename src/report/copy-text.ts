import type { Report } from '../model/report.ts';
import { formatTime } from '../text/duration.ts';
import { formatSize } from '../text/size.ts';

/** How long the copy of production and its check took, and how long others waited for it, as sentences; none without a gate. */
export function copyTexts({ copy, notes }: Pick<Report, 'copy' | 'notes'>): string[] {
  if (copy === undefined) return [];
  const { bytes, milliseconds, check, writersWaited } = copy;
  const checked = `its ${check.integrity} check ${formatTime(check.milliseconds)}`;
  // The remark on a large database tells the reason too.
  const isRemarked = notes.some(({ code }) => code === 'writers-waited');
  return [
    `The copy of ${formatSize(bytes)} took ${formatTime(milliseconds)}, and ${checked}.`,
    ...(writersWaited === null || isRemarked
      ? []
      : [`No process could write to the database for ${formatTime(writersWaited.milliseconds)}.`]),
  ];
}
