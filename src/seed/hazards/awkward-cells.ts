import { describeHazard, hazardSorts, valueKinds } from '../../hazards/hazards.ts';
import type { SubjectOf } from '../../hazards/sort.ts';
import type { SqlValue } from '../../model/connection.ts';
import type { Hazard, HazardKind, HazardRow } from '../../model/hazard.ts';
import type { Column, Table } from '../../model/schema.ts';
import { includesName, sameName } from '../../sql/quote.ts';
import { isNullable, mayTurnOutNull } from '../nulls.ts';
import type { Demand } from '../reading/demands.ts';
import type { ColumnFacts } from '../reading/facts.ts';
import { affinityOf } from '../values/affinity.ts';
import { streamKey } from '../values/streams.ts';
import { type Companions, companionsOfNull } from './companions-of-null.ts';
import type { Hosts } from './hosts.ts';
import { roleOf, statesOf } from './roles.ts';
import type { Scope } from './scope.ts';
import type { Sources } from './sources.ts';

/** How many states of a column get a row. */
const stateLimit = 12;

/** A column whose hazards are made. */
interface Cell {
  readonly table: Table;
  readonly column: Column;
  /** The value of the plain row. */
  readonly value: SqlValue;
  readonly facts: ColumnFacts;
  readonly newKeys: readonly (readonly string[])[];
  readonly hosts: Hosts;
}

/** The hazards of single columns: NULL, every state, and the awkward values of what the column is made to hold. */
export function hazardsOfColumns(
  table: Table,
  plain: ReadonlyMap<string, SqlValue>,
  scope: Scope,
  sources: Sources,
  hosts: Hosts,
): Hazard[] {
  const { factsOf, referencesOf, newKeysOf, demandsOf } = sources;
  const pointing = referencesOf(table).flatMap(({ columns }) => columns);
  const beside = companionsOfNull(table, plain, sources);
  return table.columns.flatMap((column): Hazard[] => {
    const value = plain.get(column.name);
    if (value === undefined || column.name === table.rowidAlias || !scope.reads(table, column.name)) return [];
    const cell = { table, column, value, facts: factsOf(table)(column.name), newKeys: newKeysOf(table), hosts };
    const isPointing = includesName(pointing, column.name);
    const mayBeNull = isPointing ? isNullable(table, column) : mayTurnOutNull(table, column);
    const nulls = mayBeNull && value !== null ? nullHazards(cell, beside(column)) : [];
    const picked = isNullable(table, column) ? pickedNulls(cell, demandsOf(table)) : [];
    if (isPointing) return [...nulls, ...picked];
    return [...nulls, ...picked, ...stateHazards(cell), ...valueHazards(cell)];
  });
}

function nullHazards(cell: Cell, companions: readonly Companions[]): Hazard[] {
  const { table, column, newKeys } = cell;
  const subject = { table: table.name, column: column.name };
  // Two of them, for GROUP BY takes NULLs together and UNIQUE does not.
  const pair = [rowWith(cell, 'null', null), rowWith(cell, 'null again', null)];
  const more = companions.map((others) => rowWith(cell, `null beside ${others.join(' ')}`, null, false, others));
  const rows = [...pair, ...more].flatMap((each) => each ?? []);
  const first = becomesNumber(table, column, newKeys)
    ? hazardIn(cell, 'null', subject, rowWith(cell, 'null first', null, false, [['rowid', 0]]))
    : [];
  return [...hazardIn(cell, 'null', subject, rows.length > 0 ? rows : null), ...first];
}

/** NULL in the rows out of which a statement copies the column where NULL is not allowed. */
function pickedNulls(cell: Cell, demands: readonly Demand[]): Hazard[] {
  const { table, column } = cell;
  return demands.flatMap(({ columns, when }): Hazard[] => {
    if (!columns.includes(column.name) || when.column === column.name) return [];
    const rows = when.values.flatMap(
      (held) => rowWith(cell, `null where ${held}`, null, false, [[when.column, held]]) ?? [],
    );
    const subject = { table: table.name, column: column.name, where: when };
    return hazardIn(cell, 'null', subject, rows.length > 0 ? rows : null);
  });
}

function stateHazards(cell: Cell): Hazard[] {
  const { table, column, value, facts } = cell;
  const others = statesOf(column, facts).filter((each) => each !== value);
  return others.slice(0, stateLimit).flatMap((state) => {
    const subject = { table: table.name, column: column.name, value: state };
    return hazardIn(cell, 'state', subject, rowWith(cell, `state ${state}`, state));
  });
}

function valueHazards(cell: Cell): Hazard[] {
  const { table, column, value, facts, newKeys } = cell;
  const role = roleOf(column, facts, value);
  const tag = tagOf(column, table);
  return valueKinds.flatMap((kind): Hazard[] => {
    const { value: awkward, isTwin } = hazardSorts[kind];
    if (awkward === null || !awkward.roles.includes(role) || (isCode(table, column) && !awkward.inKeys)) return [];
    const held = awkward.of({ plain: value, column, table, tag });
    if (held === undefined || held === value) return [];
    // A twin of a whole row would fail at the first of several keys.
    const rows = rowWith(cell, kind, held, isTwin && newKeys.length < 2);
    return hazardIn(cell, kind, { table: table.name, column: column.name }, rows);
  });
}

function hazardIn<K extends HazardKind>(
  { table, column }: Cell,
  kind: K,
  subject: SubjectOf<K>,
  rows: readonly HazardRow[] | null,
): Hazard[] {
  if (rows === null) return [];
  return [{ kind, table: table.name, columns: [column.name], ...describeHazard(kind, subject), rows }];
}

function rowWith(
  { table, column, hosts }: Cell,
  label: string,
  awkward: SqlValue,
  twin = false,
  others: Companions = [],
): readonly HazardRow[] | null {
  const values = new Map([[column.name, awkward], ...others]);
  return hosts({ table, label: `${column.name} ${label}`, awkward: values, twin });
}

/**
 * Whether a column becomes a key, which gives NULL the next free number where it is INTEGER PRIMARY KEY: that may be
 * the number of a row that is copied after it, so that the row with NULL has to be the first.
 * https://sqlite.org/autoinc.html
 */
function becomesNumber(
  { rowidAlias, withoutRowid }: Table,
  column: Column,
  keys: readonly (readonly string[])[],
): boolean {
  if (rowidAlias !== null || withoutRowid || affinityOf(column.type) !== 'integer') return false;
  return keys.some(([name, more]) => more === undefined && name !== undefined && sameName(name, column.name));
}

function isCode(table: Table, column: Column): boolean {
  return includesName(table.primaryKey, column.name);
}

/** A number of three digits that other columns hardly have. */
function tagOf({ name }: Column, table: Table): number {
  return 100 + (streamKey(0, table.name, name) % 900);
}
