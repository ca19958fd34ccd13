import type { Difference } from '../model/comparison.ts';
import type { Migration } from '../model/history.ts';
import type { State } from '../model/outcome.ts';
import type { Schema, Table } from '../model/schema.ts';
import type { Lineage } from '../sql/lineage.ts';
import { namesIn } from '../sql/names.ts';
import { foldName, sameName } from '../sql/quote.ts';

type StaleReference = Extract<Difference, { kind: 'broken-object' }>;

/** A table that was renamed to make room for one that took over its name and its rows. */
interface Succession {
  /** The name of before, which is the new table's now. */
  readonly name: string;
  /** The name of the old table at the end. */
  readonly old: string;
  /** The statement that renamed it. */
  readonly statement: number;
}

/**
 * Objects that followed a table that was renamed out of the way of its successor: foreign keys, views and triggers follow a
 * table to its new name (https://sqlite.org/lang_altertable.html#alter_table_rename), compile as before, and have nothing
 * to do with the rows that are read and written from now on.
 */
export function findStaleReferences(migration: Migration, lineage: Lineage, before: State, after: State): Difference[] {
  return findSuccessions(migration, lineage, after.schema).flatMap((succession) => [
    ...staleKeys(succession, before.schema, after.schema),
    ...staleViews(migration, succession, before.schema, after.schema),
    ...staleTriggers(succession, before.schema, after.schema),
  ]);
}

function findSuccessions({ statements }: Migration, lineage: Lineage, after: Schema): Succession[] {
  const exists = (name: string): boolean => after.tables.some((table) => sameName(table.name, name));
  return statements.flatMap(({ head, index }): Succession[] => {
    const { verb, target: name, renamedTo } = head;
    if (verb !== 'rename-table' || name === null || renamedTo === null) return [];
    const first = lineage.nameAtStart(name, index);
    const old = lineage.nameAtEnd(renamedTo, index + 1);
    if (first === null || !sameName(first, name) || old === null || !exists(old) || !exists(name)) return [];
    const takesOver = lineage
      .writers(name)
      .some(
        (statement) =>
          statement.index > index &&
          statement.head.sources.some((source) => sameName(lineage.nameAtEnd(source, statement.index) ?? source, old)),
      );
    return takesOver ? [{ name, old, statement: index }] : [];
  });
}

function staleKeys({ name, old, statement }: Succession, before: Schema, after: Schema): StaleReference[] {
  const leads = ({ foreignKeys }: Table, parent: string): readonly (readonly string[])[] =>
    foreignKeys.filter((key) => sameName(key.parent, parent)).map(({ columns }) => columns.map(foldName));
  return after.tables.flatMap((table): StaleReference[] => {
    const had = before.tables.find((each) => sameName(each.name, table.name));
    if (had === undefined || sameName(table.name, old) || sameName(table.name, name)) return [];
    const known = leads(had, name).map((columns) => columns.join());
    if (!leads(table, old).some((columns) => known.includes(columns.join()))) return [];
    const message = `it leads to ${old} now, and not to the new ${name}`;
    return [{ ...staleReference('foreign-key', table.name, table.name, statement), message }];
  });
}

function staleViews(
  { statements }: Migration,
  { name, old, statement }: Succession,
  before: Schema,
  after: Schema,
): StaleReference[] {
  const names = (sql: string | null, table: string): boolean => namesIn(sql ?? '').has(foldName(table));
  return after.objects.flatMap((view): StaleReference[] => {
    const had = before.objects.find((each) => each.type === 'view' && sameName(each.name, view.name));
    const isWritten = statements.some(
      ({ head }) => head.verb === 'create-view' && sameName(head.target ?? '', view.name),
    );
    if (view.type !== 'view' || had === undefined || isWritten) return [];
    if (!names(had.sql, name) || names(had.sql, old) || !names(view.sql, old)) return [];
    const message = `it reads ${old} now, and not the new ${name}`;
    return [{ ...staleReference('view', view.name, view.name, statement), message }];
  });
}

function staleTriggers({ name, old, statement }: Succession, before: Schema, after: Schema): StaleReference[] {
  const triggers = ({ objects }: Schema, table: string): readonly string[] =>
    objects.filter((each) => each.type === 'trigger' && sameName(each.table, table)).map((each) => foldName(each.name));
  const had = triggers(before, name);
  // The author of triggers for the new table has thought of them.
  if (triggers(after, name).length > 0) return [];
  return after.objects.flatMap((trigger): StaleReference[] => {
    const isOne = trigger.type === 'trigger' && sameName(trigger.table, old) && had.includes(foldName(trigger.name));
    const message = `it stands on ${old} now, and not on the new ${name}`;
    return isOne ? [{ ...staleReference('trigger', trigger.name, old, statement), message }] : [];
  });
}

function staleReference(
  type: StaleReference['type'],
  name: string,
  table: string,
  statement: number,
): Omit<StaleReference, 'message'> {
  return { kind: 'broken-object', type, name, table, statement, follows: true };
}
