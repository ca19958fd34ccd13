import { type Database, sqliteError } from '../database/connection.ts';
import { FunctionError } from '../database/registered.ts';
import { judgeWords, missingPart } from '../database/words.ts';
import type { TableProfile, UnreadTable } from '../model/profile.ts';
import type { Schema, Table } from '../model/schema.ts';
import { quoteName } from '../sql/quote.ts';
import { readColumns, untoldColumn } from './columns.ts';
import { groupsOfKey, type KeyFamilies, readFamilies, toForeignKeys } from './foreign-keys.ts';
import { columnLists, readKeys } from './keys.ts';
import { moduleOf } from './modules.ts';
import { readRowids } from './rowids.ts';
import type { ProfileScope } from './scope.ts';

/** A table, or the reason why it was not read. */
export type TableReading =
  | { readonly kind: 'read'; readonly profile: TableProfile }
  | { readonly kind: 'unread'; readonly unread: UnreadTable };

/**
 * Reads the shape of one table.
 * @throws the error of SQLite when the file itself is at fault
 */
export function readTable(db: Database, schema: Schema, table: Table, scope: ProfileScope): TableReading {
  if (table.kind === 'virtual') return unread(table, whyVirtual(moduleOf(table), scope));
  try {
    return { kind: 'read', profile: readShape(db, schema, table, scope) };
  } catch (error) {
    return unread(table, whyUnread(db, error));
  }
}

function readShape(db: Database, schema: Schema, table: Table, scope: ProfileScope): TableProfile {
  const { name } = table;
  const rows =
    db
      .prepare<[], number>(`SELECT count(*) FROM main.${quoteName(name)}`)
      .pluck()
      .get() ?? 0;
  if (rows > 0 && rows < scope.atLeast) return tinyTable(table, scope);
  let read: KeyFamilies[] | null = null;
  const families = (): KeyFamilies[] => {
    read ??= readFamilies(db, schema, table);
    return read;
  };
  const { columns, sampled } = readColumns(db, table, rows, scope, (column) => groupsOfKey(families(), column));
  return {
    name,
    rows,
    tiny: false,
    sampled,
    ...readRowids(db, table, rows),
    columns,
    keys: readKeys(db, table, rows, scope.atLeast),
    foreignKeys: toForeignKeys(db, families(), rows, scope.atLeast),
  };
}

/** A table with so few rows that any number would reveal one: the profile only calls it tiny. */
function tinyTable(table: Table, { atLeast }: ProfileScope): TableProfile {
  const untold = { nulls: 0, orphans: 0, orphanShare: 0, missingParents: 0, children: [], most: atLeast };
  return {
    ...{ name: table.name, rows: atLeast - 1, tiny: true, sampled: null, rowids: null, sequenceAhead: null },
    columns: table.columns.map(({ name }) => untoldColumn(name)),
    keys: columnLists(table).map((list) => ({ ...list, nulls: 0, duplicates: null })),
    foreignKeys: table.foreignKeys.map(({ columns, parent, parentColumns }) => ({
      ...{ columns, parent, parentColumns },
      ...untold,
    })),
  };
}

function unread({ name }: Table, reason: string): TableReading {
  return { kind: 'unread', unread: { table: name, reason } };
}

function whyVirtual(module: string, { missingModules }: ProfileScope): string {
  return missingModules.includes(module) ? `no such module: ${module}` : `it is a virtual table of ${module}`;
}

/**
 * Errors of SQLite that name what the connection lacks are shown. Other errors may quote a row, and so may errors of an
 * application's function that a generated column calls.
 * @throws `error` when it is about the file or is our own
 */
function whyUnread(db: Database, error: unknown): string {
  const said = sqliteError(error);
  if (said === null) throw error;
  if (error instanceof FunctionError) return 'a function of its generated columns fails';
  if (/^SQLITE_(?:BUSY|LOCKED|CORRUPT|NOTADB|READONLY|PERM)/.test(said.code)) throw error;
  const names = missingPart(db, said, []) !== null || judgeWords(db, said, []).harmless;
  return names ? said.message : `SQLite refuses to read it (${said.code})`;
}
