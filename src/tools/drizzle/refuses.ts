import type { Statement } from '../../model/history.ts';
import type { DriverName, ToolRefusal } from '../../model/tool.ts';
import { splitStatements } from '../../sql/statements.ts';
import type { MigrationFile } from '../tool.ts';

const breakpoint = '--> statement-breakpoint';

/**
 * drizzle cuts a file at its breakpoints and hands each piece to the driver as one statement: better-sqlite3 refuses a piece
 * of two, libsql and node:sqlite run the first and are silent about the rest. All refuse one of none.
 */
export function refuses(
  text: string,
  _statements: readonly Statement[],
  _file: MigrationFile,
  driver: DriverName,
): ToolRefusal[] {
  let before = 0;
  return text.split(breakpoint).flatMap((piece): ToolRefusal[] => {
    const count = splitStatements(piece).length;
    const first = before + 1;
    before += count;
    if (count > 1) {
      const silent = driver === 'libsql' ? 'libsql' : driver === 'node' ? 'node:sqlite' : null;
      const why =
        silent !== null
          ? `${silent} runs only the first statement between two breakpoints, and this is the second`
          : 'drizzle runs the text between two breakpoints as one statement, but this is a second statement';
      return [{ statement: first + 1, why }];
    }
    const isRefused = count === 0 && before > 0;
    return isRefused
      ? [
          {
            statement: before,
            why: 'no statement follows the breakpoint after this statement, and the driver refuses that',
          },
        ]
      : [];
  });
}
