import type { ColumnProfile } from '../../model/column-profile.ts';
import type { SqlValue } from '../../model/connection.ts';
import type { RowSink } from '../../model/dataset.ts';
import type { Profile, TableProfile } from '../../model/profile.ts';
import type { Column, Table } from '../../model/schema.ts';
import { foldName, sameName } from '../../sql/quote.ts';
import { plainCell } from '../cells.ts';
import { type CellMaker, columnMaker } from '../grow/cell-makers.ts';
import type { RowSource } from '../row-source.ts';
import type { RowPlan } from '../slots.ts';
import { draw, fraction, streamKey } from '../values/streams.ts';
import { layOutColumn } from './column-layout.ts';
import { blockSize } from './families.ts';
import type { Layout } from './layout.ts';
import { type Following, findFollowings, findPairs } from './lists.ts';
import { chooseOrders, type Order } from './orders.ts';
import { type Keys, linkFor, type ParentChoice } from './parent-choice.ts';
import { type Relation, relationsOf } from './relations.ts';
import { type Rowids, rowidsOf } from './rowids.ts';

/** A table that is to get rows like those of its profile. */
export interface TableShape {
  readonly table: Table;
  readonly plan: RowPlan;
  readonly profile: TableProfile;
  /** Rows that were there already. */
  readonly start: number;
  /** How many rows join them. */
  readonly rows: number;
  readonly relations: readonly Relation[];
  readonly layouts: ReadonlyMap<string, Layout>;
  readonly orders: ReadonlyMap<string, Order>;
  readonly rowids: Rowids | null;
  /** Whether the rows are in. */
  filled: boolean;
}

/** What shapes are made from. */
export interface ShapeRequest {
  readonly table: Table;
  readonly plan: RowPlan;
  readonly profile: TableProfile;
  readonly whole: Profile;
  readonly start: number;
  readonly rows: number;
}

/** Works out the shape of a table, apart from what it points at. */
export function shapeTable({ table, plan, profile, whole, start, rows }: ShapeRequest): TableShape {
  const relations = relationsOf(plan.references, profile, whole);
  const pointing = new Set(relations.flatMap(({ reference }) => reference.columns.map(foldName)));
  const layouts = new Map<string, Layout>();
  for (const { column, shape } of sharedColumns(table, profile)) {
    if (pointing.has(foldName(column.name)) || column.name === table.rowidAlias) continue;
    const { seed, vocabulary } = plan;
    const facts = plan.facts(column.name);
    layouts.set(
      column.name,
      layOutColumn({
        seed,
        vocabulary,
        table: table.name,
        column,
        facts,
        shape,
        before: profile.rows,
        rows,
        atLeast: whole.atLeast,
      }),
    );
  }
  const orders = chooseOrders(table, plan.seed, rows, [
    ...relations.map(({ reference, shape }) => ({ column: reference.columns[0] ?? '', filled: 1 - shape.nulls })),
    ...[...layouts].map(([column, layout]) => ({ column, filled: rows === 0 ? 1 : layout.rows / rows })),
  ]);
  const isGiven = table.rowidAlias !== null || (profile.rowids !== null && isUneven(profile));
  const rowids =
    table.withoutRowid || profile.rowids === null || !isGiven
      ? null
      : rowidsOf(profile.rowids, profile.rows, start + rows);
  return { table, plan, profile, start, rows, relations, layouts, orders, rowids, filled: false };
}

/** The columns that a table and its profile have, generated ones left out. */
export function sharedColumns(table: Table, profile: TableProfile): { column: Column; shape: ColumnProfile }[] {
  return table.columns.flatMap((column) => {
    const shape = profile.columns.find(({ name }) => sameName(name, column.name));
    return shape === undefined || column.generated !== 'no' ? [] : [{ column, shape }];
  });
}

function isUneven({ rowids }: TableProfile): boolean {
  // The bound lies beyond a first rowid of 1.
  return rowids !== null && (rowids.gaps > 0 || rowids.min < 0 || rowids.min > 1);
}

/** The key of row `index`, before it is there; null where it is not known, as when it points at other rows. */
export function keyOf(shape: TableShape, columns: readonly string[], index: number): SqlValue[] | null {
  const values = columns.map((name): SqlValue => {
    if (shape.table.rowidAlias !== null && sameName(name, shape.table.rowidAlias))
      return shape.rowids?.(shape.start + index) ?? null;
    const column = [...shape.layouts.keys()].find((each) => sameName(each, name)) ?? '';
    const layout = shape.layouts.get(column);
    const rank = shape.orders.get(column)?.(index) ?? 0;
    return layout === undefined || rank >= layout.rows ? null : layout.valueAt(layout.groupAt(rank));
  });
  return values.includes(null) ? null : values;
}

