import { inside } from './nesting.ts';
import { readWords } from './words.ts';

/** What the text of a CREATE TABLE tells and no cheap pragma does. */
export interface TableText {
  /** The expressions of its CHECK constraints, tokens joined by single spaces. */
  readonly checks: readonly string[];
  readonly autoincrement: boolean;
  readonly strict: boolean;
  readonly withoutRowid: boolean;
}

/** Reads the text of a CREATE TABLE, as SQLite keeps it, or the CHECKs of an ALTER TABLE. https://sqlite.org/lang_createtable.html */
export function readTableText(createTable: string): TableText {
  const words = readWords(createTable);
  const closed = words.findIndex(({ key, depth }) => key === ')' && depth === 0);
  // Options stand behind the closing parenthesis, the rest inside.
  const options = closed < 0 ? [] : words.slice(closed).map(({ key }) => key);
  return {
    checks: words.flatMap(({ key }, i) =>
      key === 'CHECK' && words[i + 1]?.key === '('
        ? [
            inside(words, i + 1)
              .map(({ text }) => text)
              .join(' '),
          ]
        : [],
    ),
    autoincrement: words.some(({ key, depth }) => depth > 0 && key === 'AUTOINCREMENT'),
    strict: options.includes('STRICT'),
    withoutRowid: options.some((key, i) => key === 'WITHOUT' && options[i + 1] === 'ROWID'),
  };
}
