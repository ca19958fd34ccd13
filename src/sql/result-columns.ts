import { isBlank, tokens } from './tokens.ts';

/**
 * Which result columns of a query are computed by a SELECT in parentheses. SQLite names the column inside as their origin,
 * and yet it is an expression: which row it comes from is up to its WHERE. https://sqlite.org/lang_expr.html#scalar_subqueries
 * @param query one that begins with SELECT or WITH; of a compound the first SELECT counts.
 * @param count how many columns the query has: `*` stands for any number of them.
 * @returns one answer for each column, from the first.
 */
export function readSubqueries(query: string, count: number): boolean[] {
  const items = readItems(query);
  const star = items.findIndex(({ isStar }) => isStar);
  const lastStar = items.findLastIndex(({ isStar }) => isStar);
  return Array.from({ length: count }, (_, i) => {
    const fromEnd = items.length - (count - i);
    const item = star < 0 || i < star ? items[i] : fromEnd > lastStar ? items[fromEnd] : undefined;
    return item?.hasSelect ?? false;
  });
}

interface Item {
  readonly isStar: boolean;
  readonly hasSelect: boolean;
}

/** What stands between SELECT and FROM, by commas outside parentheses. */
function readItems(query: string): Item[] {
  const items: string[][] = [];
  let depth = 0;
  let isOpen = false;
  for (const token of tokens(query)) {
    if (isBlank(token)) continue;
    const isWord = token.kind === 'word' || token.kind === 'symbol';
    const text = isWord ? query.slice(token.start, token.end).toUpperCase() : '';
    if (text === ')') depth -= 1;
    if (depth === 0 && !isOpen && text === 'SELECT') {
      isOpen = true;
      items.push([]);
    } else if (depth === 0 && isOpen && ends.has(text)) break;
    else if (depth === 0 && isOpen && text === ',') items.push([]);
    else if (isOpen) items.at(-1)?.push(text);
    if (text === '(') depth += 1;
  }
  return items.map((texts) => ({
    isStar: texts.at(-1) === '*' && (texts.length === 1 || texts.at(-2) === '.' || modifiers.has(texts[0] ?? '')),
    hasSelect: texts.includes('SELECT'),
  }));
}

const ends: ReadonlySet<string> = new Set([
  'FROM',
  'WHERE',
  'GROUP',
  'ORDER',
  'LIMIT',
  'UNION',
  'EXCEPT',
  'INTERSECT',
  ';',
]);
const modifiers: ReadonlySet<string> = new Set(['DISTINCT', 'ALL']);