/** A key that no row of a shape has. */
export function missingKeyOf(shape: TableShape, columns: readonly string[], number: number): SqlValue[] {
  return columns.map((name) => {
    const isRowid = shape.table.rowidAlias !== null && sameName(name, shape.table.rowidAlias);
    if (isRowid) return beyond(shape.rowids?.(shape.start + shape.rows - 1) ?? 0, number);
    const column = [...shape.layouts.keys()].find((each) => sameName(each, name)) ?? '';
    return shape.layouts.get(column)?.freshValue(number) ?? number + 1;
  });
}

function beyond(last: SqlValue, number: number): SqlValue {
  return typeof last === 'bigint' ? last - BigInt(number + 1) - (last >> 3n) : Number(last) + number + 1;
}

/** Makes the source of a table's rows; `keysOf` tells what its references can point at. */
export function rowsOfShape(shape: TableShape, keysOf: (relation: Relation) => Keys, sink: RowSink): RowSource {
  const { table, layouts, orders, rowids } = shape;
  const links = linksOf(shape, keysOf);
  const pointing = new Set(links.flatMap(({ columns }) => columns.map(foldName)));
  const followings = findFollowings({ table, profile: shape.profile, layouts, links });
  const unique = new Set(
    table.indexes.filter((index) => index.unique && index.columns.length === 1).map(({ columns }) => columns[0] ?? ''),
  );
  const others = plainColumns(shape, pointing, sink);
  const led = [...layouts.keys()].sort((a, b) => Number(followings.has(a)) - Number(followings.has(b)));
  const rowidName =
    rowids === null ? [] : [table.rowidAlias ?? 'rowid'].filter((name) => !pointing.has(foldName(name)));
  const linked = table.columns.map(({ name }) => name).filter((name) => pointing.has(foldName(name)));
  const columns = [...rowidName, ...linked, ...led, ...others.keys()];
  const placeOf = (name: string): number => columns.findIndex((column) => sameName(column, name));
  const linkPlaces = links.map((link) => link.columns.map(placeOf));
  const ranks = new Map<string, number>();
  const cells = led.map((name) =>
    cellOf({ name, shape, following: followings.get(name) ?? null, unique: unique.has(name), ranks, orders }),
  );
  const makers = [...others.values()];
  const firstLed = rowidName.length + linked.length;

  return {
    columns,
    write: ({ index, attempt, blamed }, values) => {
      const isMeant = (name: string | undefined): boolean =>
        blamed === null || (name !== undefined && blamed.has(name));
      // SQLite counts on where a rowid is taken.
      if (rowidName.length > 0 && isMeant(columns[0]))
        values[0] = attempt > 0 ? null : (rowids?.(shape.start + index) ?? null);
      for (const [i, link] of links.entries()) {
        const places = linkPlaces[i] ?? [];
        if (attempt > 0 && !places.some((place) => isMeant(columns[place]))) continue;
        const target = link.pick(index, attempt);
        for (let n = 0; n < places.length; n++) values[places[n] ?? 0] = target[n] ?? null;
      }
      for (let i = 0; i < cells.length; i++) {
        if (attempt === 0 || isMeant(led[i])) values[firstLed + i] = cells[i]?.(index, attempt) ?? null;
      }
      const known = (name: string): SqlValue | undefined => values[placeOf(name)];
      for (let i = 0; i < makers.length; i++) {
        values[firstLed + cells.length + i] = makers[i]?.(index, attempt, known) ?? null;
      }
      return 'new';
    },
  };
}

function linksOf(shape: TableShape, keysOf: (relation: Relation) => Keys): ParentChoice[] {
  const { table, plan, relations, orders, profile, rows } = shape;
  const pairs = findPairs(
    table,
    relations.map(({ reference }) => reference.columns),
  );
  const links: ParentChoice[] = [];
  for (const relation of relations) {
    const { reference } = relation;
    const keys = keysOf(relation);
    const [, partner] = pairs.find(([columns]) => columns === reference.columns) ?? [];
    links.push(
      linkFor({
        relation,
        keys,
        columns: reference.columns.flatMap((name) => table.columns.find((column) => sameName(column.name, name)) ?? []),
        order: orders.get(reference.columns[0] ?? '') ?? ((index) => index),
        key: streamKey(plan.seed, table.name, ...reference.columns, 'children'),
        before: profile.rows,
        rows,
        toItself: reference.parent.name === table.name,
        partner: keys.count > blockSize ? null : (links.find(({ columns }) => isSame(columns, partner)) ?? null),
      }),
    );
  }
  return links;
}

