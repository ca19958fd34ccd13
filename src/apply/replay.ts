import type { Migration } from '../model/history.ts';
import type { Outcome } from '../model/outcome.ts';

/**
 * The statements of a program, where they do not depend on the rows: it then need not run again to try other rows, which
 * takes far longer. It does not depend on them where it came to its end with the same statements on the plain
 * rows and on all the awkward ones. Statements that call functions of the program need the program.
 * @returns null for SQL files, and where the program has to run.
 */
export function replayOf({ program, directives }: Migration, plain: Outcome, together: Outcome): Migration | null {
  if (program === undefined || program.isSlow === true) return null;
  // The directive acts on SQL that runs as written, and not on a program.
  if (directives.some(({ kind }) => kind === 'foreign-keys-off')) return null;
  const [ran, other] = [plain, together].map((outcome) => (outcome.status === 'applied' ? outcome.ran : undefined));
  if (ran === undefined || other === undefined || ran.callsProgram === true) return null;
  const isSame = ran.statements.length === other.statements.length;
  return isSame && ran.statements.every(({ sql }, place) => sql === other.statements[place]?.sql) ? ran : null;
}
