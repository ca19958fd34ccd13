import type { BrokenObject } from '../model/outcome.ts';
import type { Schema, SchemaObject, Table } from '../model/schema.ts';
import { quoteName } from '../sql/quote.ts';
import { tableNamed, triggersOf } from '../sql/tables.ts';
import { type TriggerEvent, triggerEvent } from '../sql/trigger-text.ts';
import { type Database, sqliteError } from './connection.ts';

/**
 * Errors that do not concern the schema: parts that the application registers, and limits, which depend on the build of
 * SQLite (https://sqlite.org/limits.html).
 */
const notOfTheSchema =
  /^(?:no such (?:function|collation sequence|module|tokenizer)|unknown function|too many|parser stack)|too (?:deep|large|complex)/;

/** SQLite's error when it compiles a statement without running it; null without an error. */
function complaint(db: Database, sql: string): string | null {
  try {
    db.prepare(sql);
    return null;
  } catch (error) {
    const said = sqliteError(error);
    if (said === null) throw error;
    return notOfTheSchema.test(said.message) ? null : said.message;
  }
}

/** Whether a table can be written, its triggers and foreign keys included. The keys must be enforced. */
export function isSound(db: Database, schema: Schema, table: Table): boolean {
  const events = new Set<TriggerEvent>(['insert', ...triggersOf(schema, table.name).flatMap(eventOf)]);
  return [...events].every((event) => complaint(db, firing(event, table.name, writable(table))) === null);
}

/** A view that cannot be read. */
export function brokenView(db: Database, name: string): BrokenObject[] {
  const message = complaint(db, `SELECT * FROM main.${quoteName(name)} LIMIT 0`);
  return message === null ? [] : [{ type: 'view', name, table: name, message }];
}

/** A table that cannot be written because of its own text or its indexes. */
export function brokenTable(db: Database, schema: Schema, name: string): BrokenObject[] {
  return withKeys(db, false, () =>
    without(db, triggersOf(schema, name), () => {
      const message = complaint(db, firing('insert', name, []));
      return message === null ? [] : [{ type: 'table', name, table: name, message }];
    }),
  );
}

/** A table that cannot be written once its foreign keys are enforced. */
export function brokenKeys(db: Database, schema: Schema, { name }: Pick<Table, 'name'>): BrokenObject[] {
  return withKeys(db, true, () =>
    without(db, triggersOf(schema, name), () => {
      const message = complaint(db, firing('insert', name, []));
      return message === null ? [] : [{ type: 'foreign-key', name, table: name, message }];
    }),
  );
}

/** The triggers of a table or view that do not compile, each tried without the others. */
export function brokenTriggers(db: Database, schema: Schema, table: string): BrokenObject[] {
  const triggers = triggersOf(schema, table);
  if (triggers.length === 0) return [];
  const columns = columnsOf(db, schema, table);
  // Triggers of an unreadable view give the error of the view.
  if (columns === null) return [];
  return triggers.flatMap((trigger): BrokenObject[] => {
    const [event] = eventOf(trigger);
    if (event === undefined) return [];
    const others = triggers.filter((each) => each !== trigger);
    const message = withKeys(db, false, () => without(db, others, () => complaint(db, firing(event, table, columns))));
    return message === null ? [] : [{ type: 'trigger', name: trigger.name, table, message }];
  });
}

/** A statement that would fire the triggers of an event. An UPDATE of all columns fires those of some. */
function firing(event: TriggerEvent, table: string, columns: readonly string[]): string {
  const target = `main.${quoteName(table)}`;
  if (event === 'insert') return `INSERT INTO ${target} DEFAULT VALUES`;
  if (event === 'delete') return `DELETE FROM ${target}`;
  return `UPDATE ${target} SET ${columns.map((name) => `${quoteName(name)} = ${quoteName(name)}`).join(', ')}`;
}

function columnsOf(db: Database, schema: Schema, name: string): readonly string[] | null {
  const table = tableNamed(schema, name);
  if (table !== undefined) return writable(table);
  if (complaint(db, `SELECT * FROM main.${quoteName(name)} LIMIT 0`) !== null) return null;
  const columns = db.prepare<[string], string>("SELECT name FROM pragma_table_info(?, 'main')").pluck().all(name);
  return columns.length === 0 ? null : columns;
}

function writable({ columns }: Table): string[] {
  return columns.filter(({ generated }) => generated === 'no').map(({ name }) => name);
}

function eventOf({ sql }: SchemaObject): TriggerEvent[] {
  return [triggerEvent(sql ?? '')].filter((event) => event !== null);
}

/** Runs `work` while some triggers are not there. */
function without<T>(db: Database, triggers: readonly SchemaObject[], work: () => T): T {
  if (triggers.length === 0) return work();
  db.exec('SAVEPOINT rowproof_compile');
  try {
    for (const { name } of triggers) db.exec(`DROP TRIGGER IF EXISTS main.${quoteName(name)}`);
    return work();
  } finally {
    db.exec('ROLLBACK TO rowproof_compile; RELEASE rowproof_compile');
  }
}

/**
 * Runs `work` with foreign keys enforced or not: SQLite compiles them only where they are. Inside a transaction the switch
 * does nothing (https://sqlite.org/pragma.html#pragma_foreign_keys).
 */
export function withKeys<T>(db: Database, enforced: boolean, work: () => T): T {
  const was = db.pragma('foreign_keys', { simple: true }) === 1;
  if (was === enforced) return work();
  db.pragma(`foreign_keys = ${enforced ? 'ON' : 'OFF'}`);
  try {
    return work();
  } finally {
    db.pragma(`foreign_keys = ${was ? 'ON' : 'OFF'}`);
  }
}
