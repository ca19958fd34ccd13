import { dirname, join } from 'node:path';
import type { Migration, OwnLedger } from '../model/history.ts';
import { inside } from '../sql/nesting.ts';
import { foldName } from '../sql/quote.ts';
import { splitStatements } from '../sql/statements.ts';
import { readWords } from '../sql/words.ts';
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

/** How far the CREATE TABLE of a ledger may reach: it has few columns. */
const longestText = 4000;

/** A CREATE TABLE of a table in a text, whole and without the marks of a template. */
function creationIn(text: string, table: string): { readonly sql: string; readonly at: number } | null {
  const form = new RegExp(`\\bCREATE\\s+TABLE\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?["\`\\[]?${table}["\`\\]]?\\s*\\(`, 'i');
  const start = form.exec(text);
  if (start === null) return null;
  const rest = text.slice(start.index, start.index + longestText);
  const words = readWords(rest);
  const open = words.findIndex(({ text: word }) => word === '(');
  const end = words[open + 1 + inside(words, open).length]?.end;
  const sql = end === undefined ? '' : rest.slice(0, end);
  return !sql.endsWith(')') || /[%${}\\]/.test(sql) ? null : { sql, at: start.index };
}
