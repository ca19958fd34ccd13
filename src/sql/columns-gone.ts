import type { Statement } from '../model/history.ts';
import { foldName, sameName, unquote } from './quote.ts';
import { readWords } from './words.ts';
import { renamedColumn } from './write-text.ts';

/** The end of a column: the statement that drops it or its table, and its name then. */
export interface ColumnEnd {
  readonly statement: number;
  readonly column: string;
}

/**
 * Follows a column of before through a migration, as far as DROP COLUMN or DROP TABLE.
 * @returns null where neither comes, or where a statement that reads or writes rows names the column, by whatever mistake, or
 * takes all columns of the table: its values may have gone somewhere then, and if not, that is another finding.
 */
export function endUnread(statements: readonly Statement[], table: string, column: string): ColumnEnd | null {
  let [tableName, columnName] = [table, column];
  const tables = [table];
  const columns = [column];
  let end: ColumnEnd | null = null;
  for (const { head, index, sql } of statements) {
    if (head.target === null || !sameName(head.target, tableName)) continue;
    const isNamed = head.column !== null && sameName(head.column, columnName);
    if (head.verb === 'drop-table' || (isNamed && head.verb === 'drop-column')) {
      end = { statement: index, column: columnName };
      break;
    }
    if (isNamed && head.verb === 'rename-column') columnName = renamedColumn(sql) ?? columnName;
    else if (head.verb === 'rename-table') tableName = head.renamedTo ?? tableName;
    tables.push(tableName);
    columns.push(columnName);
  }
  if (end === null) return null;
  return statements.some((statement) => mayRead(statement) && reads(statement.sql, tables, columns)) ? null : end;
}

/** Definitions of tables and indexes read no values; those of views and triggers may. */
function mayRead({ head: { verb, sources } }: Statement): boolean {
  return reading.has(verb) || sources.length > 0;
}

const reading: ReadonlySet<string> = new Set(['insert', 'replace', 'update', 'delete', 'create-trigger', 'other']);

function reads(sql: string, tables: readonly string[], columns: readonly string[]): boolean {
  const words = readWords(sql).filter(({ kind }) => kind !== 'number');
  const said = new Set(words.map(({ text }) => foldName(unquote(text))));
  const isSaid = (name: string): boolean => said.has(foldName(name));
  if (columns.some(isSaid)) return true;
  return tables.some(isSaid) && words.some(({ key }, at) => key === '*' && standsForColumns(words[at - 1]?.key));
}

/** Whether a `*` behind this word multiplies nothing. */
function standsForColumns(before: string | undefined): boolean {
  return before !== undefined && ['SELECT', ',', '.', 'DISTINCT', 'ALL'].includes(before);
}
