import type { Refusal } from '../model/dataset.ts';
import type { Table } from '../model/schema.ts';
import { foldName, unquote } from '../sql/quote.ts';
import { significantTokens } from '../sql/tokens.ts';

/**
 * The columns that a refusal is about, out of those of `table`. All of them where SQLite does not say, as when a
 * trigger raises, or where it speaks of another table, which a trigger wrote.
 */
export function blamedColumns(refusal: Refusal, table: Table): ReadonlySet<string> {
  const { message, expression } = refusal;
  const blamed = expression === undefined ? columnsIn(message, table) : namesIn(expression, table);
  return blamed.size > 0 ? blamed : new Set(table.columns.map(({ name }) => name));
}

/** Whether a row is refused as a duplicate. https://sqlite.org/rescode.html#constraint_unique */
export function isDuplicate({ code }: Refusal): boolean {
  return code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY';
}

function columnsIn(message: string, table: Table): Set<string> {
  const failed = /^(?:NOT NULL|UNIQUE) constraint failed: (.*)$/s.exec(message)?.[1];
  // Names are not quoted there and may hold commas and points.
  if (failed !== undefined) return columnsWhere(table, (name) => `, ${failed}, `.includes(`, ${table.name}.${name}, `));
  const check = /^CHECK constraint failed: (.*)$/s.exec(message)?.[1];
  if (check !== undefined) return namesIn(expressionOf(check, table), table);
  if (/^cannot store /.test(message)) return columnsWhere(table, (name) => message.endsWith(` ${table.name}.${name}`));
  if (message === 'FOREIGN KEY constraint failed') return new Set(table.foreignKeys.flatMap(({ columns }) => columns));
  return new Set();
}

function columnsWhere(table: Table, test: (name: string) => boolean): Set<string> {
  return new Set(table.columns.map(({ name }) => name).filter(test));
}

/** SQLite names a CHECK by its CONSTRAINT, or else by its text. */
function expressionOf(named: string, table: Table): string {
  const texts = significantTokens(table.sql).map(({ text }) => text);
  const at = texts.findIndex(
    (text, i) => text.toUpperCase() === 'CONSTRAINT' && unquote(texts[i + 1] ?? '') === named && isCheck(texts[i + 2]),
  );
  if (at < 0) return named;
  const after = texts.slice(at + 3).join(' ');
  return table.checks.find((check) => after.startsWith(`( ${check} )`)) ?? named;
}

function isCheck(text: string | undefined): boolean {
  return text?.toUpperCase() === 'CHECK';
}

function namesIn(expression: string, table: Table): Set<string> {
  const names = new Set(significantTokens(expression).map(({ text }) => foldName(unquote(text))));
  return columnsWhere(table, (name) => names.has(foldName(name)));
}
