import { isSqlFile } from '../load/ignored.ts';
import type { Folder } from './folder.ts';

/** Words of SQL that other databases know and SQLite does not, each the mark of a text that was written for one of them. */
const foreignSql = new RegExp(
  [
    'create\\s+extension\\b',
    'create\\s+(?:or\\s+replace\\s+)?function\\b',
    'create\\s+type\\s+\\S+\\s+as\\s+enum\\b',
    '\\balter\\s+column\\s+\\S+\\s+(?:set|drop|type)\\b',
    '\\bbigserial\\b',
    '\\bserial\\s+(?:not\\s+null\\s+)?primary\\s+key\\b',
    '\\btimestamptz\\b',
    '\\btimestamp\\s+with\\s+time\\s+zone\\b',
    '\\busing\\s+(?:btree|gin|gist|hash)\\b',
    '\\brow\\s+level\\s+security\\b',
    "[\\w')]::[a-z]",
    '\\bauto_increment\\b',
    '\\)\\s*engine\\s*=\\s*\\w+',
  ].join('|'),
  'i',
);

/** The number of files that are read: the first ones make the tables. */
const mostFiles = 20;

/** The file in which a tool keeps the dialect of a folder. */
const dialectFiles = /^(?:meta\/_journal\.json|migration_lock\.toml)$/;

const dialect = /["']?(?:dialect|provider)["']?\s*[:=]\s*["'](\w+)["']/;

/**
 * Whether the migrations of a folder are for another database: its tool says so, or its texts have words that SQLite does not
 * know. @throws HarnessError `file-unreadable`, `file-not-utf8`
 */
export function isOfOtherDatabase(folder: Folder): boolean {
  const all = [...folder.files, ...folder.below];
  const said = all
    .filter((file) => dialectFiles.test(file))
    .map((file) => dialect.exec(folder.text(file))?.[1])
    .find((name) => name !== undefined);
  if (said !== undefined) return !/^(?:sqlite|turso|libsql|d1)/i.test(said);
  return all
    .filter(isSqlFile)
    .slice(0, mostFiles)
    .some((file) => foreignSql.test(withoutTexts(folder.text(file))));
}

/** The SQL without its comments, and with strings that hold nothing. */
function withoutTexts(sql: string): string {
  return sql.replaceAll(/--.*$|\/\*[\s\S]*?\*\/|'[^']*'/gm, (text) => (text.startsWith("'") ? "''" : ' '));
}
