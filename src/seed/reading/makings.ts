import type { Migration, Statement } from '../../model/history.ts';
import type { Schema, Table } from '../../model/schema.ts';
import { readUpdate } from '../../sql/assignments.ts';
import { columnNamesIn } from '../../sql/expressions.ts';
import { readIndexTerms } from '../../sql/index-terms.ts';
import { readLineage } from '../../sql/lineage.ts';
import { foldName, quoteName, sameName } from '../../sql/quote.ts';
import { readSelectParts } from '../../sql/select-parts.ts';
import { substitute } from '../../sql/substitute.ts';
import { readUniques } from '../../sql/uniques.ts';
import { readWords } from '../../sql/words.ts';
import { readWriteText } from '../../sql/write-text.ts';
import { columnsIn } from './feeds.ts';
import { keysOf } from './ways.ts';

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
    switch (head.verb) {
      case 'update':
        return isIt(head.target, statement) ? ofUpdate(statement, table, migration, schema) : [];
      case 'create-index':
        return isIt(head.target, statement) && readUniques(sql).length > 0 ? ofIndex(sql, table) : [];
      case 'insert':
      case 'replace':
        return ofCopy(statement, table, migration, schema, (name) => isIt(name, statement));
      default:
        return [];
    }
  });
  return [...new Map(found.map((making) => [`${making.column}\0${making.expression}`, making])).values()];
}

function ofUpdate({ sql, head }: Statement, table: Table, migration: Migration, schema: Schema): Making[] {
  const keys = keysOf(head.target ?? '', migration, schema);
  return readUpdate(sql).assignments.flatMap(({ column, text }): Making[] => {
    const key = keys.find((names) => names.some((name) => sameName(name, column)));
    if (key === undefined || text === null) return [];
    return making(text, table, [table.name, head.target ?? ''], others(key, [column]));
  });
}

function ofIndex(sql: string, table: Table): Making[] {
  const terms = readIndexTerms(sql);
  return terms.flatMap((term, i) => making(term, table, [table.name], others(terms.toSpliced(i, 1), [])));
}

function ofCopy(
  { sql, head }: Statement,
  table: Table,
  migration: Migration,
  schema: Schema,
  isIt: (name: string) => boolean,
): Making[] {
  const { into, query } = readWriteText(sql);
  const parts = query === null ? null : readSelectParts(query);
  const [from, more] = parts?.tables ?? [];
  if (parts === null || from === undefined || more !== undefined || !isIt(from.name)) return [];
  const made = migration.statements.find(
    (each) => each.head.verb === 'create-table' && sameName(each.head.target ?? '', head.target ?? ''),
  );
  const there = schema.tables.find(({ name }) => sameName(name, head.target ?? ''))?.columns.map(({ name }) => name);
  const names = into ?? (made === undefined ? there : columnsIn(made.sql)) ?? [];
  const itemOf = (name: string): string | undefined => parts.items[names.findIndex((each) => sameName(each, name))];
  return keysOf(head.target ?? '', migration, schema).flatMap((key) =>
    key.flatMap((name) => {
      const item = itemOf(name);
      const rest = key.filter((each) => each !== name).flatMap((each) => itemOf(each) ?? []);
      return item === undefined ? [] : making(item, table, [from.name, from.alias], others(rest, []));
    }),
  );
}

function others(names: readonly string[], except: readonly string[]): string[] {
  return names.filter((name) => !except.some((each) => sameName(each, name)));
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
      beside: table.columns.flatMap(({ name }) => (beside.some((each) => sameName(each, name)) ? [name] : [])),
    },
  ];
}
