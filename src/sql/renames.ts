import type { Migration, Statement } from '../model/history.ts';
import { sameName, unquote } from './quote.ts';
import { significantTokens } from './tokens.ts';

/** A column by its names at some moment. */
export interface RenamedColumn {
  readonly table: string;
  readonly column: string;
}

/** The name of a column after a migration. A table that is dropped and made anew keeps its name, and its columns theirs. */
export function nameAfter({ statements }: Migration, { table, column }: RenamedColumn): RenamedColumn {
  let now: RenamedColumn = { table, column };
  for (const statement of statements) {
    const { verb, target, renamedTo, column: renamed } = statement.head;
    if (target === null || !sameName(target, now.table)) continue;
    if (verb === 'drop-table') now = { ...now, table };
    if (verb === 'rename-table' && renamedTo !== null) now = { ...now, table: renamedTo };
    if (verb === 'rename-column' && renamed !== null && sameName(renamed, now.column))
      now = { ...now, column: newColumn(statement) };
  }
  return now;
}

/** `ALTER TABLE t RENAME COLUMN a TO b` ends with the new name. https://sqlite.org/lang_altertable.html */
function newColumn({ sql }: Statement): string {
  const words = significantTokens(sql).filter(({ text }) => text !== ';');
  return unquote(words.at(-1)?.text ?? '');
}
