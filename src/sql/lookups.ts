import { sameName } from './quote.ts';
import { nameOf, readWords, type Word } from './words.ts';

/** The names under which a statement reads a table: its own, and those after AS. */
export function aliasesOf(sql: string, table: string): string[] {
  const words = readWords(sql);
  const aliases = words.flatMap((word, i) => {
    if (!sameName(nameOf(word) ?? '', table)) return [];
    const alias = words[i + 1]?.key === 'AS' ? words[i + 2] : words[i + 1];
    const name = nameOf(alias);
    return name === null || notNames.has(alias?.key ?? '') ? [] : [name];
  });
  return [table, ...aliases];
}

const notNames: ReadonlySet<string> = new Set(
  'WHERE SET ON USING JOIN LEFT RIGHT FULL INNER CROSS NATURAL OUTER GROUP ORDER LIMIT HAVING UNION EXCEPT INTERSECT SELECT VALUES DEFAULT INDEXED NOT RETURNING WINDOW AND OR THEN ELSE END WHEN'.split(
    ' ',
  ),
);

/**
 * The columns of a table, and functions of one of them, that a statement compares for equality: the keys that an index could
 * look its rows up by. Qualifiers are left out, as in CREATE INDEX.
 * @param aliases the names under which the statement reads the table.
 */
export function lookedUpBy(sql: string, aliases: readonly string[], columns: readonly string[]): string[] {
  const words = readWords(sql);
  const found = words.flatMap(({ key }, i) => {
    if (key === 'IN') return [operandBefore(words, words[i - 1]?.key === 'NOT' ? i - 1 : i)];
    if (key !== '=' && key !== '==' && key !== 'IS') return [];
    return [operandBefore(words, i), operandAfter(words, words[i + 1]?.key === 'NOT' ? i + 1 : i)];
  });
  const keys = found.flatMap((operand) => keyOf(operand, aliases, columns) ?? []);
  return [...new Set(keys)];
}

/** The words of the value that ends before a place: a name, or a function with its arguments. */
function operandBefore(words: readonly Word[], end: number): readonly Word[] {
  const last = words[end - 1];
  let start = end - 1;
  if (last?.key === ')') {
    start = words.findLastIndex((word, i) => i < end - 1 && word.key === '(' && word.depth === last.depth) - 1;
  }
  while (words[start - 1]?.key === '.') start -= 2;
  return start < 0 ? [] : words.slice(start, end);
}

/** The words of the value that begins after a place. */
function operandAfter(words: readonly Word[], at: number): readonly Word[] {
  let end = at + 2;
  while (words[end]?.key === '.') end += 2;
  const open = words[end];
  if (open?.key === '(') {
    const close = words.findIndex((word, i) => i > end && word.key === ')' && word.depth === open.depth);
    end = close < 0 ? end : close + 1;
  }
  return words.slice(at + 1, end);
}

/** The text of a value that reads columns of one table alone, without their qualifiers; null for any other. */
function keyOf(operand: readonly Word[], aliases: readonly string[], columns: readonly string[]): string | null {
  let reads = false;
  const texts: string[] = [];
  for (const [i, word] of operand.entries()) {
    if (word.key === 'SELECT') return null;
    const isQualifier = operand[i + 1]?.key === '.';
    const name = nameOf(word);
    if (isQualifier) {
      if (!aliases.some((alias) => sameName(alias, name ?? ''))) return null;
    } else if (word.key !== '.') {
      reads ||= name !== null && word.kind !== 'string' && columns.some((column) => sameName(column, name));
      texts.push(word.key === ',' ? ', ' : word.text);
    }
  }
  return reads ? texts.join('') : null;
}
