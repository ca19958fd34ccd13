/** The purpose that a declared type gives a column, beyond its affinity. */
export type DeclaredKind = 'number' | 'boolean' | 'date';

const numbers =
  /\b(?:(?:tiny|small|medium|big)?int(?:eger)?\d?|(?:big)?serial|real|float\d*|double|numeric|decimal|number)\b/i;
const booleans = /\bbool(?:ean)?\b/i;
const dates = /\b(?:date|datetime|time|timestamp(?:tz)?)\d*\b/i;

/**
 * The kind of value that a column is declared for; null where the type says none, or is for text. Affinity goes by parts of
 * words, so that POINT and INTERVAL are INTEGER to SQLite (https://sqlite.org/datatype3.html); a reader goes by words.
 */
export function declaredKind(type: string): DeclaredKind | null {
  if (booleans.test(type)) return 'boolean';
  if (dates.test(type)) return 'date';
  return numbers.test(type) ? 'number' : null;
}
