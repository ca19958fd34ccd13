import type { Column, Table } from '../model/schema.ts';
import type { ColumnFacts } from './reading/facts.ts';
import { words } from './reading/names.ts';

const ends =
  'deleted removed revoked archived cancelled canceled closed ended finished completed left disabled deactivated ' +
  'suspended banned blocked trashed discarded retired withdrawn terminated resolved rejected failed consumed used ' +
  'claimed locked leased acknowledged dismissed expired redeemed returned unsubscribed destroyed dropped superseded';
const ofAnEnd = new RegExp(`(?:^|_)(?:${ends.replaceAll(' ', '|')})_(?:at|on|by|date|time|ts|utc|reason)(?:_|$)`);
const ofAClaim =
  /(?:^|_)(?:claim|claimed|lease|leased|lock|locked|worker)_(?:token|id|by|owner|key|until|expires)(?:_|$)/;
const ofAFailure =
  /(?:^|_)(?:error|errors|failure|exception|stacktrace)(?:_(?:message|code|reason|text|detail|details))?$/;

/**
 * Whether NULL is the ordinary state of a column, so that a plain row has NULL there: a partial index or a view tests
 * it for NULL, or its name is that of an end that most rows have not come to (`deleted_at`), of a claim (`claim_token`)
 * or of a failure.
 */
export function isOrdinarilyNull(table: Table, column: Column, facts: ColumnFacts): boolean {
  if (!isNullable(table, column)) return false;
  const name = words(column.name).join('_');
  return facts.testedForNull || ofAnEnd.test(name) || ofAClaim.test(name) || ofAFailure.test(name);
}

/**
 * Whether a column may hold NULL. SQLite lets a primary key be NULL too, but no plain row has that.
 * https://sqlite.org/quirks.html#primary_keys_can_sometimes_contain_nulls
 */
export function isNullable(table: Table, column: Column): boolean {
  return !column.notNull && column.keyPosition === 0 && column.name !== table.rowidAlias;
}

/**
 * Whether a column may hold NULL in a row that nobody expects: one that may be NULL, or a part of a primary key of several
 * columns, which SQLite does not check in a table with rowids. A key of one column identifies its rows, and no application
 * leaves it out.
 */
export function mayTurnOutNull(table: Table, column: Column): boolean {
  const isPart = column.keyPosition > 0 && table.primaryKey.length > 1 && !table.withoutRowid;
  return isNullable(table, column) || (isPart && !column.notNull);
}
