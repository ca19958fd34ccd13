import type { Difference } from '../model/comparison.ts';
import type { ForeignKey, Table } from '../model/schema.ts';
import { affinityOf } from '../sql/affinity.ts';
import { namesIn } from '../sql/names.ts';
import { foldName, quoteName, sameName } from '../sql/quote.ts';
import { readUnmeant } from '../sql/row-condition.ts';
import { readScaling } from '../sql/scaling.ts';
import { asOperand } from '../sql/substitute.ts';
import { tableNamed } from '../sql/tables.ts';
import { readWords } from '../sql/words.ts';
import { keyOf, type Listing } from './ask.ts';
import { follow, plainViews, written } from './follow.ts';
import { type AppliedStep, goneOf, ignoredBy, leftOutOf, tablesBefore } from './gone.ts';
import { childrenBy, orphansOf } from './parents.ts';
import { allOf, express, plainView, type View } from './view.ts';

/** The differences of a migration that was applied whose rows were there before. */
export type RowDifference = Extract<
  Difference,
  { kind: 'fewer-rows' | 'changed-values' | 'new-orphans' | 'duplicate-rows' | 'more-rows' }
>;

const kinds: ReadonlySet<Difference['kind']> = new Set([
  'fewer-rows',
  'changed-values',
  'new-orphans',
  'duplicate-rows',
  'more-rows',
]);

/** Whether a difference is about rows that were there before. */
export function isAboutRows(difference: Difference): difference is RowDifference {
  return kinds.has(difference.kind);
}

/** Listings of the rows that a difference is about, and how many there must be; any number where that is null. */
export function suspectsOf(
  difference: RowDifference,
  applied: AppliedStep,
): { readonly listings: readonly Listing[]; readonly rows: number | null } {
  const tables = tablesBefore(applied, difference.table);
  const of = <T>(listing: (table: Table) => readonly T[]): T[] => tables.flatMap(listing);
  switch (difference.kind) {
    case 'fewer-rows': {
      if (difference.treatment === 'left-out')
        return { listings: ignoredBy(difference.statement, applied), rows: difference.before - difference.after };
      const listings = of((table) => [
        ...leftOutOf(applied, table, difference.table),
        ...goneOf(applied, table),
        { view: plainView(table), conditions: [] },
      ]);
      return { listings, rows: difference.before - difference.after };
    }
    case 'changed-values':
      return { listings: of((table) => changedIn(difference, table, applied)), rows: difference.rows };
    case 'new-orphans':
      return { listings: of((table) => orphansIn(difference, table, applied)), rows: difference.rows };
    case 'duplicate-rows':
      return { listings: repeatedIn(difference.table, applied), rows: null };
    case 'more-rows':
      return { listings: touchedBy(difference.statement, applied), rows: difference.rows };
  }
}

type Of<K extends RowDifference['kind']> = Extract<RowDifference, { kind: K }>;

function changedIn(
  { table: end, columns: [name], cause, statement }: Of<'changed-values'>,
  table: Table,
  applied: AppliedStep,
): Listing[] {
  const plain = plainView(table);
  const own = table.columns.find((column) => sameName(column.name, name));
  const view = applied.ends.get(foldName(end));
  const by = view?.table.name === table.name ? (view.columns.get(foldName(name)) ?? null) : null;
  const column = own === undefined ? null : quoteName(own.name);
  const target = tableNamed(applied.after, end)?.columns.find((each) => sameName(each.name, name));
  const affinity = target === undefined ? 'blob' : affinityOf(target.type);
  if (cause === 'underscore-takes-others') return unmeantBy(statement, table, applied);
  const listings: Listing[] = [];
  const add = (on: View, ...conditions: readonly string[]): void => {
    listings.push({ view: on, conditions });
  };
  const byKeys = (): Listing[] =>
    table.foreignKeys
      .filter(({ columns }) => columns.some((each) => sameName(each, name)))
      .flatMap((key) => childrenOfLost(table, key, tableNamed(applied.before, key.parent), applied));
  // An action of a foreign key says nothing of the values that a column held.
  const isByAction = cause === 'set-null-by-action' || cause === 'set-default-by-action';
  if (isByAction) listings.push(...byKeys());
  const isConstant = by !== null && /^(?:NULL|'(?:[^']|'')*'|[-+]?[\d.]+)$/i.test(by);
  if (isConstant && column !== null && view !== undefined)
    add(view, /^null$/i.test(by) ? `${column} IS NOT NULL` : `${column} IS NOT ${by}`);
  if (view !== undefined && by !== null && !isConstant) {
    const value = asOperand(by);
    const scales = cause === 'fraction-lost' ? readScaling(readWords(by)) : null;
    const scaled =
      scales?.isCut === true ? table.columns.find((each) => sameName(each.name, scales.column)) : undefined;
    if (scaled !== undefined) add(view, `${quoteName(scaled.name)} <> CAST(${quoteName(scaled.name)} AS INTEGER)`);
    if (cause === 'nulled-by-expression' && by !== column) {
      const sources = table.columns.filter((each) => namesIn(by).has(foldName(each.name)));
      const given = sources.map((each) => `${quoteName(each.name)} IS NOT NULL`).join(' OR ');
      if (given !== '') add(view, `${value} IS NULL`, `(${given})`);
    }
    if (column !== null && by !== column) add(view, `${value} IS NOT ${column}`);
    if (column !== null && by !== column) add(view, `CAST(${value} AS TEXT) IS NOT ${column}`);
    if (affinity !== 'blob' && affinity !== 'text') {
      const number = `CAST(${value} AS NUMERIC)`;
      // A comparison with a number makes a number of a text that is one written out.
      if (column !== null && by !== column) add(view, `${number} IS NOT ${column}`);
      add(view, `${number} = ${value}`, `CAST(${number} AS TEXT) IS NOT ${value}`);
      add(view, `CAST(CAST(${value} AS NUMERIC) AS TEXT) IS NOT ${value}`);
      add(view, `typeof(${value}) = 'text' AND CAST(CAST(${value} AS NUMERIC) AS TEXT) IS NOT ${value}`);
      add(view, `${value} IS NOT NULL AND CAST(${value} AS NUMERIC) IS NOT ${value}`);
      add(view, `typeof(${value}) = 'text'`);
    }
    if (column !== null && by !== column) add(view, `${value} IS NULL`, `${column} IS NOT NULL`);
    if (by !== column) add(view, `${value} IS NULL`);
    if (column !== null && by !== column) add(view, `${value} = ''`, `trim(${column}) <> ''`);
    add(view, `${value} IS NOT NULL`);
  }
  if (!isByAction) listings.push(...byKeys());
  if (column !== null) add(plain, `${column} IS NOT NULL`);
  add(plain);
  return listings;
}

