import type { RowSink, Unfilled } from '../../model/dataset.ts';
import type { Note } from '../../model/note.ts';
import type { Profile, TableProfile } from '../../model/profile.ts';
import type { Schema, Table } from '../../model/schema.ts';
import type { Planner } from '../fill.ts';
import { growTable } from '../grow/grow.ts';
import { readParents } from '../grow/parent-keys.ts';
import { isGuarded } from '../guarded.ts';
import { loadRows } from '../load-rows.ts';
import { parentsFirst } from '../one-row.ts';
import { type FillOptions, planner } from '../plan.ts';
import type { Match } from './match.ts';
import type { Keys } from './parent-choice.ts';
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
  { profile, matches, scale }: Regeneration,
  options: FillOptions,
): Regenerated {
  if (matches.length === 0) return { unfilled: [], notes: [] };
  const plan = planner(schema, sink, options);
  const shapes = new Map<Table, TableShape>();
  const notes: Note[] = [];
  const unfilled: Unfilled[] = [];
  const least = matches
    .filter(({ profile: { rows } }) => rows > 0 && rows * scale < 0.5)
    .map(({ table }) => table.name);
  if (least.length > 0) notes.push({ code: 'scale-too-small', facts: { scale, tables: least } });

  const circles = parentsFirst(
    matches.map(({ table }) => table),
    plan,
  );
  for (const circle of circles) {
    const all = circle.flatMap((table) => matches.find((match) => match.table === table) ?? []);
    for (const { table, profile: known } of all.filter((match) => match.profile.tiny)) {
      const wanted = wantedRows(known, scale) - sink.count(table.name, []);
      const { refusal } = growTable(table, plan, sink, wanted, isGuarded(schema, table));
      if (refusal !== null && sink.isEmpty(table.name)) unfilled.push({ table: table.name, reason: refusal.message });
    }
    const found = all.filter((match) => !match.profile.tiny);
    for (const match of found) shapes.set(match.table, shapeOf(match, { plan, sink, profile, scale }));
    for (const { table } of found) {
      const shape = shapes.get(table);
      if (shape === undefined || shape.rows <= 0) continue;
      const { refused, reason } = fillShape(schema, shape, shapes, circle, plan, sink);
      shape.filled = true;
      if (reason === null) continue;
      if (sink.isEmpty(table.name)) unfilled.push({ table: table.name, reason });
      else if (refused > notableShare * shape.rows)
        notes.push({ code: 'rows-refused', facts: { table: table.name, refused, rows: shape.rows, reason } });
    }
    for (const { table, profile: known } of found) {
      // The bound lies beyond it.
      const ahead = (known.sequenceAhead ?? 0) - 1;
      if (table.autoincrement && ahead > 0) sink.advance(table.name, Math.max(1, Math.round(ahead * scale)));
    }
  }
  return { unfilled, notes };
}

function wantedRows({ rows }: TableProfile, scale: number): number {
  return rows === 0 ? 0 : Math.max(1, Math.round(rows * scale));
}

interface Context {
  readonly plan: Planner;
  readonly sink: RowSink;
  readonly profile: Profile;
  readonly scale: number;
}

function shapeOf({ table, profile }: Match, { plan, sink, profile: whole, scale }: Context): TableShape {
  const wanted = wantedRows(profile, scale);
  const start = sink.count(table.name, []);
  return shapeTable({ table, plan: plan(table), profile, whole, start, rows: Math.max(0, wanted - start) });
}

/** Puts the rows of a shape in, and plain rows for those that SQLite will not have. */
function fillShape(
  schema: Schema,
  shape: TableShape,
  shapes: ReadonlyMap<Table, TableShape>,
  circle: readonly Table[],
  plan: Planner,
  sink: RowSink,
): { refused: number; reason: string | null } {
  const { table, rows, relations } = shape;
  const guarded = isGuarded(schema, table);
  const source = rowsOfShape(shape, (relation) => keysOf(relation, shapes, circle, sink), sink);
  let refused = 0;
  let reason: string | null = null;
  const fill = (): void => {
    const { added, refusal } = loadRows({
      ...{ table, sink, start: 0, wanted: rows, guarded, replaces: false, overrides: null },
      sources: [source],
    });
    refused = rows - added;
    reason = refusal?.message ?? null;
  };
  // Rows of a circle point at rows that come later.
  if (circle.length > 1 || relations.some(({ shape: { orphans } }) => orphans > 0)) sink.unenforced(fill);
  else fill();
  if (refused > 0) growTable(table, plan, sink, refused, guarded);
  return { refused, reason };
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
): Keys {
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
