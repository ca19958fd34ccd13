import { readChangeParts } from './change-parts.ts';
import { closing } from './nesting.ts';
import type { Word } from './words.ts';

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
  const parts = readChangeParts(sql);
  if (parts === null || parts.where === null || parts.from !== null) return null;
  const { common, table, where } = parts;
  const lists = listsIn(where);
  if (lists.length === 0) return null;
  const isAlternative = where.some(({ key, depth }) => depth === 0 && key === 'OR');
  const needed = isAlternative ? [] : lists.filter(([open]) => where[open]?.depth === 0);
  const nulls = needed.map(
    ([open, close]) => `EXISTS (SELECT * FROM (${textOf(where.slice(open + 1, close))}) INTERSECT SELECT NULL)`,
  );
  return {
    withoutNulls: `${textOf(common)} SELECT count(*) FROM ${textOf(table)} WHERE ${textWith(where, lists)}`,
    holdsNull: nulls.length === 0 ? null : `${textOf(common)} SELECT ${nulls.join(' OR ')}`,
  };
}

/** The places of two parentheses. */
type Between = readonly [open: number, close: number];

const queries: ReadonlySet<string> = new Set(['SELECT', 'WITH', 'VALUES']);

/** The parentheses of the queries after NOT IN. */
function listsIn(words: readonly Word[]): Between[] {
  return words.flatMap(({ key }, i): Between[] => {
    const isList = key === 'NOT' && words[i + 1]?.key === 'IN' && words[i + 2]?.key === '(';
    return isList && queries.has(words[i + 3]?.key ?? '') ? [[i + 2, closing(words, i + 2)]] : [];
  });
}

/**
 * The text of words, the NULLs taken out of lists among them: to compound SELECTs, NULLs are equal
 * (https://sqlite.org/lang_select.html#compound_select_statements).
 */
function textWith(words: readonly Word[], lists: readonly Between[]): string {
  const pieces = words.map(({ text }, i) => {
    const isOpening = lists.some(([open]) => open === i);
    const isClosing = lists.some(([, close]) => close === i);
    return `${isClosing ? ') EXCEPT SELECT NULL ' : ''}${text}${isOpening ? ' SELECT * FROM (' : ''}`;
  });
  return pieces.join(' ');
}

function textOf(words: readonly Word[]): string {
  return words.map(({ text }) => text).join(' ');
}
