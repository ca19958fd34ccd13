import { readCollations } from '../sql/collations.ts';
import { readConflictTarget } from '../sql/conflict-target.ts';
import { readIndexCondition } from '../sql/index-condition.ts';
import { readIndexTerms } from '../sql/index-terms.ts';
import { namedColumns } from '../sql/named-columns.ts';
import { foldName, quoteName, sameName } from '../sql/quote.ts';
import { asOperand } from '../sql/substitute.ts';
import { tableNamed } from '../sql/tables.ts';
import { readWriteText } from '../sql/write-text.ts';
import type { Listing } from './ask.ts';
import type { FailedStatement } from './conditions.ts';
import { allOf, express, type View, type Views } from './view.ts';

/** The expressions over the columns of its table that a key or a unique index compares. */
export interface UniqueExpressions {
  readonly terms: readonly string[];
  /** The condition of a partial index. */
  readonly where: string | null;
}

/**
 * The rows that hold one key together: those that a statement writes among each other, then those that are there and hold
 * the key of one that it writes.
 * @param rows what the statement writes.
 * @param whole what its table holds after an UPDATE.
 */
export function clashing(failed: FailedStatement, views: Views, rows: View | null, whole: View | null): Listing[] {
  const key = keyOf(failed);
  if (key === null) return [];
  const { head, sql } = failed.statement;
  const all = head.verb === 'update' ? whole : rows;
  const there = views.get(foldName(head.target ?? ''));
  const isInsert = head.verb === 'insert' || head.verb === 'replace';
  return [
    ...(all === null ? [] : repeated(all, key)),
    ...(head.verb === 'update' && there !== undefined && rows !== null ? met(there, rows, key) : []),
    ...(isInsert && there !== undefined && rows !== null
      ? taken(there, rows, key, unforgiven(failed, rows, there))
      : []),
    ...(isInsert && there !== undefined ? takenByQuery(there, readWriteText(sql), failed, key) : []),
    ...(isInsert && rows !== null ? numbered(failed, rows, key) : []),
  ];
}

/** The rows of one part of a compound SELECT whose key another part has too. */
export function clashingParts(failed: FailedStatement, parts: readonly View[]): Listing[] {
  const key = keyOf(failed);
  if (key === null) return [];
  return parts.flatMap((part, i) => parts.slice(i + 1).flatMap((other) => taken(part, other, key)));
}

/**
 * The rows that come to a key which another row still has: SQLite checks keys row by row, in an order of its own.
 * https://sqlite.org/lang_update.html
 */
function met(there: View, rows: View, key: UniqueExpressions): Listing[] {
  const [before, after] = [saidOf(there, key), saidOf(rows, key)];
  if (before === null || after === null) return [];
  const [old, made] = [before, after].map(({ terms }) => (terms.length > 1 ? `(${terms.join(', ')})` : terms.join()));
  const within = allOf([...there.where, ...before.conditions]);
  const held = `SELECT ${before.terms.join(', ')} FROM ${there.from}${within === null ? '' : ` WHERE ${within}`}`;
  return [{ view: rows, conditions: [...after.conditions, `${made} IS NOT ${old}`, `${made} IN (${held})`] }];
}

/** The rows whose key another row has; NULL is like no other NULL. */
function repeated(view: View, key: UniqueExpressions): Listing[] {
  const said = saidOf(view, key);
  if (said === null) return [];
  const { terms, conditions } = said;
  const within = allOf([...view.where, ...conditions]);
  const list = terms.join(', ');
  const one = terms.length > 1 ? `(${list})` : list;
  const groups = `SELECT ${list} FROM ${view.from}${within === null ? '' : ` WHERE ${within}`} GROUP BY ${list} HAVING count(*) > 1`;
  return [{ view, conditions: [...conditions, `${one} IN (${groups})`] }];
}

/**
 * The rows that get the next free number of a key for their NULL, which a row after them has.
 * https://sqlite.org/autoinc.html
 */
function numbered({ statement, schema }: FailedStatement, rows: View, { terms }: UniqueExpressions): Listing[] {
  const id = tableNamed(schema, statement.head.target ?? '')?.rowidAlias ?? null;
  const said = id === null || terms.join() !== quoteName(id) ? null : express(rows, quoteName(id));
  return said === null ? [] : [{ view: rows, conditions: [`${asOperand(said)} IS NULL`] }];
}

