import { inside, items, outsideAt } from './nesting.ts';
import { nameOf, readWords, type Word } from './words.ts';

/** A column of a CREATE TABLE, or constraints of the table, which need no commas between them. */
export interface Definition {
  /** The name of the column; null for constraints of the table. */
  readonly column: string | null;
  /** All its words, the name first. */
  readonly words: readonly Word[];
}

/** Words that begin a constraint of the table, where a column begins with its name. */
const constraintWords: ReadonlySet<string> = new Set(['CONSTRAINT', 'PRIMARY', 'UNIQUE', 'CHECK', 'FOREIGN']);

const afterName: ReadonlySet<string> = new Set(['(', 'AS']);

/** What stands between the commas of a CREATE TABLE; nothing where a query says it. https://sqlite.org/lang_createtable.html */
export function readDefinitions(createTable: string): Definition[] {
  const words = readWords(createTable);
  return items(inside(words, outsideAt(words, afterName))).map((definition) => {
    const [first] = definition;
    const isConstraint = first === undefined || constraintWords.has(first.key);
    return { column: isConstraint ? null : nameOf(first), words: definition };
  });
}
