import type { Statement } from '../model/history.ts';
import type { ToolRefusal } from '../model/tool.ts';

/** The comments between which goose and sql-migrate keep a statement whole. */
export interface WholeMarks {
  readonly begin: RegExp;
  readonly end: RegExp;
}

/**
 * The faults of a file for goose and sql-migrate: a semicolon at the end of a line ends the statement, so a trigger must
 * stand between marks, and nothing may be left over behind the last such line.
 * https://pressly.github.io/goose/documentation/annotations/#complex-statements
 * @param title the tool, as in `goose`
 */
export function lineRefusals(
  title: string,
  text: string,
  statements: readonly Statement[],
  { begin, end }: WholeMarks,
): ToolRefusal[] {
  const lines = text.split('\n');
  const isKeptWhole = ({ line }: Statement): boolean => {
    const mark = lines.slice(0, line).findLast((each) => begin.test(each) || end.test(each));
    return mark !== undefined && begin.test(mark);
  };
  const bare = statements.filter((statement) => !isKeptWhole(statement));
  const cut = bare
    .filter(({ line, endLine }) => lines.slice(line - 1, endLine - 1).some(endsStatement))
    .map(({ index }) => ({
      statement: index,
      why: `${title} cuts the statement at the first line that ends with a semicolon`,
    }));
  const last = statements.at(-1);
  const isLeftOver =
    last !== undefined && bare.includes(last) && !lines.slice(last.endLine - 1).some((line) => endsStatement(line));
  const why = `${title} refuses a file that does not end its last statement with a semicolon at the end of a line`;
  return isLeftOver ? [...cut, { statement: last.index, why }] : cut;
}

function endsStatement(line: string): boolean {
  return line
    .replace(/(?:^|\s)--.*$/, '')
    .trimEnd()
    .endsWith(';');
}
