import type { Finding } from '../model/finding.ts';
import type { DrillSoFar } from '../model/request.ts';
import { renderFinding } from '../report/finding-lines.ts';
import { plain } from '../report/paint.ts';
import { noteDrilled, noteJudged } from '../supervise/supervised.ts';

/** Characters of a line: the text is printed by another process, whose terminal may be gone. */
const width = 100;

/** Keeps the errors and warnings of a judged migration, which are printed if the command ends before its report. */
export function keepFound(findings: readonly Finding[]): void {
  noteJudged(linesOf(findings.filter(({ severity }) => severity !== 'note')));
}

/** Keeps the count and the breaches of a drill that goes on, which are printed if the command ends before its report. */
export function keepDrilled({ faults, total, survived, seed, findings }: DrillSoFar): void {
  noteDrilled(
    `Drilled before the end: ${faults} of ${total} faults, ${survived} survived (--seed ${seed}).`,
    linesOf(findings),
  );
}

function linesOf(findings: readonly Finding[]): string {
  return findings.map((finding) => `${renderFinding(finding, { paint: plain, width }, false).join('\n')}\n`).join('\n');
}
