import { closing } from './nesting.ts';
import { readWords, type Word } from './words.ts';

/** Questions about the lists after NOT IN in the condition of an UPDATE or DELETE, as queries of one number each. */
export interface NotIn {
  /** The rows that it would touch if no list held a NULL. */
  readonly withoutNulls: string;
  /** Whether a list without which nothing is touched holds a NULL; null where the condition needs none of them. */
  readonly holdsNull: string | null;
}

/**
 * Reads the lists of NOT IN, which is true for no row once a list holds a NULL
 * (https://sqlite.org/lang_expr.html#the_in_and_not_in_operators).
 * @returns null where there is none with a query, and where the statement reads other tables by FROM.
 */
export function readNotIn(sql: string): NotIn | null {
  const words = readWords(sql).filter(({ text }) => text !== ';');
  const outside = (keys: readonly string[], from: number): number =>
    words.findIndex(({ key, depth }, i) => i >= from && depth === 0 && keys.includes(key));
  const verb = outside(['UPDATE', 'DELETE'], 0);
  const where = outside(['WHERE'], verb);
  const lists = verb < 0 || where < 0 ? [] : listsAfter(words, where);
  const isUpdate = words[verb]?.key === 'UPDATE';
  if (lists.length === 0 || (isUpdate && outside(['FROM'], verb) >= 0)) return null;
  const text = (from: number, until: number): string => textWith(words, lists, from, until);
  const table = isUpdate ? (words[verb + 1]?.key === 'OR' ? verb + 3 : verb + 1) : verb + 2;
  const tail = outside(['ORDER', 'LIMIT', 'RETURNING'], where);
  const end = tail < 0 ? words.length : tail;
  const from = text(table, isUpdate ? outside(['SET'], verb) : where);
  const common = text(0, verb);
  const isAlternative = words.slice(where, end).some(({ key, depth }) => depth === 0 && key === 'OR');
  const needed = isAlternative ? [] : lists.filter(([open]) => words[open]?.depth === 0);
  const nulls = needed.map(([open, close]) => {
    const list = words.slice(open + 1, close).map((word) => word.text);
    return `EXISTS (SELECT * FROM (${list.join(' ')}) INTERSECT SELECT NULL)`;
  });
  return {
    withoutNulls: `${common} SELECT count(*) FROM ${from} WHERE ${text(where + 1, end)}`,
    holdsNull: nulls.length === 0 ? null : `${common} SELECT ${nulls.join(' OR ')}`,
  };
}

/** The places of two parentheses. */
type Between = readonly [open: number, close: number];

const queries: ReadonlySet<string> = new Set(['SELECT', 'WITH', 'VALUES']);

/** The parentheses of the queries after NOT IN. */
function listsAfter(words: readonly Word[], from: number): Between[] {
  return words.flatMap(({ key }, i): Between[] => {
    const isList = i > from && key === 'NOT' && words[i + 1]?.key === 'IN' && words[i + 2]?.key === '(';
    return isList && queries.has(words[i + 3]?.key ?? '') ? [[i + 2, closing(words, i + 2)]] : [];
  });
}

/**
 * The text of words, the NULLs taken out of lists among them: to compound SELECTs, NULLs are equal
 * (https://sqlite.org/lang_select.html#compound_select_statements).
 */
function textWith(words: readonly Word[], lists: readonly Between[], from: number, until: number): string {
  const pieces = words.slice(from, until).map(({ text }, i) => {
    const isOpening = lists.some(([open]) => open === from + i);
    const isClosing = lists.some(([, close]) => close === from + i);
    return `${isClosing ? ') EXCEPT SELECT NULL ' : ''}${text}${isOpening ? ' SELECT * FROM (' : ''}`;
  });
  return pieces.join(' ');
}
