import type { Affinity } from '../sql/affinity.ts';
import { quoteName } from '../sql/quote.ts';

/** A column on both sides. */
export interface ColumnPair {
  readonly before: string;
  readonly after: string;
  readonly beforeAffinity: Affinity;
  readonly afterAffinity: Affinity;
  /** Whether it may hold NULL before. */
  readonly nullable: boolean;
  /** Whether a statement converts its values, so that those are the same that can be told from the new ones. */
  readonly converted?: boolean;
}

/** A table on both sides, and the columns whose values are compared. */
export interface TablePair {
  /** The schema that holds the state before. */
  readonly schema: string;
  readonly before: string;
  readonly after: string;
  readonly columns: readonly ColumnPair[];
}

/** Whether the row `a` of after has the key of the row `b` of before. Its column stands bare, so that its index can be used. */
export function matchesKey({ before, after, beforeAffinity, afterAffinity, nullable }: ColumnPair): string {
  const had = `b.${quoteName(before)}`;
  const value =
    beforeAffinity === afterAffinity ? had : afterAffinity === 'blob' ? `+${had}` : `CAST(${had} AS ${afterAffinity})`;
  return `a.${quoteName(after)} ${nullable ? 'IS' : '='} ${value}`;
}

/**
 * Whether the value of a column in the row `b` of before differs in a row of after: the partner `a`, or the row
 * `near` that stands where it should.
 */
export function differs(
  { before, after, beforeAffinity, afterAffinity, converted = false }: ColumnPair,
  other: 'a' | 'near' = 'a',
): string {
  const [had, has] = [`b.${quoteName(before)}`, `${other}.${quoteName(after)}`];
  const value = `+${has} IS NOT +${had} COLLATE BINARY`;
  // Numbers are stored as text in a TEXT column, so IS NOT tells all.
  if (beforeAffinity === 'text' && afterAffinity === 'text' && !converted) return `(${value})`;
  const any = `(${value} OR typeof(${has}) IS NOT typeof(${had}))`;
  if (converted) {
    // CAST passes over white space.
    const trimmed = `CAST(${has} AS TEXT) IS trim(${had})`;
    return `(${any} AND ${had} IS NOT NULL AND NOT (${isFaithful(had, has)} OR ${isTruncated(had, has)} OR ${trimmed}))`;
  }
  return beforeAffinity === afterAffinity ? any : `(${any} AND NOT (${isFaithful(had, has)}))`;
}

/** A value and its storage class, as expressions. */
export interface Comparable {
  readonly value: string;
  readonly storage: string;
}

/**
 * A value with its storage class as one text without a blank, which is another one for every other value: what `quote()`
 * says of numbers is exact, but it ends a text at its first NUL (https://sqlite.org/lang_corefunc.html#quote).
 */
export function asText({ value, storage }: Comparable): string {
  // 5 and 5.0 are one number where storage classes do not count.
  const number =
    storage === '0'
      ? `CASE WHEN ${value} = CAST(${value} AS INTEGER) THEN CAST(${value} AS INTEGER) ELSE ${value} END`
      : value;
  return `(CASE typeof(${value}) WHEN 'text' THEN 't' || hex(${value}) WHEN 'blob' THEN 'b' || hex(${value}) ELSE quote(${number}) END)`;
}

/**
 * A value in the form in which rows without identity are compared: unchanged, with its storage class. Where
 * the affinity of its column was changed, a text that is a number written out counts as that number, whatever its class.
 * @param name the column, quoted.
 */
export function comparable({ beforeAffinity, afterAffinity }: ColumnPair, name: string): Comparable {
  if (beforeAffinity === afterAffinity) return { value: `+${name}`, storage: `typeof(${name})` };
  const number = `CAST(${name} AS NUMERIC)`;
  const text = `CASE WHEN CAST(${number} AS TEXT) = ${name} COLLATE BINARY OR ${isDecimal(name)} THEN ${number} ELSE ${name} END`;
  return {
    value: `CASE typeof(${name}) WHEN 'text' THEN ${text} WHEN 'blob' THEN CAST(${name} AS TEXT) ELSE +${name} END`,
    storage: '0',
  };
}

/** Whether a text has digits on both sides of a point and no leading zero but that of 0.5. */
function isDecimal(text: string): string {
  return `${text} GLOB '*[0-9].[0-9]*' AND ${text} NOT GLOB '0[0-9]*'`;
}

/**
 * Whether a value that was converted to another affinity is what it was: each is the other one converted, or both are the
 * same number written with other zeros after the point. '007' made 7, and 2^53 + 1 made REAL, are not.
 */
function isFaithful(had: string, has: string): string {
  const converted = (value: string, like: string): string =>
    `CASE typeof(${like}) WHEN 'integer' THEN CAST(${value} AS INTEGER) WHEN 'real' THEN CAST(${value} AS REAL)
      WHEN 'text' THEN CAST(${value} AS TEXT) WHEN 'blob' THEN CAST(${value} AS BLOB) END`;
  const back = `+(${converted(has, had)}) IS +${had} COLLATE BINARY AND +(${converted(had, has)}) IS +${has} COLLATE BINARY`;
  // '38' is 38.0, and 2^53 + 1 is not.
  const whole = `CAST(CAST(${had} AS INTEGER) AS TEXT) = ${had} AND CAST(${has} AS INTEGER) IS CAST(${had} AS INTEGER)`;
  const number = `typeof(${had}) = 'text' AND typeof(${has}) IN ('integer', 'real')
    AND (${isDecimal(had)} OR ${whole}) AND +${has} IS CAST(${had} AS REAL)`;
  return `(${back}) OR (${number})`;
}

/** Whoever converts a number with a fraction to an integer wants to lose the fraction. */
function isTruncated(had: string, has: string): string {
  return `(typeof(${had}) = 'real' AND typeof(${has}) = 'integer' AND +${has} IS CAST(${had} AS INTEGER))`;
}

/** A chain of ORs as a balanced tree: https://sqlite.org/limits.html#max_expr_depth is 1000. */
export function anyOf(terms: readonly string[]): string {
  return terms.length === 0 ? '0' : chain(terms, 'OR');
}

/** The same of ANDs. */
export function allOf(terms: readonly string[]): string {
  return terms.length === 0 ? '1' : chain(terms, 'AND');
}

function chain(terms: readonly string[], word: 'AND' | 'OR'): string {
  if (terms.length < 3) return `(${terms.join(` ${word} `)})`;
  const half = terms.length >> 1;
  return `(${chain(terms.slice(0, half), word)} ${word} ${chain(terms.slice(half), word)})`;
}