/** The rows that a LIKE takes only because of its underscore. */
function unmeantBy(index: number | null, table: Table, { migration, before, insertions }: AppliedStep): Listing[] {
  const statement = migration.statements.find((each) => each.index === index);
  const earlier = migration.statements.filter((each) => each.index < (index ?? 0));
  const view = follow(before, earlier, insertions).get(foldName(statement?.head.target ?? ''));
  if (statement === undefined || view?.table.name !== table.name) return [];
  return readUnmeant(statement.sql).flatMap((condition) => {
    const said = express(view, condition);
    return said === null ? [] : [{ view, conditions: [said] }];
  });
}

function orphansIn({ columns, parent }: Of<'new-orphans'>, table: Table, applied: AppliedStep): Listing[] {
  const { after, before, ends } = applied;
  const child = [...ends].find(([, { table: own }]) => own.name === table.name)?.[1];
  const keys = [...(tableNamed(after, table.name)?.foreignKeys ?? []), ...table.foreignKeys].filter(
    (key) => key.columns.join() === columns.join(),
  );
  const missing = child === undefined ? [] : keys.flatMap((key) => orphansOf(child, key, ends) ?? []);
  const gone = keys.flatMap((key) =>
    childrenOfLost(table, key, tableNamed(before, parent) ?? tableNamed(before, key.parent), applied),
  );
  const filled = columns.map((column) => `${quoteName(column)} IS NOT NULL`);
  return [...missing, ...gone, { view: plainView(table), conditions: filled }];
}

/** The rows that refer to rows of their parent which copies leave out, or which statements delete. */
function childrenOfLost(table: Table, key: ForeignKey, parent: Table | undefined, applied: AppliedStep): Listing[] {
  if (parent === undefined) return [];
  const views = plainViews(applied.before);
  const end = applied.lineage.nameAtEnd(parent.name, 1) ?? parent.name;
  const gone = goneOf(applied, parent);
  const isStated = ({ view }: Listing): boolean => view.where.length > 0;
  const lost = [
    ...gone.filter(isStated),
    ...leftOutOf(applied, parent, end),
    ...gone.filter((each) => !isStated(each)),
  ];
  return lost.flatMap(
    ({ view, conditions }) => childrenBy(table, key, { ...view, where: [...view.where, ...conditions] }, views) ?? [],
  );
}

/** The rows that a join finds more than one partner for. */
function repeatedIn(end: string, { ends }: AppliedStep): Listing[] {
  const view = ends.get(foldName(end));
  if (view?.alias == null) return [];
  const { table } = view;
  const keys = keyOf(table);
  const qualified = keys.map((key) => `${quoteName(view.alias ?? '')}.${key}`).join(', ');
  const where = allOf(view.where);
  const one = keys.length > 1 ? `(${keys.join(', ')})` : keys.join();
  const several = `SELECT ${qualified} FROM ${view.from}${where === null ? '' : ` WHERE ${where}`} GROUP BY ${qualified} HAVING count(*) > 1`;
  return [{ view: plainView(table), conditions: [`${one} IN (${several})`] }];
}

/** The rows that a statement writes, for each of which a trigger fires. */
function touchedBy(index: number | null, { migration, before, insertions }: AppliedStep): Listing[] {
  return migration.statements
    .filter((statement) => statement.index === index)
    .flatMap((statement): Listing[] => {
      const earlier = migration.statements.filter((each) => each.index < statement.index);
      const view = written(statement, follow(before, earlier, insertions), insertions.get(statement.index));
      return view === null ? [] : [{ view, conditions: [] }];
    });
}
