import type { SqlValue } from '../../model/connection.ts';
import type { Hazard, HazardKind, HazardRow } from '../../model/hazard.ts';
import type { Column, Table } from '../../model/schema.ts';
import { quoteName, quoteString, sameName } from '../../sql/quote.ts';
import { isNullable } from '../nulls.ts';
import { type Beside, besideNull } from './beside.ts';
import type { Carriers } from './carriers.ts';
import { roleOf, statesOf } from './roles.ts';
import type { Scope } from './scope.ts';
import type { Sources } from './sources.ts';
import { type AwkwardValue, awkwardValues, conditionOn } from './values.ts';

/** How many states of a column get a row. */
const stateLimit = 12;

/** The hazards of single columns: NULL, every state, and the awkward values of what the column is made to hold. */
export function hazardsOfColumns(
  table: Table,
  plain: ReadonlyMap<string, SqlValue>,
  scope: Scope,
  sources: Sources,
  carriers: Carriers,
): Hazard[] {
  const { factsOf, referencesOf, newKeysOf } = sources;
  const from = `FROM ${quoteName(table.name)}`;
  const pointing = referencesOf(table).flatMap(({ columns }) => columns);
  const beside = besideNull(table, plain, sources);
  return table.columns.flatMap((column): Hazard[] => {
    const value = plain.get(column.name);
    if (value === undefined || column.name === table.rowidAlias || !scope.reads(table, column.name)) return [];
    const facts = factsOf(table)(column.name);
    const hazard = (kind: HazardKind, needs: string, query: string, rows: readonly HazardRow[] | null): Hazard[] =>
      rows === null ? [] : [{ kind, table: table.name, columns: [column.name], needs, query, rows }];
    const rowWith = (
      label: string,
      awkward: SqlValue,
      twin = false,
      others: Beside = [],
    ): readonly HazardRow[] | null =>
      carriers({
        table,
        label: `${column.name} ${label}`,
        awkward: new Map([[column.name, awkward], ...others]),
        twin,
      });
    const aRow = `a row of ${table.name} whose ${column.name}`;
    const count = (condition: string): string => `SELECT count(*) ${from} WHERE ${condition}`;

    const found: Hazard[] = [];
    if (isNullable(table, column) && value !== null) {
      // Two of them, for GROUP BY takes NULLs together and UNIQUE does not.
      const pair = [rowWith('null', null), rowWith('null again', null)];
      const more = beside(column).map((others) => rowWith(`null beside ${others.join(' ')}`, null, false, others));
      const rows = [...pair, ...more].flatMap((each) => each ?? []);
      found.push(
        ...hazard('null', `${aRow} is NULL`, count(`${quoteName(column.name)} IS NULL`), rows.length > 0 ? rows : null),
      );
    }
    if (pointing.some((name) => sameName(name, column.name))) return found;
    const role = roleOf(column, facts, value);
    for (const state of statesOf(column, facts)
      .filter((each) => each !== value)
      .slice(0, stateLimit)) {
      const literal = typeof state === 'string' ? quoteString(state) : String(state);
      const condition = `${quoteName(column.name)} = ${literal}`;
      found.push(...hazard('state', `${aRow} is ${literal}`, count(condition), rowWith(`state ${state}`, state)));
    }
    for (const awkward of awkwardValues.filter(({ roles }) => roles.includes(role))) {
      if (isCode(table, column) && !codeKinds.has(awkward.kind)) continue;
      const held = awkward.value(value, column, table);
      if (held === undefined || held === value) continue;
      // A twin of a whole row would fail at the first of several keys.
      const rows = rowWith(awkward.kind, held, awkward.twin === true && newKeysOf(table).length < 2);
      const { needs, query } = describe(awkward, table, column);
      found.push(...hazard(awkward.kind, needs, query, rows));
    }
    return found;
  });
}

/** What keys may be without anybody wondering. */
const codeKinds: ReadonlySet<HazardKind> = new Set(['case-variant', 'leading-zeros', 'unicode-text', 'padded-text']);

function isCode(table: Table, column: Column): boolean {
  return table.primaryKey.some((name) => sameName(name, column.name));
}

function describe(awkward: AwkwardValue, table: Table, { name }: Column): { needs: string; query: string } {
  const from = `FROM ${quoteName(table.name)}`;
  if (awkward.kind !== 'case-variant') {
    const condition = conditionOn(awkward.condition, name);
    return {
      needs: `a row of ${table.name} whose ${name} ${awkward.words}`,
      query: `SELECT count(*) ${from} WHERE ${condition}`,
    };
  }
  const lower = `lower(${quoteName(name)})`;
  return {
    needs: `two rows of ${table.name} whose ${name} differs in the case of its letters alone`,
    query: `SELECT ${lower}, count(*) ${from} GROUP BY 1 HAVING count(DISTINCT ${quoteName(name)} COLLATE BINARY) > 1`,
  };
}
