import type { SqlValue } from '../model/connection.ts';
import type { Statement } from '../model/history.ts';
import type { SchemaObject } from '../model/schema.ts';

/** An object of a schema that a text makes. */
export interface SchemaPart extends SchemaObject {
  readonly sql: string;
  /** The tables that it does not go without, by folded name: parents of its keys, the table that it stands on. */
  readonly needs: readonly string[];
  /** Whether the migrations do not make it, so that a database without rows lacks it too. */
  readonly isOutside: boolean;
  /** The statement that fills an index from the rows of its table, where it was in step with them. */
  readonly filledBy: string | null;
}

/** A row before the step. */
export interface CaseRow {
  readonly id: number;
  /** The table, by the name that its part has. */
  readonly table: string;
  readonly values: ReadonlyMap<string, SqlValue>;
  /** The rows that its declared keys refer to, by their ids. It never goes without them, for it would be an orphan then. */
  readonly parents: readonly number[];
}

/** A database before a step and the statements of the step: all that a finding takes. */
export interface Case {
  /** In the order in which they are made: tables first. */
  readonly schema: readonly SchemaPart[];
  readonly rows: readonly CaseRow[];
  readonly statements: readonly Statement[];
}

/** The numbers of AUTOINCREMENT stand in a table of SQLite's own. https://sqlite.org/autoinc.html */
export const sequenceTable = 'sqlite_sequence';

/** The case with some of its rows and their parents. */
export function withRows(whole: Case, rows: readonly CaseRow[]): Case {
  const byId = new Map(whole.rows.map((row) => [row.id, row]));
  const kept = new Set<number>();
  const keep = (row: CaseRow | undefined): void => {
    if (row === undefined || kept.has(row.id)) return;
    kept.add(row.id);
    for (const parent of row.parents) keep(byId.get(parent));
  };
  for (const row of rows) keep(row);
  return { ...whole, rows: whole.rows.filter(({ id }) => kept.has(id)) };
}

/** The case without a row and the rows that refer to it. */
export function withoutRow(whole: Case, row: CaseRow): Case {
  const gone = new Set([row.id]);
  for (let size = 0; size < gone.size; ) {
    size = gone.size;
    for (const each of whole.rows) if (each.parents.some((id) => gone.has(id))) gone.add(each.id);
  }
  return { ...whole, rows: whole.rows.filter(({ id }) => !gone.has(id)) };
}

/** The case with some parts of its schema and what these need; rows of other tables go, and so do rows that refer to them. */
export function withParts(whole: Case, parts: readonly SchemaPart[], fold: (name: string) => string): Case {
  const kept = new Set<SchemaPart>();
  const keep = (part: SchemaPart): void => {
    if (kept.has(part)) return;
    kept.add(part);
    for (const need of part.needs) {
      const table = whole.schema.find(({ type, name }) => type === 'table' && fold(name) === need);
      if (table !== undefined) keep(table);
    }
  };
  for (const part of parts) keep(part);
  const schema = whole.schema.filter((part) => kept.has(part));
  const tables = new Set(schema.flatMap(({ type, name }) => (type === 'table' ? [fold(name)] : [])));
  const isThere = ({ table, values }: CaseRow): boolean =>
    tables.has(fold(table === sequenceTable ? String(values.get('name')) : table));
  return { ...whole, schema, rows: whole.rows.filter(isThere) };
}
