import { describeHazard } from '../../hazards/hazards.ts';
import { isChosen } from '../../hazards/names.ts';
import type { SqlValue } from '../../model/connection.ts';
import type { Hazard, HazardRow } from '../../model/hazard.ts';
import type { Migration, Statement } from '../../model/history.ts';
import type { Table } from '../../model/schema.ts';
import { readLineage } from '../../sql/lineage.ts';
import { type WrittenRow, writtenRows } from '../../sql/literal-rows.ts';
import { sameName } from '../../sql/quote.ts';
import { columnNamed } from '../../sql/tables.ts';
import { readWords } from '../../sql/words.ts';
import { readRenamings, readShifts } from '../reading/changed-keys.ts';
import { takes } from '../values/affinity.ts';
import type { Hosts } from './hosts.ts';
import type { Children } from './with-children.ts';

/** How many keys of one statement get a row. */
const limit = 12;

/**
 * Rows that have a key already which the migration is about to write: where nobody wrote rows of the table out
 * before, they are the users' own, who count from 1 and choose names that others choose too. A value that only code
 * chooses, as the name of a setting, nobody has before the code.
 * @param isOwn whether an earlier migration wrote rows of the table out.
 */
export function hazardsOfWrittenKeys(
  table: Table,
  migration: Migration,
  plain: ReadonlyMap<string, SqlValue>,
  isOwn: boolean,
  hosts: Hosts,
  childrenOf: Children,
): Hazard[] {
  const { nameAtStart } = readLineage(migration);
  const columns = table.columns.filter(({ generated }) => generated === 'no').map(({ name }) => name);
  return migration.statements.flatMap((statement): Hazard[] => {
    const { head, index } = statement;
    if (head.target === null || !sameName(nameAtStart(head.target, index) ?? '', table.name)) return [];
    if (head.verb === 'update') {
      const shifted = shiftedTo(statement, table, plain, hosts);
      return isOwn ? shifted : [...shifted, ...renamedTo(statement, table, plain, hosts)];
    }
    if (isOwn) return [];
    const rows = writtenRows(statement, columns).slice(0, limit);
    // A row that is there by one key may end a statement that forgives it before it comes to the other key.
    const apart = isForgiving(statement) ? ({ apart: true } as const) : {};
    return wholeKeysOf(table).flatMap((key): Hazard[] => {
      if (!key.some((name) => name === table.rowidAlias || isChosen(name))) return [];
      const values = rows.flatMap((row) => valuesOf(key, row, table));
      const carried = values.flatMap((awkward, i) => {
        const taken = hosts({ table, label: `taken ${index} ${key.join()} ${i}`, awkward });
        const row = taken?.at(-1);
        // A row that is replaced takes its children along.
        return taken === null || row === undefined ? [] : [...taken, ...childrenOf(row, `taken ${index} ${i}`)];
      });
      if (carried.length === 0) return [];
      const said = describeHazard('taken-key', {
        table: table.name,
        key,
        values: values.map((value) => key.flatMap((name) => value.get(name) ?? [])),
      });
      return [{ kind: 'taken-key', table: table.name, columns: key, ...said, rows: carried, ...apart }];
    });
  });
}

/** Whether an INSERT leaves out or changes the row that it meets at one key. */
function isForgiving({ sql }: Statement): boolean {
  return readWords(sql).some(({ key, depth }) => depth === 0 && key === 'CONFLICT');
}

/** Two rows that are equal but for a column of a key: one holds what is renamed there, the other what it becomes. */
function renamedTo(statement: Statement, table: Table, plain: ReadonlyMap<string, SqlValue>, hosts: Hosts): Hazard[] {
  return readRenamings(statement).flatMap(({ column: written, from, to }): Hazard[] => {
    const column = columnNamed(table, written)?.name;
    const key = column === undefined ? undefined : wholeKeysOf(table).find((names) => names.includes(column));
    if (column === undefined || key === undefined) return [];
    const label = `renamed ${statement.index} ${column}`;
    const row = (value: SqlValue, which: string): readonly HazardRow[] | null =>
      hosts({ table, label: `${label} ${which}`, apart: new Map([[column, value]]), twin: true });
    const before = plain.get(column) === from ? [] : row(from, 'from');
    const after = row(to, 'to');
    if (before === null || after === null) return [];
    const said = describeHazard('taken-key', { table: table.name, key, values: [[to]], renamed: { column, from, to } });
    return [{ kind: 'taken-key', table: table.name, columns: [column], ...said, rows: [...before, ...after] }];
  });
}

/** A row beside the plain one, as far from it in a column of a key as the statement moves both. */
function shiftedTo(statement: Statement, table: Table, plain: ReadonlyMap<string, SqlValue>, hosts: Hosts): Hazard[] {
  return readShifts(statement).flatMap(({ column: written, by }): Hazard[] => {
    const column = columnNamed(table, written)?.name ?? '';
    const held = plain.get(column);
    const key = wholeKeysOf(table).find((names) => names.includes(column));
    if (key === undefined || typeof held !== 'number') return [];
    const label = `shifted ${statement.index} ${column}`;
    const rows = hosts({ table, label, apart: new Map([[column, held + by]]), twin: true });
    if (rows === null) return [];
    const said = describeHazard('taken-key', { table: table.name, key, values: [], shifted: { column, by } });
    return [{ kind: 'taken-key', table: table.name, columns: key, ...said, rows }];
  });
}

/** The keys of a table that are whole, and so hold for every row. */
export function wholeKeysOf({ indexes, rowidAlias }: Table): string[][] {
  const whole = indexes.filter(({ unique, partial, columns }) => unique && !partial && !columns.includes(null));
  return [
    ...(rowidAlias === null ? [] : [[rowidAlias]]),
    ...whole.map(({ columns }) => columns.flatMap((name) => name ?? [])),
  ];
}

function valuesOf(key: readonly string[], row: WrittenRow, table: Table): ReadonlyMap<string, string | number>[] {
  const values = new Map<string, string | number>();
  for (const name of key) {
    const value = [...row].find(([column]) => sameName(column, name))?.[1];
    if (value === undefined || !takes(columnNamed(table, name)?.type ?? '', value)) return [];
    values.set(name, value);
  }
  return [values];
}
