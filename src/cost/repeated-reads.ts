import type { CountingDatabase, PlanLine } from '../database/step-counter.ts';
import type { Statement } from '../model/history.ts';
import { aliasesOf, lookedUpBy, orderedBy } from '../sql/lookups.ts';
import { quoteString, sameName } from '../sql/quote.ts';
import { nameOf, readWords } from '../sql/words.ts';
import { runOn, type Workload } from './run.ts';

/** A table that a statement reads for each turn of a loop. */
export interface RepeatedRead {
  readonly table: string;
  /** The table of that loop. */
  readonly outer: string;
  /** The line of the plan. */
  readonly line: string;
  /** Whether a foreign key reads it, and no text names it. */
  readonly isForeignKey: boolean;
  /** Whether it looks rows up instead of reading all. */
  readonly isSearch: boolean;
  /** Whether an index gives the rows of one key, so that the work depends on how many rows have it. */
  readonly isLookup: boolean;
  /** The keys by which an index could look its rows up, as in CREATE INDEX. */
  readonly keys: readonly string[];
  /** The keys by which the statement sorts the rows that it has looked up. */
  readonly ordered: readonly string[];
}

/** The repeated reads of statements by their numbers, in the order of their plans. */
export type ReadsByStatement = ReadonlyMap<number, readonly RepeatedRead[]>;

/** The plans of statements. */
export interface Plans {
  readonly reads: ReadsByStatement;
  /** The statements that the counting build of SQLite cannot run: it lacks a function or an extension of the application. */
  readonly unrun: readonly number[];
}

/**
 * Reads the plans of statements, each just before it runs. A plan does not depend on the rows, so that a database without rows tells
 * it. https://sqlite.org/eqp.html
 */
export function readPlans(workload: Workload, empty: Uint8Array, statements: readonly number[]): Plans {
  const plans = new Map<number, readonly RepeatedRead[]>();
  const { works } = runOn(workload, { rows: 0, content: empty }, (db, statement) => {
    if (statements.includes(statement.index)) plans.set(statement.index, readsOf(db, statement));
  });
  return { reads: plans, unrun: statements.filter((index) => !works.has(index)) };
}

function readsOf(db: CountingDatabase, { sql, head }: Statement): RepeatedRead[] {
  const tables = db.texts("SELECT name FROM main.sqlite_schema WHERE type = 'table'");
  const [first, ...others] = db.plan(sql).flatMap((line) => {
    const source = sourceOf(db, sql, line);
    const table = tableOf(db, line, source, tables);
    return table === undefined ? [] : { table, source, line };
  });
  if (first === undefined) return [];
  return others
    .filter(({ line }) => !line.isOnce)
    .map(({ table, source, line }) => {
      const columns = db.texts(`SELECT name FROM pragma_table_info(${quoteString(table)})`);
      const aliases = aliasesOf(source, table);
      const compared = lookedUpBy(source, aliases, columns);
      const declared = head.target === null ? [] : keysTo(db, table, head.target);
      return {
        table,
        outer: first.table,
        line: line.text,
        isForeignKey: timesNamed(source, table) <= (source === sql && sameName(head.target ?? '', table) ? 1 : 0),
        // The plan of min() and max() over all rows says SEARCH as well.
        isSearch: /^SEARCH \S+ USING /.test(line.text),
        isLookup: /^SEARCH \S+ USING .*INDEX .*\(\S+=\?/.test(line.text),
        ordered: orderedBy(source, aliases, columns),
        keys: [...new Set([...declared, ...compared])].filter((key) => !isIndexed(db, table, key)),
      };
    });
}

function timesNamed(sql: string, table: string): number {
  return readWords(sql).filter((word) => sameName(nameOf(word) ?? '', table)).length;
}

/** The text that a line of a plan is about: the statement, or one of its triggers. */
function sourceOf(db: CountingDatabase, sql: string, { trigger }: PlanLine): string {
  if (trigger === null || trigger === '') return sql;
  const text = `SELECT sql FROM main.sqlite_schema WHERE type = 'trigger' AND name = ${quoteString(trigger)}`;
  return db.texts(text)[0] ?? sql;
}

function tableOf(
  db: CountingDatabase,
  { text }: PlanLine,
  source: string,
  tables: readonly string[],
): string | undefined {
  const index = /^USING (?:COVERING )?INDEX (.*) FOR IN-OPERATOR$/.exec(text)?.[1];
  if (index !== undefined) {
    const of = `SELECT tbl_name FROM main.sqlite_schema WHERE type = 'index' AND name = ${quoteString(index)}`;
    return db.texts(of)[0];
  }
  const name = /^(?:SCAN|SEARCH) (\S+)/.exec(text)?.[1];
  return name === undefined
    ? undefined
    : tables.find((table) => aliasesOf(source, table).some((alias) => sameName(alias, name)));
}

/** The columns of a table's foreign keys to a parent whose rows change. */
function keysTo(db: CountingDatabase, table: string, parent: string): string[] {
  return db.texts(`SELECT "from" FROM pragma_foreign_key_list(${quoteString(table)})
    WHERE lower("table") = lower(${quoteString(parent)}) AND seq = 0`);
}

function isIndexed(db: CountingDatabase, table: string, key: string): boolean {
  const leading = `SELECT part.name FROM pragma_index_list(${quoteString(table)}) AS own, pragma_index_info(own.name) AS part
    WHERE part.seqno = 0 AND own.partial = 0`;
  const [word, ...others] = readWords(key);
  const own = others.length === 0 ? (nameOf(word) ?? key) : key;
  return db.texts(leading).some((name) => sameName(name, own));
}