/** The rows that are there and whose key a row that is copied has. */
function taken(there: View, rows: View, key: UniqueExpressions, except: readonly string[] = []): Listing[] {
  const [own, copied] = [saidOf(there, key), saidOf(rows, key)];
  if (own === null || copied === null) return [];
  const within = allOf([...rows.where, ...copied.conditions, ...except]);
  const one = own.terms.length > 1 ? `(${own.terms.join(', ')})` : own.terms.join();
  const copies = `SELECT ${copied.terms.join(', ')} FROM ${rows.from}${within === null ? '' : ` WHERE ${within}`}`;
  return [{ view: there, conditions: [...own.conditions, `${one} IN (${copies})`] }];
}

/** The condition that a row which is copied meets none that ON CONFLICT forgives; nothing where it names no key. */
function unforgiven({ statement: { sql } }: FailedStatement, rows: View, there: View): string[] {
  const target = readConflictTarget(sql);
  const [own, copied] = [there, rows].map((view) => saidOf(view, { terms: target.map(quoteName), where: null }));
  if (target.length === 0 || own == null || copied == null) return [];
  const within = allOf([...there.where, ...own.conditions]);
  const one = copied.terms.length > 1 ? `(${copied.terms.join(', ')})` : copied.terms.join();
  return [
    `${one} NOT IN (SELECT ${own.terms.join(', ')} FROM ${there.from}${within === null ? '' : ` WHERE ${within}`})`,
  ];
}

/** The rows that are there and whose key VALUES or any other query writes. */
function takenByQuery(
  there: View,
  { query, into }: ReturnType<typeof readWriteText>,
  { schema, statement }: FailedStatement,
  key: UniqueExpressions,
): Listing[] {
  if (query === null) return [];
  const table = tableNamed(schema, statement.head.target ?? '');
  const given = into ?? table?.columns.filter(({ generated }) => generated === 'no').map(({ name }) => name) ?? [];
  const own = saidOf(there, key);
  const columns = key.terms.every((term) => given.some((name) => term.startsWith(quoteName(name))));
  if (own === null || !columns) return [];
  const one = own.terms.length > 1 ? `(${own.terms.join(', ')})` : own.terms.join();
  const names = given.map(quoteName).join(', ');
  const values = `WITH given (${names}) AS (${query}) SELECT ${key.terms.join(', ')} FROM given`;
  return [{ view: there, conditions: [...own.conditions, `${one} IN (${values})`] }];
}

/** A key in terms of the database. */
export interface KeyTerms {
  readonly terms: readonly string[];
  readonly conditions: readonly string[];
}

/** A key of a view in terms of the database; null where that is impossible. */
export function saidOf(view: View, { terms, where }: UniqueExpressions): KeyTerms | null {
  const said = terms.map((term) => express(view, term));
  const condition = where === null ? null : express(view, where);
  const known = said.filter((term) => term !== null);
  if (known.length < said.length || (where !== null && condition === null)) return null;
  return { terms: known, conditions: condition === null ? [] : [asOperand(condition)] };
}

/** The key in SQLite's message, or that of the index that a statement makes; null where neither can be read. */
export function keyOf({ failure, statement, schema }: FailedStatement): UniqueExpressions | null {
  const { head, sql } = statement;
  if (head.verb === 'create-index') return { terms: readIndexTerms(sql), where: readIndexCondition(sql) };
  const target = tableNamed(schema, head.target ?? '');
  if (target === undefined) return null;
  const index = /^UNIQUE constraint failed: index '(.*)'$/s.exec(failure.message)?.[1];
  if (index !== undefined) {
    const own = target.indexes.find(({ name }) => sameName(name, index))?.sql ?? null;
    return own === null ? null : { terms: readIndexTerms(own), where: readIndexCondition(own) };
  }
  const columns = namedColumns(
    failure.message,
    target.name,
    target.columns.map(({ name }) => name),
  );
  if (columns === null) return null;
  const collations = readCollations(target.sql);
  const terms = columns.map((name) => {
    const collation = collations.get(foldName(name));
    return collation === undefined ? quoteName(name) : `${quoteName(name)} COLLATE ${quoteName(collation)}`;
  });
  const indexes = target.indexes.filter(({ unique, columns: has }) => unique && has.join() === columns.join());
  const partial = indexes.every((each) => each.partial) ? indexes[0]?.sql : undefined;
  return { terms, where: partial == null ? null : readIndexCondition(partial) };
}
