import { readChangeParts } from './change-parts.ts';
import { outsideAt } from './nesting.ts';
import { columnIn, type Word } from './words.ts';

/** A question about the rows that an UPDATE or DELETE is about, as a query of one number. */
export interface ConditionQuestion {
  readonly kind: 'compares-kinds' | 'underscore-matches';
  /** Of a comparison: the rows of which one side is a number and the other one a text, whatever SQLite converts. */
  readonly rows: string;
  /** Of a comparison: the rows in which both sides are anything. */
  readonly compared: string;
  /** Of a comparison: whether a number on this side makes it true. */
  readonly holds: boolean;
}

/**
 * Reads, from the WHERE of an UPDATE or DELETE of one table, the comparisons and the patterns by which it may be about other
 * rows than its author thought: a number is less than any text (https://sqlite.org/datatype3.html#comparison_expressions), and
 * `_` in LIKE stands for any character (https://sqlite.org/lang_expr.html#like).
 */
export function readConditionQuestions(sql: string): ConditionQuestion[] {
  const read = readWhere(sql);
  if (read === null) return [];
  const { condition, count } = read;
  return [
    ...comparisonsIn(condition).flatMap((comparison) => questionsOf(comparison, count)),
    ...unmeantIn(condition).map((test): ConditionQuestion => {
      const rows = count(test);
      return { kind: 'underscore-matches', rows, compared: rows, holds: true };
    }),
  ];
}

/** Reads the conditions, one for each LIKE of an UPDATE or DELETE, of the rows that it takes only because of an underscore. */
export function readUnmeant(sql: string): string[] {
  return unmeantIn(readWhere(sql)?.condition ?? []);
}

/** The words after WHERE, and the query that counts the rows of the table for which a test holds; null without any. */
function readWhere(sql: string): { condition: readonly Word[]; count: (test: string) => string } | null {
  const parts = readChangeParts(sql);
  if (parts === null || parts.where === null || parts.from !== null) return null;
  const { common, table, where } = parts;
  return {
    condition: where,
    count: (test) => `${textOf(common)} SELECT count(*) FROM ${textOf(table)} WHERE ${test}`,
  };
}

interface Compared {
  readonly left: readonly Word[];
  readonly operator: string;
  readonly right: readonly Word[];
}

/** The comparisons outside of parentheses, each between ANDs and ORs. */
function comparisonsIn(condition: readonly Word[]): Compared[] {
  const depth = condition[0]?.depth;
  const edges = condition.flatMap(({ key, depth: own }, i) => (own === depth && connectives.has(key) ? [i] : []));
  const terms = [-1, ...edges].map((edge, i) => condition.slice(edge + 1, edges[i] ?? condition.length));
  return terms.flatMap((term) => {
    if (term.some(({ key }) => unread.has(key))) return [];
    const at = outsideAt(term, operators);
    const [left, right] = [term.slice(0, at), term.slice(at + 1)];
    return at > 0 && right.length > 0 ? [{ left, operator: term[at]?.key ?? '', right }] : [];
  });
}

function questionsOf({ left, operator, right }: Compared, count: (test: string) => string): ConditionQuestion[] {
  const sides = [
    { number: left, text: right, less: '<' },
    { number: right, text: left, less: '>' },
  ];
  return sides.flatMap(({ number, text, less }): ConditionQuestion[] => {
    // The text must be what the author wrote: one that rows hold may be of any kind elsewhere.
    // SQLite compares a column by the affinity that it declares.
    if (columnIn(number) === null || !isConstant(text)) return [];
    const [a, b] = [textOf(number), textOf(text)];
    const isNumber = `CASE WHEN json_valid(${b}) THEN json_type(${b}) IN ('integer', 'real') ELSE 0 END`;
    return [
      {
        kind: 'compares-kinds',
        rows: count(`typeof(${a}) IN ('integer', 'real') AND typeof(${b}) = 'text' AND NOT ${isNumber}`),
        compared: count(`${a} IS NOT NULL AND ${b} IS NOT NULL`),
        holds: operator.startsWith(less) || operator === '!=' || operator === '<>',
      },
    ];
  });
}

/** `c LIKE 'a_b%'`: the rows that the pattern takes and that have another character in the place of the underscore. */
function unmeantIn(condition: readonly Word[]): string[] {
  return condition.flatMap(({ key }, i): string[] => {
    const pattern = condition[i + 1];
    const isPlain = key === 'LIKE' && condition[i - 1]?.key !== 'NOT' && pattern?.kind === 'string';
    if (!isPlain || condition[i + 2]?.key === 'ESCAPE' || !/\w_\w|^'\w+_%/.test(pattern.text)) return [];
    if (/['%_]_|_'$|\\/.test(pattern.text.slice(1))) return [];
    const literal = [
      ...condition.slice(0, i + 1).map(({ text }) => text),
      `${pattern.text.replaceAll('_', '\\_')} ESCAPE '\\'`,
    ];
    const meant = [...literal, ...condition.slice(i + 2).map(({ text }) => text)].join(' ');
    return [`(${textOf(condition)}) AND (${meant}) IS NOT TRUE`];
  });
}

/** A value that reads no row: a text, or a function of constants. */
function isConstant(words: readonly Word[]): boolean {
  return words.every(
    ({ kind, key }, at) => kind !== 'name' && (kind !== 'word' || words[at + 1]?.text === '(' || constants.has(key)),
  );
}

function textOf(words: readonly Word[]): string {
  return words.map(({ text }) => text).join(' ');
}

const constants: ReadonlySet<string> = new Set(
  'TRUE FALSE NULL CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP'.split(' '),
);
const connectives: ReadonlySet<string> = new Set(['AND', 'OR']);
const operators: ReadonlySet<string> = new Set(['=', '==', '<', '<=', '>', '>=', '<>', '!=']);
/** Words of conditions that are no comparison of two values, or that have an AND of their own. */
const unread: ReadonlySet<string> = new Set([
  'BETWEEN',
  'CASE',
  'LIKE',
  'GLOB',
  'IN',
  'IS',
  'NOT',
  'EXISTS',
  'SELECT',
  'COLLATE',
]);
