import type { SqlValue } from '../../model/connection.ts';
import type { Refusal, RowSink, RowVerdict } from '../../model/dataset.ts';
import type { Table } from '../../model/schema.ts';
import { type Placed, type Planner, placeRow } from '../fill.ts';
import { type Loaded, loadRows } from '../load-rows.ts';
import { isOutside, partialKeysOf, waysOut } from '../partial-keys.ts';
import { isDuplicate } from '../refusal.ts';
import type { RowPlan } from '../row-plan.ts';
import { keyMemory } from '../to-come.ts';
import { rowsLike } from './rows.ts';

/**
 * Inserts `wanted` more plain rows into a table, each like one that SQLite took: the first is searched for, as one-row
 * does, and the others are drawn like it.
 */
export function growTable(table: Table, plan: Planner, sink: RowSink, wanted: number): Loaded {
  if (wanted <= 0) return { added: 0, refusal: null };
  const start = sink.count(table.name, []);
  const { placed, refusal } = sink.trial(() => findPatterns(table, plan, sink, start, wanted));
  if (refusal !== null) return { added: 0, refusal };
  const own = plan(table);
  const memory = keyMemory(own, sink);
  return loadRows({
    ...{ table, sink, start, wanted, guarded: own.guarded, replaces: true, overrides: own.overrides },
    sources: placed.map(({ row, plain, held }) => rowsLike({ ...own, held }, row, plain, sink, memory)),
    search: (index) => {
      const found = placeRow({ ...own, variant: index }, sink);
      if (found.refusal === null) memory.remember(found.row);
      return found.refusal;
    },
  });
}

/** A row of a pattern, with what all rows of the pattern hold. */
interface Template extends Placed {
  readonly held: ReadonlyMap<string, SqlValue>;
}

/**
 * Finds a row that fits; one more for each column that it had to leave NULL: a row of the other arm, if there is one; and
 * one outside each partial unique index, where rows may repeat what they must not repeat inside it.
 */
function findPatterns(
  table: Table,
  plan: Planner,
  sink: RowSink,
  start: number,
  wanted: number,
): { placed: Template[]; refusal: RowVerdict } {
  const own = plan(table);
  const first = { ...placeRow({ ...own, variant: start }, sink), held: own.held };
  // The search may have met only what is taken already, or parents that do not go together; rows that are drawn may fit.
  if (first.refusal !== null && !isOfKeys(first.refusal) && !isDuplicate(first.refusal))
    return { placed: [], refusal: first.refusal };
  const placed: Template[] = [first];
  for (const pattern of [...otherArms(own, first), ...outsideOf(own, first.row)]) {
    if (placed.length >= wanted) break;
    const other = placeRow({ ...own, ...pattern, variant: start + placed.length }, sink);
    if (other.refusal === null) placed.push({ ...other, held: pattern.held });
  }
  return { placed, refusal: null };
}

/** The difference of a pattern from the plain row. */
type Pattern = Pick<RowPlan, 'filled' | 'held'>;

/** A pattern for each column that a row had to leave NULL. */
function otherArms({ held }: RowPlan, { row, plain }: Placed): Pattern[] {
  const left = [...row].filter(([column, value]) => value === null && (plain.get(column) ?? null) !== null);
  return left.map(([column]) => ({ filled: column, held }));
}

/** A pattern outside each partial unique index that a row is inside of; those of the project's own cells are not ours. */
function outsideOf(
  { table, facts, overrides, variant, uniques, held }: RowPlan,
  row: ReadonlyMap<string, SqlValue>,
): Pattern[] {
  const own = overrides?.(row, variant);
  const ways = [...partialKeysOf(table), ...uniques].flatMap(({ condition }) => {
    const found = condition === null ? [] : waysOut(condition, table, facts);
    return isOutside(found, table, row) ? [] : found.filter(({ column }) => own?.has(column) !== true).slice(0, 1);
  });
  return [...new Map(ways.map(({ column, value }) => [column, value]))].map(([column, value]) =>
    value === undefined ? { filled: column, held } : { filled: null, held: new Map([[column, value]]) },
  );
}

function isOfKeys({ code, ofAnyRow }: Refusal): boolean {
  return code === 'SQLITE_CONSTRAINT_FOREIGNKEY' && !ofAnyRow;
}