function isSame(a: readonly string[], b: readonly string[] | undefined): boolean {
  return b !== undefined && a.length === b.length && a.every((name, i) => sameName(name, b[i] ?? ''));
}

interface CellRequest {
  readonly name: string;
  readonly shape: TableShape;
  readonly following: Following | null;
  readonly unique: boolean;
  /** The ranks that columns of the row have. */
  readonly ranks: Map<string, number>;
  readonly orders: ReadonlyMap<string, Order>;
}

function cellOf({
  name,
  shape,
  following,
  unique,
  ranks,
  orders,
}: CellRequest): (index: number, attempt: number) => SqlValue {
  const { plan, layouts, rows } = shape;
  const layout = layouts.get(name);
  const order = orders.get(name) ?? ((index) => index);
  const key = streamKey(plan.seed, plan.table.name, name, 'again');
  if (layout === undefined) return () => null;
  const ofRank = (rank: number): SqlValue => {
    ranks.set(name, rank);
    return rank < layout.rows ? layout.valueAt(layout.groupAt(rank)) : null;
  };
  return (index, attempt) => {
    const own = order(index);
    if (attempt > 0) {
      return unique && own < layout.rows
        ? layout.freshValue(index * 64 + attempt)
        : ofRank(draw(key + attempt, index) % rows);
    }
    const leader = following === null ? null : standing(following, layouts, ranks);
    if (leader === null || following === null || own >= layout.rows) return ofRank(own);
    if (following.manner === 'distinct-within')
      return ofRank(layout.startOf(layout.bySize(leader.offset % layout.groups)));
    // What stands side by side there does so here: groups of equal size are filled one after the other.
    const isConstant = fraction(draw(key, leader.group)) < following.share;
    return ofRank(isConstant ? Math.floor((leader.start * layout.rows) / leader.rows) : own);
  };
}

/** The group of the leader that a row is in. */
interface Standing {
  readonly group: number;
  /** How many rows of the group stand before this one, and how many rows of all groups before the group. */
  readonly offset: number;
  readonly start: number;
  /** The rows of all groups. */
  readonly rows: number;
}

function standing(
  { leader }: Following,
  layouts: ReadonlyMap<string, Layout>,
  ranks: ReadonlyMap<string, number>,
): Standing | null {
  if (leader.kind === 'link') {
    const child = leader.link.child();
    if (child === null) return null;
    const { parent, offset, position } = child;
    return { group: parent, offset, start: position - offset, rows: leader.link.children };
  }
  const layout = layouts.get(leader.column);
  const rank = ranks.get(leader.column);
  if (layout === undefined || rank === undefined || rank >= layout.rows) return null;
  const group = layout.groupAt(rank);
  const start = layout.startOf(group);
  return { group, offset: rank - start, start, rows: layout.rows };
}

/** Columns that the profile does not know get plain values, where nothing else would. */
function plainColumns(
  { table, plan, profile }: TableShape,
  pointing: ReadonlySet<string>,
  sink: RowSink,
): Map<string, CellMaker> {
  const makers = new Map<string, CellMaker>();
  for (const column of table.columns) {
    const { name } = column;
    const isKnown = profile.columns.some((each) => sameName(each.name, name)) || pointing.has(foldName(name));
    if (isKnown || column.generated !== 'no' || !column.notNull || column.default !== null) continue;
    const facts = plan.facts(name);
    const target = plan.references.find(({ columns }) => columns.length === 1 && sameName(columns[0] ?? '', name));
    const [key] = target === undefined ? [] : sink.rows(target.parent.name, target.parentColumns, 1);
    const template = key?.[0] ?? plainCell({ ...plan, column, facts, variant: 0, known: plan.valueNamed });
    const distinct = table.indexes.some(({ unique, columns }) => unique && columns.length === 1 && columns[0] === name);
    const maker =
      key === undefined ? columnMaker({ plan, column, template, settled: false, distinct }) : () => template ?? null;
    makers.set(name, maker ?? (() => template ?? null));
  }
  return makers;
}
