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
    statements.flatMap(({ head: { verb }, sql, index }) => {
      const query = verb === 'insert' || verb === 'replace' ? queryOf(sql) : null;
      return query === null ? [] : [[index, select(query, limit)] as const];
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
      const carried = values.flatMap((awkward, i) => {
        return hosts({ table, label: `copied ${statement.index} ${key.join()} ${i}`, awkward }) ?? [];
      });
      if (carried.length === 0) return [];
      const { names, query } = copied;
      const said = describeHazard('taken-key', { table: table.name, key, values: [], copied: { names, query } });
      return [{ kind: 'taken-key', table: table.name, columns: key, ...said, rows: carried }];
    });
  });
}

/** The SELECT of an INSERT. */
interface Copied {
  readonly query: string;
  /** The columns of the table that its columns go into. */
  readonly names: readonly string[];
  /** Whether it reads no table, so that its rows are written out. */
  readonly isLiteral: boolean;
}

/** The SELECT of a statement and its names; null for VALUES. */
function copiedBy({ sql, head }: Statement, { columns }: Table): Copied | null {
  const { into } = readWriteText(sql);
  const query = queryOf(sql);
  if (query === null) return null;
  const all = columns.filter(({ generated }) => generated === 'no').map(({ name }) => name);
  const names = (into ?? all).map((name) => all.find((each) => sameName(each, name)) ?? name);
  return { query, names, isLiteral: head.sources.length === 0 };
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

/** The SELECT of an INSERT; null for VALUES, whose keys can be read. */
function queryOf(sql: string): string | null {
  const { query } = readWriteText(sql);
  return query === null || /^values\b/i.test(query) ? null : query;
}
