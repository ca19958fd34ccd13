import { readHead } from '../../sql/heads.ts';
import { foldName } from '../../sql/quote.ts';
import type { Database } from '../connection.ts';

/** The endings of shadow table names: https://sqlite.org/vtab.html#the_xshadowname_method */
const shadowEnding = /_(?:config|content|data|docsize|idx|node|parent|rowid|segdir|segments|stat)$/;

/**
 * Says which table a statement writes that defensive mode would keep it from writing; null where there is none. It stands
 * in for that mode on engines without it (https://sqlite.org/c3ref/c_dbconfig_defensive.html#sqlitedbconfigdefensive).
 */
export function undefendedWrite(db: Database, sql: string): string | null {
  const { target, verb } = readHead(sql);
  if (target === null || verb === 'select') return null;
  const name = foldName(target);
  if (!shadowEnding.test(name)) return null;
  const isShadow = db
    .prepare<[string], number>(
      "SELECT count(*) FROM pragma_table_list WHERE type = 'shadow' AND name = ? COLLATE NOCASE",
    )
    .pluck()
    .get(target);
  return isShadow === 0 ? null : 'writes a table that belongs to a virtual table';
}
