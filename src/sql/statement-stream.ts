import { statementSpans } from './statements.ts';

/** A statement of a text that is read in parts, with the line where it begins. */
export interface StreamedStatement {
  readonly sql: string;
  readonly line: number;
  /** Whether it ends with the text, without a semicolon. */
  readonly isOpen: boolean;
}

/** Splits a text that comes in parts, so that a dump of any size can be run. */
export interface StatementStream {
  /** The statements that are complete with this part. */
  readonly add: (part: string) => StreamedStatement[];
  /** The statement that ends with the text, without a semicolon. */
  readonly end: () => StreamedStatement[];
}

/** Starts to split a text. A rest without a semicolon is read again once it has doubled, and not with each part. */
export function streamStatements(): StatementStream {
  let parts: string[] = [];
  let size = 0;
  let wanted = 0;
  let line = 1;
  const take = (isEnd: boolean): StreamedStatement[] => {
    const text = parts.join('');
    const found: StreamedStatement[] = [];
    let done = 0;
    let counted = 0;
    const lineAt = (offset: number): number => {
      line += linesIn(text, counted, offset);
      counted = offset;
      return line;
    };
    for (const { start, end, next } of statementSpans(text)) {
      if (next === null && !isEnd) break;
      found.push({ sql: text.slice(start, end), line: lineAt(start), isOpen: next === null });
      done = next ?? text.length;
    }
    lineAt(done);
    const rest = text.slice(done);
    parts = [rest];
    size = rest.length;
    wanted = 2 * size;
    return found;
  };
  return {
    add: (part) => {
      parts.push(part);
      size += part.length;
      return size < wanted ? [] : take(false);
    },
    end: () => take(true),
  };
}

/** The line ends of a part of a text. */
function linesIn(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
