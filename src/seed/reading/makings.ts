import type { Migration, Statement } from '../../model/history.ts';
import type { Schema, Table } from '../../model/schema.ts';
import { readUpdate } from '../../sql/assignments.ts';
import { columnNamesIn } from '../../sql/expressions.ts';
import type { FromTable } from '../../sql/from-tables.ts';
import { readIndexTerms } from '../../sql/index-terms.ts';
import { readLineage } from '../../sql/lineage.ts';
import { foldName, includesName, quoteName, sameName } from '../../sql/quote.ts';
import { substitute } from '../../sql/substitute.ts';
import { type Transfer, transfersIn } from '../../sql/transfers.ts';
import { readUniques } from '../../sql/uniques.ts';
import { readWords } from '../../sql/words.ts';
import { type Destination, destinationOf } from './destinations.ts';

/** A part of a key that a migration makes of one column. */
export interface Making {
  readonly column: string;
  /** In terms of the table as it is before the migration, its names unqualified. */
  readonly expression: string;
  /** The columns of the table that are other parts of the key. */
  readonly beside: readonly string[];
}

/** Reads the expressions over one column of a table that a migration puts into a key, or makes a key of. */
export function readMakings(table: Table, migration: Migration, schema: Schema): Making[] {
  const { nameAtStart } = readLineage(migration);
  const isIt = (name: string | null, { index }: Statement): boolean =>
    name !== null && sameName(nameAtStart(name, index) ?? '', table.name);
  const found = migration.statements.flatMap((statement): Making[] => {
    const { head, sql } = statement;
    if (!isIt(head.target, statement)) return [];
    if (head.verb === 'update') return ofUpdate(sql, table, head.target ?? '', migration, schema);
    return head.verb === 'create-index' && readUniques(sql).length > 0 ? ofIndex(sql, table) : [];
  });
  const copied = transfersIn(migration).flatMap((transfer): Making[] => {
    const [from, more] = transfer.select.tables;
    return from == null || more !== undefined || !isIt(from.name, transfer.statement)
      ? []
      : ofCopy(transfer, table, from, destinationOf(transfer.target, migration, schema));
  });
  return [
    ...new Map([...found, ...copied].map((making) => [`${making.column}\0${making.expression}`, making])).values(),
  ];
}

function ofUpdate(sql: string, table: Table, name: string, migration: Migration, schema: Schema): Making[] {
  const { keys } = destinationOf(name, migration, schema);
  return readUpdate(sql).assignments.flatMap(({ column, text }): Making[] => {
    const key = keys.find((names) => includesName(names, column));
    if (key === undefined || text === null) return [];
    return making(text, table, [table.name, name], others(key, column));
  });
}

function ofIndex(sql: string, table: Table): Making[] {
  const terms = readIndexTerms(sql);
  return terms.flatMap((term, i) => making(term, table, [table.name], terms.toSpliced(i, 1)));
}

function ofCopy({ into, select }: Transfer, table: Table, from: FromTable, { columns, keys }: Destination): Making[] {
  const names = into ?? columns;
  const itemOf = (name: string): string[] => {
    const item = select.items[names.findIndex((each) => sameName(each, name))];
    return item === undefined ? [] : [item.text];
  };
  return keys.flatMap((key) =>
    key.flatMap((name) =>
      itemOf(name).flatMap((item) => making(item, table, [from.name, from.alias], others(key, name).flatMap(itemOf))),
    ),
  );
}

function others(names: readonly string[], except: string): string[] {
  return names.filter((name) => !sameName(name, except));
}

/** The expression, if it is one over a single column of the table and not that column itself. */
function making(text: string, table: Table, qualifiers: readonly string[], beside: readonly string[]): Making[] {
  const named = columnNamesIn(readWords(text));
  const [column, more] = table.columns.filter(
    ({ name, generated }) => generated === 'no' && named.includes(foldName(name)),
  );
  if (column === undefined || more !== undefined || /\bselect\b/i.test(text)) return [];
  const columns = new Map([[foldName(column.name), quoteName(column.name)]]);
  const expression = substitute(text, { columns, qualifiers: new Set(qualifiers.map(foldName)) });
  if (expression === null || sameName(expression.trim().replace(/^"|"$/g, ''), column.name)) return [];
  return [
    {
      column: column.name,
      expression,
      beside: table.columns.flatMap(({ name }) => (includesName(beside, name) ? [name] : [])),
    },
  ];
}
