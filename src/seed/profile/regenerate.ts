import type { RowSink, Unfilled } from '../../model/dataset.ts';
import type { Note } from '../../model/note.ts';
import type { Profile, TableProfile } from '../../model/profile.ts';
import type { Schema, Table } from '../../model/schema.ts';
import type { Planner } from '../fill.ts';
import { growTable } from '../grow/grow.ts';
import { readParents } from '../grow/parent-keys.ts';
import { type Loaded, loadRows } from '../load-rows.ts';
import { parentsFirst } from '../one-row.ts';
import { type FillOptions, planner } from '../plan.ts';
import type { ParentKeys } from './links.ts';
import type { Match } from './match.ts';
import type { Relation } from './relations.ts';
import { keyOf, missingKeyOf } from './shape-keys.ts';
import { rowsOfShape } from './shape-rows.ts';
import { shapeTable, type TableShape } from './table-shape.ts';

/** The tables that are to get rows. */
export interface Regeneration {
  readonly profile: Profile;
  /** The tables that are to get rows, with their profiles. */
  readonly matches: readonly Match[];
  readonly scale: number;
  /** The rows of a table by those of production, in place of the scale. */
  readonly rowsFor?: ((rows: number) => number) | undefined;
}

/** The result of regenerating tables. */
export interface Regenerated {
  /** Tables that should have rows and have none. */
  readonly unfilled: readonly Unfilled[];
  /** Other remarks for the user. */
  readonly notes: readonly Note[];
}

/** The share of refused rows that is worth telling. */
const notableShare = 0.01;

/**
 * Fills tables with rows of the shape that a profile tells, parents first. The values depend on the profile, the scale,
 * the seed number, the table and the column alone. No schema makes it throw.
 */
export function regenerate(
  schema: Schema,
  sink: RowSink,
  { profile, matches, scale, rowsFor = (rows) => rows * scale }: Regeneration,
  options: FillOptions,
): Regenerated {
  if (matches.length === 0) return { unfilled: [], notes: [] };
  const plan = planner(schema, sink, options);
  const context = { plan, sink, profile, scale, rowsFor, shapes: new Map<Table, TableShape>() };
  const tables = matches.map(({ table }) => table);
  const circles = parentsFirst(tables, plan).map((circle) => {
    const found = circle.flatMap((table) => matches.find((match) => match.table === table) ?? []);
    return regenerateCircle(context, circle, found);
  });
  const least = matches.filter(({ profile: { rows } }) => rows > 0 && rowsFor(rows) < 0.5);
  const tooSmall: Note = { code: 'scale-too-small', facts: { scale, tables: least.map(({ table }) => table.name) } };
  return joined([{ unfilled: [], notes: least.length > 0 ? [tooSmall] : [] }, ...circles]);
}

function joined(parts: readonly Regenerated[]): Regenerated {
  return { unfilled: parts.flatMap(({ unfilled }) => unfilled), notes: parts.flatMap(({ notes }) => notes) };
}

/** The database, the profile and the tables so far. */
interface Context {
  readonly plan: Planner;
  readonly sink: RowSink;
  readonly profile: Profile;
  readonly scale: number;
  readonly rowsFor: (rows: number) => number;
  /** The tables whose rows are in, or come with those of their circle. */
  readonly shapes: Map<Table, TableShape>;
}

/** Fills tables that point at each other. */
function regenerateCircle(context: Context, circle: readonly Table[], matches: readonly Match[]): Regenerated {
  const { sink, scale, shapes } = context;
  const tiny = matches.filter(({ profile }) => profile.tiny).map((match) => growTiny(match, context));
  const found = matches.filter(({ profile }) => !profile.tiny);
  for (const match of found) shapes.set(match.table, shapeOf(match, context));
  const filled = found.map(({ table }) => fillShape(context, shapes.get(table), circle));
  for (const { table, profile: known } of found) {
    // The bound lies beyond it.
    const ahead = (known.sequenceAhead ?? 0) - 1;
    if (table.autoincrement && ahead > 0) sink.advance(table.name, Math.max(1, Math.round(ahead * scale)));
  }
  return joined([...tiny, ...filled]);
}

/** A table with too few rows to tell of their shape gets plain ones. */
function growTiny({ table, profile }: Match, { plan, sink, rowsFor }: Context): Regenerated {
  const wanted = wantedRows(profile, rowsFor) - sink.count(table.name, []);
  const { refusal } = growTable(table, plan, sink, wanted);
  const isUnfilled = refusal !== null && sink.isEmpty(table.name);
  return { unfilled: isUnfilled ? [{ table: table.name, reason: refusal.message }] : [], notes: [] };
}

function wantedRows({ rows }: TableProfile, rowsFor: Context['rowsFor']): number {
  return rows === 0 ? 0 : Math.max(1, Math.round(rowsFor(rows)));
}

function shapeOf({ table, profile }: Match, { plan, sink, profile: whole, rowsFor }: Context): TableShape {
  const wanted = wantedRows(profile, rowsFor);
  const start = sink.count(table.name, []);
  return shapeTable({ table, plan: plan(table), profile, whole, start, rows: Math.max(0, wanted - start) });
}

/** Inserts the rows of a shape, and plain rows for those that SQLite refuses. */
function fillShape(context: Context, shape: TableShape | undefined, circle: readonly Table[]): Regenerated {
  if (shape === undefined || shape.rows <= 0) return { unfilled: [], notes: [] };
  const { plan, sink, shapes } = context;
  const { table, rows, relations } = shape;
  const { guarded } = shape.plan;
  const sources = [rowsOfShape(shape, (relation) => keysOf(relation, shapes, circle, sink), sink)];
  const fill = (): Loaded =>
    loadRows({ table, sources, sink, start: 0, wanted: rows, guarded, replaces: false, overrides: null });
  // Rows of a circle point at rows that come later.
  const isOpen = circle.length > 1 || relations.some(({ shape: { orphans } }) => orphans > 0);
  const { added, refusal } = isOpen ? sink.unenforced(fill) : fill();
  const refused = rows - added;
  if (refused > 0) growTable(table, plan, sink, refused);
  shape.filled = true;
  if (refusal === null) return { unfilled: [], notes: [] };
  const reason = refusal.message;
  if (sink.isEmpty(table.name)) return { unfilled: [{ table: table.name, reason }], notes: [] };
  const note: Note = { code: 'rows-refused', facts: { table: table.name, refused, rows, reason } };
  return { unfilled: [], notes: refused > notableShare * rows ? [note] : [] };
}

/**
 * The keys that a relation can point at: those that are there, or will be in the table itself and others of its
 * circle.
 */
function keysOf(
  { reference }: Relation,
  shapes: ReadonlyMap<Table, TableShape>,
  circle: readonly Table[],
  sink: RowSink,
): ParentKeys {
  const { parent, parentColumns } = reference;
  const target = shapes.get(parent);
  const missing = (number: number) =>
    target === undefined ? parentColumns.map(() => beyondAll + number) : missingKeyOf(target, parentColumns, number);
  const isToCome = target !== undefined && circle.includes(parent) && target.filled === false;
  if (!isToCome) return { ...readParents(reference, sink), missing };
  const isKnown = target.rows > 0 && keyOf(target, parentColumns, 0) !== null;
  return {
    count: isKnown ? target.rows : 0,
    at: (place) => keyOf(target, parentColumns, place) ?? [],
    missing,
  };
}

/** A number that no row has as its key. */
const beyondAll = 1_000_000_000;
