import type { Database } from '../database/connection.ts';
import { readRows } from '../database/reading.ts';
import type { Query } from '../model/query.ts';
import type { Table } from '../model/schema.ts';
import { affinityOf } from '../sql/affinity.ts';
import { bindText, type Parameter, readParameters, readWrittenValues } from '../sql/parameters.ts';
import { foldName, quoteName, sameName } from '../sql/quote.ts';
import { tableNamed } from '../sql/tables.ts';
import { foreignKeyOf, freshColumns, freshValue } from './fresh.ts';
import type { ModelRow, ModelRows } from './model-rows.ts';

/** A statement with values in the places of its parameters. */
export interface BoundStatement {
  /** The text, and of an INSERT a second one with a second new row. */
  readonly texts: readonly string[];
  /** The columns into which it puts NULL. */
  readonly nulls: readonly string[];
}

/** Values for parameters of which nothing is known, one after the other. */
const guesses = ['1', "'{}'", 'NULL'];

/**
 * Binds the parameters of a statement to values that rows of the database have: those of the newest row, then those of
 * rows with a NULL where the statement writes one. Keys of new rows are new. The statements bound like one row follow each other:
 * one of them suffices.
 */
export function boundStatements(models: ModelRows, query: Query): (readonly BoundStatement[])[] {
  const { sql, head } = query;
  const { db, schema } = models;
  const parameters = readParameters(sql);
  const target = head.target === null ? undefined : tableNamed(schema, head.target);
  const isInsert = head.verb === 'insert' || head.verb === 'replace';
  if (parameters.length === 0) return [[...(isInsert ? renewed(db, query, target) : []), { texts: [sql], nulls: [] }]];
  const columnOf = (column: string | number): string | null =>
    typeof column === 'string' ? column : (insertable(target)[column] ?? null);
  const whole = parameters.flatMap(({ use }) =>
    use.kind === 'written' && use.isWhole ? (columnOf(use.column) ?? []) : [],
  );
  const rows = target === undefined ? [] : models.rowsOf(target, whole);
  const likes: readonly ModelRow[] = rows.length === 0 ? [new Map<string, string>()] : rows;
  const others = createOthers(models, query);
  const written = parameters.flatMap(({ use }) => (use.kind === 'written' ? (columnOf(use.column) ?? []) : []));
  const fresh = new Set(isInsert && target !== undefined ? freshColumns(target, written) : []);
  const isGuessed = parameters.some(({ use }) => use.kind === 'other');
  return likes.map((row) =>
    (isGuessed ? guesses : ['NULL']).map((guess): BoundStatement => {
      const literal = ({ use }: Parameter, round: number): string => {
        if (use.kind === 'limit') return '10';
        if (use.kind === 'other') return guess;
        const column = columnOf(use.column);
        if (column === null) return guess;
        if (use.kind === 'compared' && (isInsert || !row.has(foldName(column)))) return others(column);
        const like = row.get(foldName(column)) ?? (target === undefined ? 'NULL' : usualValue(db, target, column));
        if (target === undefined || use.kind !== 'written' || !fresh.has(foldName(column))) return like;
        return freshValue(db, target, column, like, round) ?? like;
      };
      const textOf = (round: number): string => bindText(sql, parameters, literalsOf(parameters, round, literal));
      const nulls = whole.filter((column) => row.get(foldName(column)) === 'NULL');
      return { texts: isInsert ? [textOf(1), textOf(2)] : [textOf(1)], nulls };
    }),
  );
}

/** An INSERT that writes its values out, with new ones in the keys: the row of a recorded statement is there already. */
function renewed(db: Database, { sql }: Query, target: Table | undefined): BoundStatement[] {
  if (target === undefined) return [];
  const values = readWrittenValues(sql);
  const nameOf = ({ use }: Parameter): string =>
    use.kind !== 'written' ? '' : typeof use.column === 'string' ? use.column : (insertable(target)[use.column] ?? '');
  const fresh = new Set(freshColumns(target, values.map(nameOf)));
  if (fresh.size === 0) return [];
  const textOf = (round: number): string =>
    bindText(sql, values, (key) => {
      const value = values.find((each) => each.key === key);
      if (value === undefined) return 'NULL';
      const column = nameOf(value);
      return (fresh.has(foldName(column)) ? freshValue(db, target, column, value.text, round) : null) ?? value.text;
    });
  return [{ texts: [textOf(1), textOf(2)], nulls: [] }];
}

/** Of a value that stands in several places, the first place that says something counts. */
function literalsOf(
  parameters: readonly Parameter[],
  round: number,
  literal: (parameter: Parameter, round: number) => string,
): (key: string) => string {
  const literals = new Map<string, string>();
  const known = parameters.toSorted((a, b) => Number(a.use.kind === 'other') - Number(b.use.kind === 'other'));
  for (const parameter of known)
    if (!literals.has(parameter.key)) literals.set(parameter.key, literal(parameter, round));
  return (key) => literals.get(key) ?? 'NULL';
}

/** Values of columns of any table that a statement reads, from its newest row. */
function createOthers({ db, schema, rowsOf }: ModelRows, { head }: Query): (column: string) => string {
  const named = [head.target, ...head.sources].flatMap((name) =>
    name === null ? [] : (tableNamed(schema, name) ?? []),
  );
  const tables = [...named, ...schema.tables.filter(({ kind }) => kind === 'table')];
  return (column) => {
    const table = tables.find(({ columns }) => columns.some(({ name }) => sameName(name, column)));
    if (table === undefined) return "'x'";
    return rowsOf(table, [])[0]?.get(foldName(column)) ?? usualValue(db, table, column);
  };
}

/** A value for a column of a table without rows. */
function usualValue(db: Database, table: Table, column: string): string {
  const key = foreignKeyOf(table, column);
  if (key !== null) {
    const query = `SELECT quote(${quoteName(key.parentColumns[0] ?? '')}) FROM main.${quoteName(key.parent)} LIMIT 1`;
    const read = readRows(db, () => db.prepare<[], string>(query).pluck().get());
    return 'value' in read ? (read.value ?? 'NULL') : 'NULL';
  }
  const { type = '' } = table.columns.find(({ name }) => sameName(name, column)) ?? {};
  const usual = { integer: '1', real: '1.5', numeric: '1', text: "'x'", blob: "'x'" };
  return /json/i.test(column) ? "'{}'" : usual[affinityOf(type)];
}

function insertable(table: Table | undefined): string[] {
  return table?.columns.filter(({ generated }) => generated === 'no').map(({ name }) => name) ?? [];
}
