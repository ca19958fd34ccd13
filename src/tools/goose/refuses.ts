import type { Statement } from '../../model/history.ts';
import type { ToolRefusal } from '../../model/tool.ts';

const begin = /^--\s*\+goose\s+StatementBegin\b/i;
const end = /^--\s*\+goose\s+StatementEnd\b/i;

/**
 * goose ends a statement at each line that ends with a semicolon, so a trigger must stand between StatementBegin and
 * StatementEnd. https://pressly.github.io/goose/documentation/annotations/#complex-statements
 */
export function refuses(text: string, statements: readonly Statement[]): ToolRefusal[] {
  const lines = text.split('\n');
  const isKeptWhole = (line: number): boolean => {
    const before = lines.slice(0, line).findLast((each) => begin.test(each) || end.test(each));
    return before !== undefined && begin.test(before);
  };
  return statements
    .filter(
      ({ line, endLine }) =>
        !isKeptWhole(line) && lines.slice(line - 1, endLine - 1).some((each) => endsStatement(each)),
    )
    .map(({ index }) => ({
      statement: index,
      why: 'goose cuts the statement at the first line that ends with a semicolon',
    }));
}

function endsStatement(line: string): boolean {
  return line
    .replace(/\s--.*$/, '')
    .trimEnd()
    .endsWith(';');
}
