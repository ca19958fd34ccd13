import { type Database, sqliteError } from '../database/connection.ts';
import { readSchema } from '../database/introspect.ts';
import type { Schema, Table } from '../model/schema.ts';
import { unquote } from '../sql/quote.ts';
import { significantTokens } from '../sql/tokens.ts';

/** A schema, and the modules of virtual tables that the connection lacks. */
export interface KnownSchema {
  readonly schema: Schema;
  readonly missingModules: readonly string[];
}

/**
 * Reads the schema of a database whose virtual tables may need modules that are not there: no pragma tells the columns
 * of such a table. Empty modules take their place on this connection. https://sqlite.org/vtab.html
 */
export function readSchemaWithout(db: Database, missingModules: readonly string[] = []): KnownSchema {
  try {
    return { schema: readSchema(db), missingModules };
  } catch (error) {
    const module = /^no such module: (.+)$/s.exec(sqliteError(error)?.message ?? '')?.[1];
    if (module === undefined || missingModules.includes(module) || db.table === undefined) throw error;
    db.table(module, { columns: ['missing'], rows: function* (): Generator {} });
    return readSchemaWithout(db, [...missingModules, module]);
  }
}

/** The module of a virtual table, as its text names it. https://sqlite.org/lang_createvtab.html */
export function moduleOf({ sql }: Table): string {
  const tokens = significantTokens(sql);
  const using = tokens.findIndex(({ kind, text }) => kind === 'word' && text.toUpperCase() === 'USING');
  return unquote(tokens[using + 1]?.text ?? '');
}
