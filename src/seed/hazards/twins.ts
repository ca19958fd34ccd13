import { describeHazard } from '../../hazards/hazards.ts';
import type { SqlValue } from '../../model/connection.ts';
import type { Hazard, HazardRow } from '../../model/hazard.ts';
import type { Migration, Narrowing, Statement } from '../../model/history.ts';
import type { Schema, Table } from '../../model/schema.ts';
import { foldName, includesName } from '../../sql/quote.ts';
import { newPartialKeys, valuesInside } from '../partial-keys.ts';
import { keysOnTheWay } from '../reading/ways.ts';
import { lastRow } from './draft.ts';
import type { Hosts } from './hosts.ts';
import type { Sources } from './sources.ts';
import type { Children } from './with-children.ts';

/** The table whose twins are made. */
interface TwinRequest {
  readonly table: Table;
  readonly plain: ReadonlyMap<string, SqlValue>;
  /** The columns of each key that the migration makes. */
  readonly keys: readonly (readonly string[])[];
  readonly hosts: Hosts;
  readonly childrenOf: Children;
}

/** A twin, with the row that it repeats. */
interface Twin {
  readonly rows: readonly HazardRow[] | null;
  readonly other: ReadonlyMap<string, SqlValue>;
}

/**
 * Twins of the plain row, inside each partial unique index that the migration makes too, and a newest row that is gone.
 * Of several keys that the migration makes, each gets a row that repeats that key alone: a twin fails at the first.
 */
export function hazardsOfTable(
  table: Table,
  plain: ReadonlyMap<string, SqlValue>,
  migration: Migration,
  schema: Schema,
  { newKeysOf, waysOutOf }: Sources,
  hosts: Hosts,
  childrenOf: Children,
): Hazard[] {
  const onTheWay = keepsOne(migration) ? keysOnTheWay(table, migration, schema) : [];
  const keys = new Map([...newKeysOf(table), ...onTheWay].map((key) => [key.map(foldName).join('\0'), key]));
  const request = { table, plain, keys: [...keys.values()], hosts, childrenOf };
  const isPartial = table.indexes.some((index) => index.unique && waysOutOf(table, index).length > 0);
  const hazards: Hazard[] = [];
  for (const twin of twinsOf(request, migration, isPartial))
    hazards.push(...duplicateOf(request, twin, `duplicate ${hazards.length}`));
  return [...hazards, ...deletedLastRow(table, hosts), ...gapIn(table, plain, migration, hosts)];
}

/** One after the other: the children of a twin go in before the next one. */
function* twinsOf(request: TwinRequest, migration: Migration, isPartial: boolean): Generator<Twin> {
  const { table, plain, hosts } = request;
  yield { rows: hosts({ table, label: 'duplicate', twin: true }), other: plain };
  if (isPartial) yield { rows: hosts({ table, label: 'duplicate outside', twin: true, outside: true }), other: plain };
  yield* twinsInKeys(request, keepsOne(migration));
  yield* twinsInPartialKeys(request, migration);
}

/**
 * Rows that repeat one of several keys alone, or the only one where a copy keeps one of the rows that share it: rows that are
 * equal in all else would be the same row there.
 */
function* twinsInKeys({ table, plain, keys, hosts }: TwinRequest, outside: boolean): Generator<Twin> {
  if (keys.length < (outside ? 1 : 2)) return;
  for (const names of keys) {
    const awkward = valuesOf(names, plain);
    if (awkward.size === 0) continue;
    yield { rows: hosts({ table, label: `duplicate ${names.join()}`, awkward, outside }), other: plain };
  }
}

/** Whether a copy of a migration keeps one of the rows that share a key, or of those that share more than that. */
function keepsOne({ statements }: Migration): boolean {
  return statements.some(({ head: { narrowings } }) => narrowings.some((each) => keeping.has(each)));
}

const keeping: ReadonlySet<Narrowing> = new Set(['or-ignore', 'or-replace', 'distinct', 'group-by']);

/** Pairs of rows inside partial unique indexes that the plain row is outside of. */
function* twinsInPartialKeys({ table, plain, keys, hosts }: TwinRequest, migration: Migration): Generator<Twin> {
  for (const [i, { names, condition }] of newPartialKeys(migration, table).entries()) {
    const values = valuesInside(condition ?? '', table);
    if ([...values].every(([column, value]) => plain.get(column) === value)) continue;
    const isTwin = keys.length < 2;
    const label = `duplicate within ${i}`;
    const one = hosts({ table, label: `${label} one`, awkward: values, twin: isTwin });
    const held = one?.at(-1)?.values ?? plain;
    const awkward = isTwin ? values : new Map([...valuesOf(names, held), ...values]);
    const other = hosts({ table, label: `${label} other`, awkward, twin: isTwin });
    yield { rows: one && other && [...one, ...other], other: held };
  }
}

function duplicateOf({ table, childrenOf }: TwinRequest, { rows, other }: Twin, label: string): Hazard[] {
  const twin = rows?.at(-1);
  if (rows === null || twin === undefined) return [];
  const columns = [...twin.values]
    .filter(([name, value]) => value !== null && value === other.get(name))
    .map(([name]) => name);
  if (columns.length === 0) return [];
  const said = describeHazard('duplicate', { table: table.name, columns });
  return [{ kind: 'duplicate', table: table.name, columns, ...said, rows: [...rows, ...childrenOf(twin, label)] }];
}

function deletedLastRow(table: Table, hosts: Hosts): Hazard[] {
  const rows = table.autoincrement ? hosts({ table, label: lastRow, deleted: true }) : null;
  const id = table.rowidAlias;
  if (rows === null || id === null) return [];
  const said = describeHazard('deleted-last-row', { table: table.name, column: id });
  return [{ kind: 'deleted-last-row', table: table.name, columns: [id], ...said, rows }];
}

/** A row like others whose number does not follow on that of the plain row. */
function gapIn(table: Table, plain: ReadonlyMap<string, SqlValue>, { statements }: Migration, hosts: Hosts): Hazard[] {
  const id = table.rowidAlias;
  if (id === null || !plain.has(id) || !statements.some(readsNumbers)) return [];
  const rows = hosts({ table, label: 'gap' });
  const row = rows?.at(-1);
  if (rows === null || row === undefined) return [];
  // SQLite gives it the number that follows.
  const next = { ...row, values: new Map([...row.values].filter(([name]) => name !== id)) };
  const said = describeHazard('gap', { table: table.name, column: id });
  return [{ kind: 'gap', table: table.name, columns: [id], ...said, rows, without: [...rows.slice(0, -1), next] }];
}

/** Whether a statement copies rows, which may number them anew, or counts them. */
function readsNumbers({ head, sql }: Statement): boolean {
  return (
    head.sources.length > 0 &&
    (/^(?:insert|replace|create-table)$/.test(head.verb) || /\b(?:count|max|row_number|rank)\s*\(/i.test(sql))
  );
}

/** The values of a row in those of the names that are columns. */
function valuesOf(names: readonly string[], row: ReadonlyMap<string, SqlValue>): ReadonlyMap<string, SqlValue> {
  return new Map([...row].filter(([column]) => includesName(names, column)));
}
