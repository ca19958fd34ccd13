import type { Statement } from '../model/history.ts';

const savepoint =
  /^(\s*(?:savepoint|release(?:\s+savepoint)?|rollback(?:\s+transaction)?\s+to(?:\s+savepoint)?)\s+)("[^"]*"|`[^`]*`|\[[^\]]*\]|'[^']*'|[\w$]+)(\s*;?\s*)$/i;

/**
 * Makes a function that writes a number for the name of each savepoint, in the order in which the names come up, so that two
 * runs are equal although a tool counts its savepoints on. A name means nothing but its savepoint.
 * https://sqlite.org/lang_savepoint.html
 */
export function numberSavepoints(): (sql: string) => string {
  const known = new Map<string, number>();
  return (sql) =>
    sql.replace(savepoint, (_all, words: string, name: string, end: string) => {
      const number = known.get(name.toLowerCase()) ?? known.size + 1;
      known.set(name.toLowerCase(), number);
      return `${words}s${number}${end}`;
    });
}

/** The texts of statements in which savepoints have numbers for names. */
export function textsOf(statements: readonly Statement[]): readonly string[] {
  const number = numberSavepoints();
  return statements.map(({ sql }) => number(sql));
}
