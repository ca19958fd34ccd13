import type { Schema } from '../model/schema.ts';
import { significantTokens } from '../sql/tokens.ts';

/**
 * The keys of JSON documents that SQL tells: names of tables and columns, and keys in the paths that the schema and the
 * migrations take from documents. They are the application's words and come from no row.
 * @param migrations SQL texts
 */
export function keysInSql(schema: Schema, migrations: readonly string[]): ReadonlySet<string> {
  const names = schema.tables.flatMap(({ name, columns }) => [name, ...columns.map((column) => column.name)]);
  const texts = [...schema.objects.map(({ sql }) => sql ?? ''), ...migrations];
  return new Set([...names, ...texts.flatMap(keysInPaths)]);
}

/**
 * A path is an argument behind the first, or stands behind `->` or `->>`.
 * https://sqlite.org/json1.html#path_arguments
 */
function keysInPaths(sql: string): string[] {
  const found: string[] = [];
  let before = '';
  for (const { kind, text } of significantTokens(sql)) {
    const literal = kind === 'string' ? text.slice(1, -1).replaceAll("''", "'") : null;
    if (literal !== null && /^\$[.[]/.test(literal) && /^(?:,|->>?)$/.test(before)) found.push(...keysOf(literal));
    else if (literal !== null && /^->>?$/.test(before)) found.push(literal);
    before = text;
  }
  return found;
}

function keysOf(path: string): string[] {
  return [...path.matchAll(/\.(?:"([^"]*)"|([^."[\]]+))/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
}
