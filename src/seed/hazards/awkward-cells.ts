import { describeHazard, hazardSorts, valueKinds } from '../../hazards/hazards.ts';
import type { SubjectOf } from '../../hazards/sort.ts';
import type { SqlValue } from '../../model/connection.ts';
import type { Hazard, HazardKind, HazardRow } from '../../model/hazard.ts';
import type { Column, Table } from '../../model/schema.ts';
import { sameName } from '../../sql/quote.ts';
import { isNullable } from '../nulls.ts';
import { affinityOf } from '../values/affinity.ts';
import { streamKey } from '../values/streams.ts';
import { type Companions, companionsOfNull } from './companions-of-null.ts';
import type { Hosts } from './hosts.ts';
import { roleOf, statesOf } from './roles.ts';
import type { Scope } from './scope.ts';
import type { Sources } from './sources.ts';

/** How many states of a column get a row. */
const stateLimit = 12;

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
    const facts = factsOf(table)(column.name);
    const subject = { table: table.name, column: column.name };
    const hazard = <K extends HazardKind>(kind: K, about: SubjectOf<K>, rows: readonly HazardRow[] | null): Hazard[] =>
      rows === null ? [] : [{ kind, table: table.name, columns: [column.name], ...describeHazard(kind, about), rows }];
    const rowWith = (
      label: string,
      awkward: SqlValue,
      twin = false,
      others: Companions = [],
    ): readonly HazardRow[] | null =>
      hosts({
        table,
        label: `${column.name} ${label}`,
        awkward: new Map([[column.name, awkward], ...others]),
        twin,
      });

    const found: Hazard[] = [];
    if (isNullable(table, column) && value !== null) {
      // Two of them, for GROUP BY takes NULLs together and UNIQUE does not.
      const pair = [rowWith('null', null), rowWith('null again', null)];
      const more = beside(column).map((others) => rowWith(`null beside ${others.join(' ')}`, null, false, others));
      const rows = [...pair, ...more].flatMap((each) => each ?? []);
      found.push(...hazard('null', subject, rows.length > 0 ? rows : null));
      if (becomesNumber(table, column, newKeysOf(table)))
        found.push(...hazard('null', subject, rowWith('null first', null, false, [['rowid', 0]])));
    }
    for (const { columns, when } of demandsOf(table)) {
      if (!isNullable(table, column) || !columns.includes(column.name) || when.column === column.name) continue;
      const rows = when.values.flatMap(
        (held) => rowWith(`null where ${held}`, null, false, [[when.column, held]]) ?? [],
      );
      found.push(...hazard('null', { ...subject, where: when }, rows.length > 0 ? rows : null));
    }
    if (pointing.some((name) => sameName(name, column.name))) return found;
    const role = roleOf(column, facts, value);
    for (const state of statesOf(column, facts)
      .filter((each) => each !== value)
      .slice(0, stateLimit)) {
      found.push(...hazard('state', { ...subject, value: state }, rowWith(`state ${state}`, state)));
    }
    const tag = tagOf(column, table);
    for (const kind of valueKinds) {
      const { value: awkward, isTwin } = hazardSorts[kind];
      if (awkward === null || !awkward.roles.includes(role) || (isCode(table, column) && !awkward.inKeys)) continue;
      const held = awkward.of({ plain: value, column, table, tag });
      if (held === undefined || held === value) continue;
      // A twin of a whole row would fail at the first of several keys.
      const rows = rowWith(kind, held, isTwin && newKeysOf(table).length < 2);
      found.push(...hazard(kind, subject, rows));
    }
    return found;
  });
}

/**
 * Whether a column becomes a key, which gives NULL the next free number where it is INTEGER PRIMARY KEY: that may be
 * the number
 * of a row that is copied after it, so that the row with NULL has to be the first.
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
  return table.primaryKey.some((name) => sameName(name, column.name));
}

/** A number of three digits that other columns hardly have. */
function tagOf({ name }: Column, table: Table): number {
  return 100 + (streamKey(0, table.name, name) % 900);
}
