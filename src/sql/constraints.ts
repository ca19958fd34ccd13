import { significantTokens } from './tokens.ts';

/**
 * Reads from the text of a CREATE TABLE what no pragma tells: the expressions of its CHECK constraints (tokens joined
 * by single spaces) and whether it says AUTOINCREMENT.
 */
export function readConstraints(createTable: string): { checks: string[]; autoincrement: boolean } {
  const checks: string[] = [];
  let autoincrement = false;
  let depth = 0;
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
    previous = kind === 'word' ? text.toUpperCase() : '';
    autoincrement ||= check === null && previous === 'AUTOINCREMENT';
  }
  return { checks, autoincrement };
}
