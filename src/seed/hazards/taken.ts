import type { SqlValue } from '../../model/connection.ts';
import type { Hazard, HazardRow } from '../../model/hazard.ts';
import type { Migration, Statement } from '../../model/history.ts';
import type { Table } from '../../model/schema.ts';
import { readLineage } from '../../sql/lineage.ts';
import { quoteName, quoteNames, quoteString, sameName } from '../../sql/quote.ts';
import { words } from '../reading/names.ts';
import { readRenamings, readWrittenRows } from '../reading/written-keys.ts';
import { takes } from '../values/affinity.ts';
import type { Carriers } from './carriers.ts';

/** How many keys of one statement get a row. */
const limit = 12;

/**
 * Rows that have a key already which the migration is about to write: where nobody wrote rows of the table out before, they
 * are the users' own, who count from 1 and choose names that others choose too. What only code chooses, as the name of a
 * setting, nobody has before the code.
 * @param isOwn whether an earlier migration wrote rows of the table out.
 */
export function hazardsOfWrittenKeys(
  table: Table,
  migration: Migration,
  plain: ReadonlyMap<string, SqlValue>,
  isOwn: boolean,
  carriers: Carriers,
): Hazard[] {
  const { nameAtStart } = readLineage(migration);
  const columns = table.columns.filter(({ generated }) => generated === 'no').map(({ name }) => name);
  return migration.statements.flatMap((statement): Hazard[] => {
    const { head, index } = statement;
    if (head.target === null || !sameName(nameAtStart(head.target, index) ?? '', table.name)) return [];
    if (isOwn) return [];
    if (head.verb === 'update') return renamedTo(statement, table, plain, carriers);
    const rows = readWrittenRows(statement, columns).slice(0, limit);
    return keysOf(table).flatMap((key): Hazard[] => {
      if (!key.some((name) => isChosen(table, name))) return [];
      const values = rows.flatMap((row) => valuesOf(key, row, table));
      const carried = values.flatMap((awkward, i) => {
        return carriers({ table, label: `taken ${index} ${key.join()} ${i}`, awkward }) ?? [];
      });
      if (carried.length === 0) return [];
      const said = values.map((value) => key.map((name) => literalOf(value.get(name) ?? null)));
      return [
        { kind: 'taken-key', table: table.name, columns: key, ...describe(table.name, key, said), rows: carried },
      ];
    });
  });
}

/** Two rows that are equal but for a column of a key: one holds what is renamed there, the other what it becomes. */
function renamedTo(
  statement: Statement,
  table: Table,
  plain: ReadonlyMap<string, SqlValue>,
  carriers: Carriers,
): Hazard[] {
  return readRenamings(statement).flatMap(({ column: written, from, to }): Hazard[] => {
    const column = table.columns.find(({ name }) => sameName(name, written))?.name;
    if (column === undefined || !keysOf(table).some((key) => key.includes(column))) return [];
    const label = `renamed ${statement.index} ${column}`;
    const row = (value: SqlValue, which: string): readonly HazardRow[] | null =>
      carriers({ table, label: `${label} ${which}`, apart: new Map([[column, value]]), twin: true });
    const before = plain.get(column) === from ? [] : row(from, 'from');
    const after = row(to, 'to');
    if (before === null || after === null) return [];
    const others =
      keysOf(table)
        .find((key) => key.includes(column))
        ?.filter((name) => name !== column) ?? [];
    const said = describeRenamed(table.name, column, literalOf(from), literalOf(to), others);
    return [{ kind: 'taken-key', table: table.name, columns: [column], ...said, rows: [...before, ...after] }];
  });
}

function describeRenamed(
  table: string,
  column: string,
  from: string,
  to: string,
  others: readonly string[],
): { needs: string; query: string } {
  if (others.length === 0) return describe(table, [column], [[to]]);
  const name = quoteName(column);
  const groups = quoteNames(others);
  return {
    needs: `two rows of ${table} with the same ${others.join(', ')} whose ${column} is ${from} and ${to}`,
    query: `SELECT ${groups} FROM ${quoteName(table)} WHERE ${name} IN (${from}, ${to}) GROUP BY ${groups} HAVING count(DISTINCT ${name}) > 1`,
  };
}

function keysOf({ indexes, rowidAlias }: Table): string[][] {
  const whole = indexes.filter(({ unique, partial, columns }) => unique && !partial && !columns.includes(null));
  return [
    ...(rowidAlias === null ? [] : [[rowidAlias]]),
    ...whole.map(({ columns }) => columns.flatMap((name) => name ?? [])),
  ];
}

/** Whether users come to a value by themselves: a number that is counted, or a name. */
function isChosen(table: Table, column: string): boolean {
  if (column === table.rowidAlias) return true;
  return /^(?:name|title|label|username|email|slug|number|no)$/.test(words(column).at(-1) ?? '');
}

function valuesOf(
  key: readonly string[],
  row: ReadonlyMap<string, SqlValue>,
  table: Table,
): ReadonlyMap<string, SqlValue>[] {
  const values = new Map<string, SqlValue>();
  for (const name of key) {
    const value = [...row].find(([column]) => sameName(column, name))?.[1];
    const type = table.columns.find((column) => column.name === name)?.type ?? '';
    if (value === undefined || !takes(type, value)) return [];
    values.set(name, value);
  }
  return [values];
}

function literalOf(value: SqlValue): string {
  return typeof value === 'string' ? quoteString(value) : String(value);
}

function describe(
  table: string,
  key: readonly string[],
  values: readonly (readonly string[])[],
): { needs: string; query: string } {
  const [first = '', ...others] = key;
  const names = others.length > 0 ? `(${key.map(quoteName).join(', ')})` : quoteName(first);
  const list = values.map((value) => (others.length > 0 ? `(${value.join(', ')})` : value.join()));
  const tests = others.length > 0 ? `VALUES ${list.join(', ')}` : list.join(', ');
  const shown = list.length > 3 ? `${list.slice(0, 3).join(', ')} or ${list.length - 3} more` : list.join(' or ');
  return {
    needs: `a row of ${table} whose ${key.join(', ')} is ${shown}, before the migration writes it`,
    query: `SELECT count(*) FROM ${quoteName(table)} WHERE ${names} IN (${tests})`,
  };
}
