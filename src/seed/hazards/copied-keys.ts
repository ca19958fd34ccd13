import { describeHazard } from '../../hazards/hazards.ts';
import { isChosen, isHandle } from '../../hazards/names.ts';
import type { SqlValue } from '../../model/connection.ts';
import type { Hazard } from '../../model/hazard.ts';
import type { Migration, Statement } from '../../model/history.ts';
import type { Table } from '../../model/schema.ts';
import { readLineage } from '../../sql/lineage.ts';
import { sameName } from '../../sql/quote.ts';
import { readWriteText } from '../../sql/write-text.ts';
import type { Hosts } from './hosts.ts';
import type { Sources } from './sources.ts';
import { wholeKeysOf } from './taken.ts';

/** How many rows of one SELECT get a row that has their key. */
const limit = 3;

/** The first rows that each statement copies, by its index. */
export type CopiedRows = ReadonlyMap<number, ReturnType<Sources['select']>>;

/** Reads what the statements of a migration copy of plain rows, before there are others. */
export function readCopiedRows({ statements }: Migration, { select }: Sources): CopiedRows {
  return new Map(
    statements.flatMap((statement) => {
      const { verb } = statement.head;
      const query = verb === 'insert' || verb === 'replace' ? queryOf(statement.sql) : null;
      if (query === null) return [];
      return [[statement.index, select(isCounting(statement, query) ? countingOneMore(query) : query, limit)] as const];
    }),
  );
}

/**
 * Rows that have a key already which the migration is about to copy into their table: SQLite computes the keys, whatever
 * the SELECT makes them of.
 * @param isOwn whether an earlier migration wrote rows of the table out.
 */
export function hazardsOfCopiedKeys(
  table: Table,
  migration: Migration,
  isOwn: boolean,
  copies: CopiedRows,
  sources: Sources,
  hosts: Hosts,
): Hazard[] {
  const { nameAtStart } = readLineage(migration);
  return migration.statements.flatMap((statement): Hazard[] => {
    const { verb, target } = statement.head;
    if ((verb !== 'insert' && verb !== 'replace') || target === null) return [];
    if (!sameName(nameAtStart(target, statement.index) ?? '', table.name)) return [];
    const copied = copiedBy(statement, table);
    if (copied === null || (copied.isLiteral && isOwn)) return [];
    const rows = copies.get(statement.index) ?? [];
    return wholeKeysOf(table).flatMap((key): Hazard[] => {
      if (copied.isLiteral && !key.some((name) => name === table.rowidAlias || isChosen(name))) return [];
      const values = rows.flatMap((row) => keyIn(row, key, copied.names, table, sources) ?? []);
      const { names, query } = copied;
      const said = describeHazard('taken-key', { table: table.name, key, values: [], copied: { names, query } });
      const takenBy = (keys: readonly ReadonlyMap<string, SqlValue>[], which: string): Hazard[] => {
        const rows = keys.flatMap(
          (awkward, i) =>
            hosts({ table, label: `copied ${statement.index} ${key.join()} ${which}${i}`, awkward }) ?? [],
        );
        const apart = copied.isCounted ? ({ apart: true } as const) : {};
        return rows.length === 0
          ? []
          : [{ kind: 'taken-key', table: table.name, columns: key, ...said, rows, ...apart }];
      };
      // The row itself is counted, and with it every other awkward row.
      return copied.isCounted ? takenBy(values.slice(0, 1), 'counted ') : takenBy(values, '');
    });
  });
}

/** Whether a query counts the rows of the table that it goes into. */
function isCounting({ head: { sources, target } }: Statement, query: string): boolean {
  return /\bcount\s*\(/i.test(query) && sources.some((source) => sameName(source, target ?? ''));
}

/** A query that gives the key after one more row, because the row that takes it is counted too. */
function countingOneMore(query: string): string {
  return query.replace(/\bcount\s*\(\s*\*\s*\)/gi, (count) => `(${count} + 1)`);
}

/** The SELECT of an INSERT. */
interface Copied {
  readonly query: string;
  /** The columns of the table that its columns go into. */
  readonly names: readonly string[];
  /** Whether it reads no table, so that its rows are written out. */
  readonly isLiteral: boolean;
  /** Whether it counts the rows of the table that it writes. */
  readonly isCounted: boolean;
}

/** The SELECT of a statement and its names; null for VALUES. */
function copiedBy(statement: Statement, { columns }: Table): Copied | null {
  const { sql, head } = statement;
  const { into } = readWriteText(sql);
  const query = queryOf(sql);
  if (query === null) return null;
  const all = columns.filter(({ generated }) => generated === 'no').map(({ name }) => name);
  const names = (into ?? all).map((given) => all.find((each) => sameName(each, given)) ?? given);
  return { query, names, isLiteral: head.sources.length === 0, isCounted: isCounting(statement, query) };
}

/** The key of a row; null where it has none, or where nobody has it by chance. */
function keyIn(
  row: readonly SqlValue[],
  key: readonly string[],
  names: readonly string[],
  table: Table,
  { referencesOf }: Sources,
): ReadonlyMap<string, SqlValue> | null {
  const pointing = new Set(referencesOf(table).flatMap(({ columns }) => columns));
  const values = new Map<string, SqlValue>();
  for (const name of key) {
    const value = row[names.indexOf(name)] ?? null;
    if (value === null || (isHandle(name, value) && !pointing.has(name))) return null;
    values.set(name, value);
  }
  return values;
}

/** The SELECT of an INSERT; null for VALUES without one, whose keys can be read. */
function queryOf(sql: string): string | null {
  const { query } = readWriteText(sql);
  return query === null || (/^values\b/i.test(query) && !/\bselect\b/i.test(query)) ? null : query;
}
