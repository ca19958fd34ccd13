import { readDefinitions } from './definitions.ts';
import { inside } from './nesting.ts';
import { textOf } from './select-parts.ts';

/** The expression that a generated column is computed by, by the column's name as written. */
export type Computed = readonly (readonly [column: string, expression: string])[];

/** Reads the generated columns of a CREATE TABLE. https://sqlite.org/gencol.html */
export function readComputed(createTable: string): Computed {
  if (!/\bAS\s*\(/i.test(createTable)) return [];
  return readDefinitions(createTable).flatMap(({ column, words }) => {
    const as = words.findIndex(({ key }, i) => key === 'AS' && words[i + 1]?.text === '(');
    const expression = as < 0 ? [] : inside(words, as + 1);
    return column === null || expression.length === 0 ? [] : [[column, textOf(createTable, expression)] as const];
  });
}
