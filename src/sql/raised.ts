import { outsideAt } from './nesting.ts';
import { quoteString } from './quote.ts';
import { textOf } from './select-parts.ts';
import { readWords, type Word } from './words.ts';

/**
 * Reads on which condition a trigger raises an error with a message: what stands after WHEN, and what guards the RAISE itself,
 * by WHERE or CASE. https://sqlite.org/lang_createtrigger.html#the_raise_function
 * @returns the conditions that hold together, for each such RAISE; null stands for one that cannot be read.
 */
export function readRaises(createTrigger: string, message: string): readonly (readonly string[] | null)[] {
  const words = readWords(createTrigger);
  const begin = words.findIndex(({ key, depth }) => key === 'BEGIN' && depth === 0);
  const when = words.findIndex(({ key, depth }, i) => i < begin && key === 'WHEN' && depth === 0);
  const head = when < 0 ? [] : [textOf(createTrigger, words.slice(when + 1, begin))];
  const said = quoteString(message);
  return bodyOf(words.slice(begin + 1)).flatMap((statement): (readonly string[] | null)[] => {
    const raise = statement.findIndex(({ key }) => key === 'RAISE');
    const isIt = statement
      .slice(raise + 1, raise + 5)
      .some(({ start, end }) => createTrigger.slice(start, end) === said);
    if (raise < 0 || !isIt) return [];
    const guard = guardOf(statement, raise, (some) => textOf(createTrigger, some));
    return [guard === null ? null : [...head, ...guard]];
  });
}

/** The statements between BEGIN and END. */
function bodyOf(words: readonly Word[]): Word[][] {
  const ends = words.flatMap(({ text, depth }, i) => (text === ';' && depth === 0 ? [i] : []));
  return [-1, ...ends].map((end, i) => words.slice(end + 1, ends[i]));
}

/** The conditions of one `SELECT … RAISE …`; null where the statement is another one. */
function guardOf(statement: readonly Word[], raise: number, text: (words: readonly Word[]) => string): string[] | null {
  if (statement[0]?.key !== 'SELECT') return null;
  const [from, where] = [outsideAt(statement, froms), outsideAt(statement, wheres)];
  const condition = where < 0 ? [] : [text(statement.slice(where + 1))];
  const isBare = raise === 1;
  if (isBare && from < 0) return condition;
  if (isBare) return [`EXISTS (SELECT 1 ${text(statement.slice(from))})`];
  const [, start, test] = statement;
  const then = statement.findLastIndex(({ key }, i) => i < raise && key === 'THEN');
  const tested = statement.findLastIndex(({ key }, i) => i < then && key === 'WHEN');
  if (start?.key !== 'CASE' || test?.key !== 'WHEN' || tested !== 2 || then !== raise - 1 || from >= 0) return null;
  return [text(statement.slice(3, then)), ...condition];
}

const froms: ReadonlySet<string> = new Set(['FROM']);
const wheres: ReadonlySet<string> = new Set(['WHERE']);
