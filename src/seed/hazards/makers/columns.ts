import { hazardSorts, valueKinds } from '../../../hazards/hazards.ts';
import type { SqlValue } from '../../../model/connection.ts';
import type { Hazard, HazardRow } from '../../../model/hazard.ts';
import type { Column, Table } from '../../../model/schema.ts';
import { includesName, sameName } from '../../../sql/quote.ts';
import { isNullable, mayTurnOutNull } from '../../nulls.ts';
import { affinityOf } from '../../values/affinity.ts';
import { streamKey } from '../../values/streams.ts';
import { isPointing } from '../draft.ts';
import { hazardOf } from '../hazard-of.ts';
import type { HazardRequest } from '../request.ts';
import { roleOf, statesOf } from '../roles.ts';
import { type Companions, companionsOfNull } from './companions-of-null.ts';

/** How many states of a column get a row. */
const stateLimit = 12;

/** A column whose hazards are made, and the value of the plain row. */
interface Cell extends HazardRequest {
  readonly column: Column;
  readonly value: SqlValue;
}

/** The hazards of single columns: NULL, every state, and the awkward values of what the column is made to hold. */
export function hazardsOfColumns(request: HazardRequest): Hazard[] {
  const { table, plain, scope } = request;
  return table.columns.flatMap((column): Hazard[] => {
    const value = plain.get(column.name);
    if (value === undefined || column.name === table.rowidAlias || !scope.reads(table, column.name)) return [];
    const cell = { ...request, column, value };
    const points = isPointing(request, column.name);
    const mayBeNull = points ? isNullable(table, column) : mayTurnOutNull(table, column);
    const nulls = [...(mayBeNull && value !== null ? nullHazards(cell) : []), ...pickedNulls(cell)];
    return points ? nulls : [...nulls, ...stateHazards(cell), ...valueHazards(cell)];
  });
}

function nullHazards(cell: Cell): Hazard[] {
  const { table, column } = cell;
  const subject = { table: table.name, column: column.name };
  // Two of them, for GROUP BY takes NULLs together and UNIQUE does not.
  const pair = [rowsWith(cell, 'null', null), rowsWith(cell, 'null again', null)];
  const more = companionsOfNull(cell, column).map((others) =>
    rowsWith(cell, `null beside ${others.join(' ')}`, null, { others }),
  );
  const rows = [...pair, ...more].flatMap((each) => each ?? []);
  const first = becomesNumber(cell) ? rowsWith(cell, 'null first', null, { others: [['rowid', 0]] }) : null;
  return [...hazardOf('null', subject, rows), ...hazardOf('null', subject, first)];
}

/** NULL in the rows out of which a statement copies the column where NULL is not allowed. */
function pickedNulls(cell: Cell): Hazard[] {
  const { table, column, ofStep } = cell;
  if (!isNullable(table, column)) return [];
  return ofStep.filledIn.flatMap(({ columns, when }): Hazard[] => {
    if (!columns.includes(column.name) || when.column === column.name) return [];
    const rows = when.values.flatMap(
      (held) => rowsWith(cell, `null where ${held}`, null, { others: [[when.column, held]] }) ?? [],
    );
    return hazardOf('null', { table: table.name, column: column.name, where: when }, rows);
  });
}

function stateHazards(cell: Cell): Hazard[] {
  const { table, column, value, facts } = cell;
  const others = statesOf(column, facts(column.name)).filter((each) => each !== value);
  return others.slice(0, stateLimit).flatMap((state) => {
    const subject = { table: table.name, column: column.name, value: state };
    return hazardOf('state', subject, rowsWith(cell, `state ${state}`, state));
  });
}

function valueHazards(cell: Cell): Hazard[] {
  const { table, column, value, facts, ofStep } = cell;
  const role = roleOf(column, facts(column.name), value);
  const isCode = includesName(table.primaryKey, column.name);
  const tag = tagOf(column, table);
  return valueKinds.flatMap((kind): Hazard[] => {
    const { value: awkward, isTwin } = hazardSorts[kind];
    if (awkward === null || !awkward.roles.includes(role) || (isCode && !awkward.inKeys)) return [];
    const held = awkward.of({ plain: value, column, table, tag });
    if (held === undefined || held === value) return [];
    // A twin of a whole row would fail at the first of several keys.
    const rows = rowsWith(cell, kind, held, { twin: isTwin && ofStep.uniques.length < 2 });
    return hazardOf(kind, { table: table.name, column: column.name }, rows);
  });
}

function rowsWith(
  { table, column, host, withChildren }: Cell,
  label: string,
  awkward: SqlValue,
  { twin = false, others = [] }: { readonly twin?: boolean; readonly others?: Companions } = {},
): readonly HazardRow[] | null {
  const values = new Map([[column.name, awkward], ...others]);
  const name = `${column.name} ${label}`;
  return withChildren(host({ table, label: name, values, twin }), name, false);
}

/**
 * Whether a column becomes a key, which gives NULL the next free number where it is INTEGER PRIMARY KEY: that may be
 * the number of a row that is copied after it, so that the row with NULL has to be the first.
 * https://sqlite.org/autoinc.html
 */
function becomesNumber({ table, column, ofStep }: Cell): boolean {
  if (table.rowidAlias !== null || table.withoutRowid || affinityOf(column.type) !== 'integer') return false;
  return ofStep.uniques.some(({ names: [name = '', ...more] }) => more.length === 0 && sameName(name, column.name));
}

/** A number of three digits that other columns hardly have. */
function tagOf({ name }: Column, table: Table): number {
  return 100 + (streamKey(0, table.name, name) % 900);
}
