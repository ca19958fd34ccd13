import type { Migration, Statement } from '../model/history.ts';
import { foldName, sameName } from './quote.ts';

/** The changes of a migration to the names of tables, read from its text. */
export interface Lineage {
  /** The name at the end of what is called `table` when statement `index` runs (1-based); null when it is dropped. */
  nameAtEnd(table: string, index: number): string | null;
  /** The name before the migration of what is called `table` when statement `index` runs; null where the migration makes it. */
  nameAtStart(table: string, index: number): string | null;
  /** The same, or the name under which it is dropped, which may be another table's at the end. */
  lastName(table: string, index: number): string;
  /** The name that what is called `table` at the start has after statement `index`; null once it is dropped. */
  nameAfter(table: string, index: number): string | null;
  /** The statements that write to `table` or to what becomes it, each with its head's target under its final name. */
  writers(table: string): readonly Statement[];
  /** The first statement that drops what is called `table` at the start, under whatever name, or null. */
  droppedBy(table: string): Statement | null;
}

/** Follows ALTER TABLE … RENAME TO and DROP TABLE through a migration. */
export function readLineage({ statements }: Migration): Lineage {
  const follow = (table: string, through: readonly Statement[]): { name: string; isDropped: boolean } => {
    let name = table;
    for (const { head } of through) {
      if (head.target === null || !sameName(head.target, name)) continue;
      if (head.verb === 'drop-table') return { name, isDropped: true };
      if (head.verb === 'rename-table' && head.renamedTo !== null) name = head.renamedTo;
    }
    return { name, isDropped: false };
  };
  const nameAtStart = (table: string, index: number): string | null => {
    let name = table;
    for (const { head } of statements.slice(0, index - 1).reverse()) {
      if (head.verb === 'rename-table' && head.renamedTo !== null && sameName(head.renamedTo, name))
        name = head.target ?? name;
      else if (head.verb === 'create-table' && head.target !== null && sameName(head.target, name)) return null;
    }
    return name;
  };
  const unlessDropped = ({ name, isDropped }: ReturnType<typeof follow>): string | null => (isDropped ? null : name);
  const nameAtEnd = (table: string, index: number): string | null =>
    unlessDropped(follow(table, statements.slice(index - 1)));
  return {
    nameAtEnd,
    nameAtStart,
    lastName: (table, index) => follow(table, statements.slice(index - 1)).name,
    nameAfter: (table, index) => unlessDropped(follow(table, statements.slice(0, index))),
    writers: (table) =>
      statements.filter(({ head, index }) => {
        const end = head.target === null ? null : nameAtEnd(head.target, index);
        return end !== null && sameName(end, table);
      }),
    droppedBy: (table) => {
      let name = table;
      for (const statement of statements) {
        const { verb, target, renamedTo } = statement.head;
        if (target === null || foldName(target) !== foldName(name)) continue;
        if (verb === 'drop-table') return statement;
        if (verb === 'rename-table' && renamedTo !== null) name = renamedTo;
      }
      return null;
    },
  };
}

/**
 * The table that a table of before is at the end: what it was renamed to, or what was made anew under its name (a
 * rebuild), or null when it is gone.
 * @param exists whether a table of that name is there at the end.
 */
export function survivor(lineage: Lineage, table: string, exists: (name: string) => boolean): string | null {
  const renamed = lineage.nameAtEnd(table, 1);
  if (renamed !== null && exists(renamed)) return renamed;
  return exists(table) ? table : null;
}
