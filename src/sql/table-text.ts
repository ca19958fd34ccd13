import { significantTokens } from './tokens.ts';

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
  const checks: string[] = [];
  let autoincrement = false;
  let strict = false;
  let withoutRowid = false;
  let depth = 0;
  let closed = false;
  let check: string[] | null = null;
  let checkDepth = 0;
  let previous = '';
  for (const { kind, text } of significantTokens(createTable)) {
    if (text === ')') {
      depth -= 1;
      if (check !== null && depth === checkDepth) {
        checks.push(check.join(' '));
        check = null;
      }
    }
    check?.push(text);
    if (text === '(') {
      if (check === null && previous === 'CHECK') {
        check = [];
        checkDepth = depth;
      }
      depth += 1;
    }
    const word = kind === 'word' ? text.toUpperCase() : '';
    // Options stand behind the closing parenthesis, the rest inside.
    closed ||= depth === 0 && text === ')';
    strict ||= closed && word === 'STRICT';
    withoutRowid ||= closed && previous === 'WITHOUT' && word === 'ROWID';
    autoincrement ||= depth > 0 && check === null && word === 'AUTOINCREMENT';
    previous = word;
  }
  return { checks, autoincrement, strict, withoutRowid };
}
