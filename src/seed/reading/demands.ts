import type { SqlValue } from '../../model/connection.ts';
import type { Migration, Statement } from '../../model/history.ts';
import type { Schema } from '../../model/schema.ts';
import { readConditions } from '../../sql/conditions.ts';
import { readDefinitions } from '../../sql/definitions.ts';
import type { Constant } from '../../sql/parts.ts';
import { foldName, sameName } from '../../sql/quote.ts';
import { tableNamed } from '../../sql/tables.ts';
import { readFeeds } from './feeds.ts';
import { wayOf } from './ways.ts';

/** Columns that are filled in the rows that hold one of some values in another column. */
export interface Demand {
  readonly columns: readonly string[];
  readonly when: { readonly column: string; readonly values: readonly Constant[] };
}

/** A history is asked at every step and read once. */
const mayDemand = new WeakMap<Migration, readonly Statement[]>();

/**
 * Reads the columns that a migration to come copies where NULL is not allowed, out of the rows that it picks by a literal
 * (`WHERE kind = 'image'`): the application fills them in those rows, whatever they hold in others.
 * @returns by the folded name of a table of `schema`.
 */
export function readDemands(migrations: readonly Migration[], schema: Schema): ReadonlyMap<string, readonly Demand[]> {
  const demands = new Map<string, Demand[]>();
  for (const migration of migrations) {
    for (const statement of copiesIn(migration)) {
      const feeds = readFeeds(statement);
      const [feed] = feeds;
      if (feed === undefined || feeds.length > 1) continue;
      const way = wayOf(feed, migration, schema);
      if (way === null) continue;
      const required = requiredIn(feed.target, migration, schema);
      const columns = [...way.columns].flatMap(([name, column]) => (required.has(name) ? [column] : []));
      const where = statement.sql.slice(statement.sql.search(/\bWHERE\b/i));
      for (const { column, condition } of readConditions(where)) {
        const own = way.table.columns.find(({ name }) => sameName(name, column));
        if (own === undefined || condition.kind !== 'one-of' || columns.length === 0) continue;
        const name = foldName(way.table.name);
        const demand = { columns, when: { column: own.name, values: condition.values } };
        demands.set(name, [...(demands.get(name) ?? []), demand]);
        break;
      }
    }
  }
  return demands;
}

/** Whether a row is one of those that a demand is about. */
export function isDemanded({ when }: Demand, heldIn: (column: string) => SqlValue | undefined): boolean {
  const value = heldIn(when.column);
  return value !== undefined && value !== null && when.values.some((each) => String(each) === String(value));
}

function copiesIn(migration: Migration): readonly Statement[] {
  const known = mayDemand.get(migration);
  if (known !== undefined) return known;
  const copies = migration.statements.filter(
    ({ head, sql }) => head.verb === 'insert' && head.sources.length > 0 && /\bWHERE\b/i.test(sql),
  );
  mayDemand.set(migration, copies);
  return copies;
}

/** The columns, folded, that a table does not take NULL in, whether it is there already or the migration makes it. */
function requiredIn(target: string, { statements }: Migration, schema: Schema): ReadonlySet<string> {
  const there = tableNamed(schema, target)?.columns.filter(({ notNull }) => notNull) ?? [];
  const made = statements.filter(
    ({ head }) => head.verb === 'create-table' && head.target !== null && sameName(head.target, target),
  );
  const declared = made.flatMap(({ sql }) =>
    readDefinitions(sql).flatMap(({ column, words }) =>
      column !== null && words.some(({ key }, i) => key === 'NOT' && words[i + 1]?.key === 'NULL') ? [column] : [],
    ),
  );
  return new Set([...there.map(({ name }) => name), ...declared].map(foldName));
}
