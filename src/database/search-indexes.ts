import type { StaleIndex } from '../model/outcome.ts';
import type { Schema, Table } from '../model/schema.ts';
import { quoteName, unquote } from '../sql/quote.ts';
import { moduleTables } from '../sql/tables.ts';
import { significantTokens } from '../sql/tokens.ts';
import { type Database, sqliteError } from './connection.ts';

/** A full-text index whose rows are those of another table or view. */
export interface SearchIndex {
  readonly name: string;
  readonly module: 'fts4' | 'fts5';
  readonly content: string;
}

/**
 * The full-text indexes of a schema that keep no content of their own: https://sqlite.org/fts5.html#external_content_tables
 * and https://sqlite.org/fts3.html#_external_content_fts4_tables_
 */
export function searchIndexes(schema: Schema): SearchIndex[] {
  return moduleTables(schema)
    .filter(({ kind }) => kind === 'virtual')
    .flatMap(indexOf);
}

function indexOf({ name, sql }: Table): SearchIndex[] {
  const words = significantTokens(sql).map(({ text }) => text);
  const using = words.findIndex((word) => word.toUpperCase() === 'USING');
  const module = words[using + 1]?.toLowerCase();
  if (module !== 'fts4' && module !== 'fts5') return [];
  const at = words.findIndex((word, i) => i > using && word.toLowerCase() === 'content' && words[i + 1] === '=');
  const content = at < 0 ? '' : unquote(words[at + 2] ?? '');
  return content === '' ? [] : [{ name, module, content }];
}

/**
 * The indexes among these that do not hold what their content holds, as their own check says. It reads alone.
 * https://sqlite.org/fts5.html#the_integrity_check_command
 */
export function staleIndexes(db: Database, indexes: readonly SearchIndex[]): StaleIndex[] {
  return indexes.filter((index) => isStale(db, index)).map(({ name, content }) => ({ name, content }));
}

/** @returns false where the index cannot be checked: what is not there, or does not compile, is told elsewhere. */
export function isStale(db: Database, { name, module }: SearchIndex): boolean {
  const index = quoteName(name);
  try {
    if (module === 'fts5') db.prepare(`INSERT INTO main.${index} (${index}, rank) VALUES ('integrity-check', 1)`).run();
    else db.prepare(`INSERT INTO main.${index} (${index}) VALUES ('integrity-check')`).run();
    return false;
  } catch (error) {
    const said = sqliteError(error);
    if (said === null) throw error;
    return said.code.startsWith('SQLITE_CORRUPT');
  }
}
