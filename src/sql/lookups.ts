import { tablesIn } from './from-tables.ts';
import { sameName } from './quote.ts';
import { nameOf, readWords, type Word } from './words.ts';

/** The names under which a statement reads a table: its own, and those after AS. */
export function aliasesOf(sql: string, table: string): string[] {
  const own = tablesIn(readWords(sql)).filter(({ name, alias }) => sameName(name, table) && alias !== name);
  return [table, ...own.map(({ alias }) => alias)];
}

/**
 * The columns of a table, and functions of one of them, that a statement compares for equality: the keys that an index could
 * look its rows up by. Qualifiers are left out, as in CREATE INDEX.
 * @param aliases the names under which the statement reads the table.
 */
export function lookedUpBy(sql: string, aliases: readonly string[], columns: readonly string[]): string[] {
  const words = readWords(sql);
  const keys = words.flatMap(({ key }, i) => {
    const isList = key === 'IN';
    if (!isList && key !== '=' && key !== '==' && key !== 'IS') return [];
    if (key === '=' && isAssignment(words, i)) return [];
    const end = isList && words[i - 1]?.key === 'NOT' ? i - 1 : i;
    const at = !isList && words[i + 1]?.key === 'NOT' ? i + 1 : i;
    // A collation that is written behind either side holds for both: https://sqlite.org/datatype3.html#collation
    const before = words[end - 2]?.key === 'COLLATE' ? words[end - 1] : undefined;
    const left = operandBefore(words, before === undefined ? end : end - 2);
    const right = isList ? [] : operandAfter(words, at);
    const after = words[at + 1 + right.length]?.key === 'COLLATE' ? words[at + 2 + right.length] : undefined;
    const collation = before ?? (isList ? undefined : after);
    const ending = collation === undefined ? '' : ` COLLATE ${collation.text}`;
    return [left, right].flatMap((operand) => {
      const own = keyOf(operand, aliases, columns);
      return own === null ? [] : [own + ending];
    });
  });
  return [...new Set(keys)];
}

/**
 * The keys of the first ORDER BY of a statement that reads the table alone: behind the key that it looks rows up by, they spare
 * it from sorting them.
 */
export function orderedBy(sql: string, aliases: readonly string[], columns: readonly string[]): string[] {
  const words = readWords(sql);
  for (const [i, { key, depth }] of words.entries()) {
    if (key !== 'ORDER' || words[i + 1]?.key !== 'BY') continue;
    const start = i + 2;
    const length = words
      .slice(start)
      .findIndex((word) => word.depth < depth || (word.depth === depth && /^(?:LIMIT|;)$/.test(word.key)));
    const terms = splitAt(words.slice(start, length < 0 ? undefined : start + length), depth);
    const keys = terms.map((term) => keyOf(withoutDirection(term), aliases, columns));
    if (keys.length > 0 && keys.every((own) => own !== null)) return keys;
  }
  return [];
}

/** Whether an equals sign stands in a SET clause, behind the name of a column or a list of them. */
function isAssignment(words: readonly Word[], at: number): boolean {
  const depth = words[at]?.depth ?? 0;
  const clause = words.findLast(
    ({ key, depth: own }, i) => i < at && own === depth && /^(?:SET|WHERE|FROM|RETURNING|ON|WHEN|SELECT)$/.test(key),
  );
  if (clause?.key !== 'SET') return false;
  const { key = '' } = words[at - operandBefore(words, at).length - 1] ?? {};
  return key === 'SET' || key === ',';
}

/** The lists of words between commas. */
function splitAt(words: readonly Word[], depth: number): Word[][] {
  const terms: Word[][] = [[]];
  for (const word of words) {
    if (word.key === ',' && word.depth === depth) terms.push([]);
    else terms.at(-1)?.push(word);
  }
  return terms;
}

/** A direction of all keys is read backwards as well. */
function withoutDirection(term: readonly Word[]): readonly Word[] {
  return /^(?:ASC|DESC)$/.test(term.at(-1)?.key ?? '') ? term.slice(0, -1) : term;
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
