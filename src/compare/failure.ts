import type { Migration, Statement } from '../model/history.ts';
import type { Failure, Outcome, State, TableAtFailure } from '../model/outcome.ts';
import type { Schema, Table } from '../model/schema.ts';
import { isGuard } from '../sql/guards.ts';
import { jsonOperandsIn } from '../sql/json-operands.ts';
import { type Lineage, survivor } from '../sql/lineage.ts';
import { tableNamedIn } from '../sql/named-columns.ts';
import { namesIn } from '../sql/names.ts';
import { foldName, sameName, unquote } from '../sql/quote.ts';
import { significantTokens } from '../sql/tokens.ts';
import { triggerEvent } from '../sql/trigger-text.ts';

// "T.c" in `NOT NULL constraint failed: T.c`, `UNIQUE constraint failed: T.c, T.d`, `cannot store TEXT value in INTEGER column T.c`.
const namedTable =
  /(?:(?:NOT NULL|UNIQUE) constraint failed: |cannot store \w+ value in \w+ column )(?!index ')(.+?)\.[^.]+$/;

// Our own words, where the check before COMMIT finds rows without a parent.
const checkedTable = /^foreign key check failed: \d+ rows? of (.+?)\(/;

/** The facts that identify the table of a failure. */
export interface FailedTable {
  readonly migration: Migration;
  readonly lineage: Lineage;
  /** The schema before the migration. */
  readonly before: Schema;
  /** Whether the migration leaves a table of that name behind where it succeeds. */
  readonly exists: (table: string) => boolean;
}

/** @param whole what the migration comes to where it succeeds. */
export function siteOf(migration: Migration, lineage: Lineage, { schema }: State, whole: Outcome): FailedTable {
  const tables = whole.status === 'applied' ? whole.after.schema.tables : [];
  return { migration, lineage, before: schema, exists: (table) => tables.some(({ name }) => sameName(name, table)) };
}

/**
 * The table of a failure, under the name that it has at the end of the migration: the one in SQLite's message, else the
 * one whose row caused it. An expression that fails while rows are read (malformed JSON) is the fault of the table whose
 * column it reads; a constraint is the matter of the table written.
 */
export function failureTable(failure: Failure, site: FailedTable): string | null {
  const { lineage, exists } = site;
  const statement = statementOf(failure, site);
  // A message of RAISE or of a function may look like SQLite's words, with a value where the name of a table stands.
  const words = failure.harmless ? failure.message : '';
  const written = statement?.head.target ?? null;
  const target = written === null ? null : tableNamedIn(words, written);
  const named = target ?? namedTable.exec(words.split(', ')[0] ?? '')?.[1];
  if (statement === undefined) return named ?? checkedTable.exec(words)?.[1] ?? null;
  const row = named === undefined ? rowTable(failure, statement, site) : null;
  if (row !== null) return survivor(lineage, row.before.name, exists) ?? row.before.name;
  const table = named ?? statement.head.target;
  if (table === null) return null;
  const first = lineage.nameAtStart(table, statement.index);
  const last = lineage.nameAtEnd(table, statement.index);
  return last ?? (first === null ? null : survivor(lineage, first, exists)) ?? lineage.lastName(table, statement.index);
}

/** The rows that the failing statement met: those of the table that it was found to read, else of the one it changes. */
export function tableAtFailure(
  failure: Failure,
  site: FailedTable,
  held: readonly TableAtFailure[],
): TableAtFailure | null {
  const statement = statementOf(failure, site);
  if (statement === undefined) return null;
  const { verb, target, sources } = statement.head;
  const names = [
    rowTable(failure, statement, site)?.name ?? null,
    ...(reads(verb) && sources.length > 0 ? sources : [target, ...sources]),
  ];
  for (const name of names) {
    const found = held.find(({ table }) => name !== null && sameName(name, table));
    if (found !== undefined) return found;
  }
  return null;
}

/** A table that a statement reads: its name there, and what was there before the migration. */
interface ReadTable {
  readonly name: string;
  readonly before: Table;
}

/** The table whose row made an expression fail; null where a constraint failed, or where the statement's own target is meant. */
function rowTable({ code }: Failure, statement: Statement, site: FailedTable): ReadTable | null {
  if (/^SQLITE_(?:CONSTRAINT|MISMATCH)/.test(code)) return null;
  const named = tablesNamed(statement, site);
  for (const { qualifier, column } of jsonOperandsIn(statement.sql)) {
    const having = named.filter(({ before }) => before.columns.some(({ name }) => sameName(name, column)));
    const found = having.find(({ name }) => qualifier !== null && sameName(name, qualifier)) ?? having[0];
    if (found !== undefined) return found;
  }
  return reads(statement.head.verb) ? (named[0] ?? null) : null;
}

/** The tables that a statement reads: what it changes first, then those after FROM, then whatever else it names. */
function tablesNamed({ index, head, sql }: Statement, site: FailedTable): ReadTable[] {
  const target = head.target === null ? [] : [head.target];
  const [first, last] = reads(head.verb) ? [[], target] : [target, []];
  const isLast = (name: string): boolean => last.some((each) => sameName(each, name));
  const others = [...namesIn(sql)].filter((name) => !isLast(name));
  const names = new Map([...first, ...head.sources, ...others, ...last].map((name) => [foldName(name), name]));
  return [...names.values()].flatMap((name) => {
    const before = tableBefore(name, index, site);
    return before === null ? [] : [{ name, before }];
  });
}

/** The table of before that is called `name` when a statement runs, or that what is called so was filled from. */
function tableBefore(name: string, index: number, site: FailedTable): Table | null {
  const first = site.lineage.nameAtStart(name, index);
  if (first !== null) return site.before.tables.find((table) => sameName(table.name, first)) ?? null;
  const filling = site.migration.statements.find(
    ({ head, index: at }) =>
      at < index && head.target !== null && sameName(head.target, name) && head.sources.length > 0,
  );
  if (filling === undefined) return null;
  for (const source of filling.head.sources) {
    const before = tableBefore(source, filling.index, site);
    if (before !== null) return before;
  }
  return null;
}

/**
 * Whether the words are those of a trigger on UPDATE that was there before and asks for the new row alone
 * (https://sqlite.org/lang_createtrigger.html#raise). One that asks for the old row keeps what is there from changing.
 */
export function isValidation({ code, message }: Failure, { objects }: Schema): boolean {
  return (
    code === 'SQLITE_CONSTRAINT_TRIGGER' &&
    objects.some(({ type, sql }) => {
      if (type !== 'trigger' || sql === null || triggerEvent(sql) !== 'update') return false;
      const tokens = significantTokens(sql);
      const names = new Set(tokens.map(({ text }) => foldName(unquote(text))));
      return names.has(foldName(message)) && names.has('new') && !names.has('old');
    })
  );
}

/** Whether a constraint refused what a guard of the migration inserts. */
export function stopsOnPurpose({ code, statement: index }: Failure, migration: Migration): boolean {
  const statement = migration.statements.find((each) => each.index === index);
  if (!code.startsWith('SQLITE_CONSTRAINT') || statement === undefined) return false;
  return isGuard(statement, migration, code === 'SQLITE_CONSTRAINT_CHECK');
}

function statementOf({ statement }: Failure, { migration }: FailedTable): Statement | undefined {
  return migration.statements.find(({ index }) => index === statement);
}

function reads(verb: Statement['head']['verb']): boolean {
  return verb === 'insert' || verb === 'replace' || verb === 'create-table';
}
