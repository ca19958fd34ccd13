import { memoized } from '../../memoized.ts';
import type { SqlValue } from '../../model/connection.ts';
import type { Migration, Statement } from '../../model/history.ts';
import type { Schema, Table } from '../../model/schema.ts';
import { readConditions } from '../../sql/conditions.ts';
import { readDefinitions } from '../../sql/definitions.ts';
import { type Constant, readParts } from '../../sql/parts.ts';
import { foldName, sameName } from '../../sql/quote.ts';
import { readSelectParts } from '../../sql/select-parts.ts';
import { columnNamed, tableNamed } from '../../sql/tables.ts';
import { readWriteText } from '../../sql/write-text.ts';
import { columnsOf, makersOf } from './ways.ts';

/** Columns that are filled in the rows that hold one of some values in another column. */
export interface Demand {
  readonly columns: readonly string[];
  readonly when: { readonly column: string; readonly values: readonly Constant[] };
}

/** The demands of migrations to come on the rows of today. */
export interface Demands {
  /** By the folded name of a table. */
  readonly ofTable: ReadonlyMap<string, readonly Demand[]>;
  /**
   * Whether only rows of a later form of the table can hold a constant in a column, all by their folded names: what is copied out of
   * them where NULL is not allowed has no column yet.
   */
  readonly areToCome: (table: string, column: string, constant: Constant) => boolean;
}

/**
 * Reads the columns that a migration to come copies where NULL is not allowed, out of the rows that it picks by a literal
 * (`WHERE kind = 'image'`): the application fills them in those rows, whatever they hold in others.
 */
export function readDemands(migrations: readonly Migration[], schema: Schema): Demands {
  const demands = new Map<string, Demand[]>();
  const toCome = new Set<string>();
  for (const migration of migrations) {
    for (const statement of copiesIn(migration)) {
      for (const { table, demand, isMissing } of demandsOf(statement, migration, schema)) {
        const name = foldName(table.name);
        const { column, values } = demand.when;
        if (isMissing) for (const value of values) toCome.add(keyOf(name, foldName(column), value));
        else demands.set(name, [...(demands.get(name) ?? []), demand]);
      }
    }
  }
  return { ofTable: demands, areToCome: (...place) => toCome.has(keyOf(...place)) };
}

function keyOf(table: string, column: string, constant: Constant): string {
  return JSON.stringify([table, column, String(constant)]);
}

/** The demands of one INSERT … SELECT on the tables that it reads, joined ones too: each by a literal in a column of its own. */
function demandsOf(
  { sql, head: { target } }: Statement,
  migration: Migration,
  schema: Schema,
): { readonly table: Table; readonly demand: Demand; readonly isMissing: boolean }[] {
  const { into, query } = readWriteText(sql);
  const select = readSelectParts(query ?? '');
  if (select === null || select.where === null || target === null) return [];
  const names = into ?? columnsOf(target, migration, schema);
  const required = requiredIn(target, migration, schema);
  const conditions = readConditions(select.where);
  return select.tables.flatMap(({ name, alias }) => {
    const table = tableNamed(schema, name);
    if (table === undefined || table.kind !== 'table') return [];
    const asked = select.items.flatMap((item, i) => {
      const column = required.has(foldName(names[i] ?? '')) ? columnOf(item, alias, select.tables.length > 1) : null;
      return column === null ? [] : [{ column, own: columnNamed(table, column) }];
    });
    const [when] = conditions.flatMap(({ column, condition }) => {
      const own = columnNamed(table, column);
      return own === undefined || condition.kind !== 'one-of' ? [] : [{ column: own.name, values: condition.values }];
    });
    if (when === undefined || asked.length === 0) return [];
    const columns = asked.flatMap(({ own }) => own?.name ?? []);
    return [{ table, demand: { columns, when }, isMissing: columns.length < asked.length }];
  });
}

/** The column that an item of a SELECT is, by itself or behind the alias of its table. @param qualified whether it needs that. */
function columnOf(item: string, alias: string, qualified: boolean): string | null {
  const [first, dot, last, more] = readParts(item);
  if (first === undefined || first.constant !== null || more !== undefined) return null;
  if (dot === undefined) return qualified ? null : first.name;
  return dot.key === '.' && sameName(first.name ?? '', alias) ? (last?.name ?? null) : null;
}

/** Whether a row is one of those that a demand is about. */
export function isDemanded({ when }: Demand, heldIn: (column: string) => SqlValue | undefined): boolean {
  const value = heldIn(when.column);
  return value !== undefined && value !== null && when.values.some((each) => String(each) === String(value));
}

const copiesIn = memoized(({ statements }: Migration): readonly Statement[] =>
  statements.filter(({ head, sql }) => head.verb === 'insert' && head.sources.length > 0 && /\bWHERE\b/i.test(sql)),
);

/** The columns, folded, that a table does not take NULL in, whether it is there already or the migration makes it. */
function requiredIn(target: string, migration: Migration, schema: Schema): ReadonlySet<string> {
  const there = tableNamed(schema, target)?.columns.filter(({ notNull }) => notNull) ?? [];
  const declared = makersOf(target, migration).flatMap(({ sql }) =>
    readDefinitions(sql).flatMap(({ column, words }) =>
      column !== null && words.some(({ key }, i) => key === 'NOT' && words[i + 1]?.key === 'NULL') ? [column] : [],
    ),
  );
  return new Set([...there.map(({ name }) => name), ...declared].map(foldName));
}
