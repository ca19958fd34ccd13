import { dirname, join } from 'node:path';
import type { Migration, OwnLedger } from '../model/history.ts';
import { foldName } from '../sql/quote.ts';
import { splitStatements } from '../sql/statements.ts';
import { codeFiles, textOf } from './code-files.ts';
import type { Folder } from './folder.ts';

/** Names of tables in which runners keep what they have applied. */
const ledgerName = /migration|schema_?(?:version|history|change)|^_?versions?$/i;

/**
 * The ledger that a project's own runner makes before the first file, where files use it and none of them makes it: the program holds
 * its CREATE TABLE as a text. Nothing is executed.
 */
export function findOwnLedger(folder: Folder, migrations: readonly Migration[]): OwnLedger | null {
  const wanted = usedOnly(migrations);
  const manifest = wanted.length === 0 ? null : folder.above(/^(?:package\.json|Cargo\.toml|go\.mod)$/);
  if (manifest === null) return null;
  const root = dirname(manifest.path);
  for (const program of codeFiles(root)) {
    const text = textOf(join(root, program));
    for (const table of wanted) {
      const found = creationIn(text, table);
      if (found === null) continue;
      const line = text.slice(0, found.at).split('\n').length;
      return { table, file: `${program}:${line}`, statements: splitStatements(found.sql) };
    }
  }
  return null;
}

/** The tables with the name of a ledger that a history writes or reads and never makes. */
function usedOnly(migrations: readonly Migration[]): string[] {
  const heads = migrations.flatMap(({ statements }) => statements.map(({ head }) => head));
  const made = new Set<string>();
  for (const { verb, target, renamedTo } of heads) {
    if (verb === 'create-table') made.add(foldName(target ?? ''));
    if (verb === 'rename-table') made.add(foldName(renamedTo ?? ''));
  }
  const used = heads.flatMap(({ verb, target, sources }) =>
    verb === 'create-table' ? sources : [target ?? '', ...sources],
  );
  return [...new Set(used)].filter((name) => /^\w+$/.test(name) && ledgerName.test(name) && !made.has(foldName(name)));
}

/** A CREATE TABLE of a table in a text, whole and without the marks of a template. */
function creationIn(text: string, table: string): { readonly sql: string; readonly at: number } | null {
  const form = new RegExp(`\\bCREATE\\s+TABLE\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?["\`\\[]?${table}["\`\\]]?\\s*\\(`, 'i');
  const start = form.exec(text);
  if (start === null) return null;
  let depth = 0;
  for (let i = start.index + start[0].length - 1; i < text.length; i++) {
    if (text[i] === '(') depth += 1;
    if (text[i] === ')') depth -= 1;
    if (depth > 0) continue;
    const sql = text.slice(start.index, i + 1);
    return /[%${}\\]/.test(sql) ? null : { sql, at: start.index };
  }
  return null;
}
