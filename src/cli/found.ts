import type { Finding } from '../model/finding.ts';
import { plain } from '../report/paint.ts';
import { renderFinding } from '../report/terminal.ts';
import { noteJudged } from '../supervise/supervised.ts';

/** Characters of a line: the text is printed by another process, whose terminal may be gone. */
const width = 100;

/** Keeps the errors and warnings of a judged migration, which are printed if the command ends before its report. */
export function keepFound(findings: readonly Finding[]): void {
  const told = findings.filter(({ severity }) => severity !== 'note');
  noteJudged(
    told.map((finding) => `${renderFinding(finding, { paint: plain, width }, false).join('\n')}\n`).join('\n'),
  );
}
