import type { Table } from '../model/schema.ts';
import type { FromTable } from '../sql/from-tables.ts';
import type { Computed } from '../sql/generated-columns.ts';
import { foldName, quoteName, sameName } from '../sql/quote.ts';
import { readSelectParts, type SelectParts } from '../sql/select-parts.ts';
import { asOperand, substitute } from '../sql/substitute.ts';

/** The rows of a table, or those that a statement writes, in terms of a database that can be queried. */
export interface View {
  /** The table of that database whose rows stand behind them. */
  readonly table: Table;
  /** The text after FROM. */
  readonly from: string;
  /** The name that qualifies the columns of `table` there; null where it stands alone. */
  readonly alias: string | null;
  readonly where: readonly string[];
  /** The expression for each column, by its folded name; null where it is unknown. */
  readonly columns: ReadonlyMap<string, string | null>;
  /** The folded names that its columns may be qualified with. */
  readonly qualifiers: ReadonlySet<string>;
  /** Whether it is an unchanged table. */
  readonly isPlain: boolean;
  /** The tables that subqueries may read; none where they are unknown. */
  readonly tables: readonly Table[];
}

/** The views of the tables that there are at a moment, by their folded names. */
export type Views = Map<string, View>;

/** An unchanged table. */
export function plainView(table: Table, tables: readonly Table[] = []): View {
  return {
    table,
    from: quoteName(table.name),
    alias: null,
    where: [],
    columns: new Map(table.columns.map(({ name }) => [foldName(name), quoteName(name)])),
    qualifiers: new Set([foldName(table.name)]),
    isPlain: true,
    tables,
  };
}

/** An expression over a view's columns in terms of the database; null where that is impossible. */
export function express(view: View, expression: string): string | null {
  const { columns, qualifiers, table, tables } = view;
  return substitute(expression, {
    columns,
    qualifiers,
    own: table.name,
    has: (name, column) =>
      tables.some((each) => foldName(each.name) === name && each.columns.some((own) => foldName(own.name) === column)),
  });
}

/** The view with one more condition, in its own terms; null where that is impossible. */
export function narrowed(view: View, condition: string | null): View | null {
  if (condition === null) return view;
  const said = express(view, condition);
  return said === null ? null : { ...view, where: [...view.where, said], isPlain: false };
}

/** The view with other columns. */
export function withColumns(view: View, changes: ReadonlyMap<string, string | null>): View {
  return { ...view, columns: new Map([...view.columns, ...changes]), isPlain: false };
}

/** A column that a statement fills. */
export interface FilledColumn {
  readonly name: string;
  /** The value that it holds where the statement gives it none. */
  readonly otherwise: string;
}

/**
 * The values that a query puts into columns, row by row, in terms of the database; null where rows of the query are not rows of one
 * table of it.
 * @param into the columns in the order of the query, and those that it leaves out.
 * @param names the columns that the query has by SQLite's word, for `*`.
 */
export function selectView(query: string, into: Filled, names: readonly (string | null)[], views: Views): View | null {
  const parts = readSelectParts(query);
  return parts === null || parts.isFolded ? null : viewOf(parts, into, names, views);
}

/** The values of `selectView` for the rows that GROUP BY or DISTINCT takes together, before it does. */
export function unfoldedView(
  query: string,
  into: Filled,
  names: readonly (string | null)[],
  views: Views,
): View | null {
  const parts = readSelectParts(query);
  return parts === null || parts.limit !== null ? null : viewOf(parts, into, names, views);
}

function viewOf(parts: SelectParts, into: Filled, names: readonly (string | null)[], views: Views): View | null {
  const [first, ...others] = parts.tables;
  const base = views.get(foldName(first.name));
  if (base === undefined) return null;
  const qualifiers = new Set([...base.qualifiers, foldName(first.alias), foldName(first.name)]);
  const source = others.length === 0 ? { ...base, qualifiers } : joinedView(parts.from, first, base, others, views);
  const filtered = source === null ? null : narrowed(source, parts.where);
  if (filtered === null) return null;
  const items =
    parts.items.length === names.length
      ? parts.items.map(({ text }) => text)
      : names.map((name) => name && quoteName(name));
  const columns = new Map<string, string | null>();
  into.given.forEach((name, i) => {
    const item = items[i] ?? null;
    const text = item === null || item.endsWith('*') ? quoteName(names[i] ?? '') : item;
    columns.set(foldName(name), expressItem(filtered, text));
  });
  for (const { name, otherwise } of into.others) columns.set(foldName(name), otherwise);
  const filled: View = { ...filtered, columns, qualifiers: new Set(), isPlain: false };
  // One may be computed from another that stands before it.
  for (const [name, expression] of into.computed) columns.set(foldName(name), expressItem(filled, expression));
  return filled;
}

/** The table and the columns that a statement fills. */
export interface Filled {
  readonly given: readonly string[];
  readonly others: readonly FilledColumn[];
  /** The columns that SQLite computes from those. */
  readonly computed: Computed;
}

function expressItem(view: View, item: string): string | null {
  const said = express(view, item);
  return said === null ? null : asOperand(said);
}

/** Each table of a join must be unchanged. */
function joinedView(
  from: string,
  first: FromTable,
  base: View,
  others: readonly FromTable[],
  views: Views,
): View | null {
  const plain = [first, ...others].every(({ name }) => {
    const view = views.get(foldName(name));
    return view?.isPlain === true && sameName(view.table.name, name);
  });
  return plain ? { ...base, from, alias: first.alias, columns: new Map(), qualifiers: new Set() } : null;
}

/** The condition that all conditions make together; null for none. */
export function allOf(conditions: readonly string[]): string | null {
  const [first, ...others] = conditions;
  if (first === undefined) return null;
  return others.length === 0 ? first : conditions.map(asOperand).join(' AND ');
}
