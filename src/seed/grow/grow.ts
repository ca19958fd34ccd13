import type { SqlValue } from '../../model/connection.ts';
import type { Refusal, RowSink, Verdict } from '../../model/dataset.ts';
import type { Table } from '../../model/schema.ts';
import { type Placed, type Planner, placeRow } from '../fill.ts';
import { explainRefusal, overridingLoader, rowOf } from '../overrides.ts';
import { isOutside, partialKeysOf, type WayOut, waysOut } from '../partial-keys.ts';
import { blamedColumns } from '../refusal.ts';
import type { RowPlan } from '../slots.ts';
import { type Batch, batchedFrom, batchOf, batchSize } from './batch.ts';
import { type RowMaker, rowMaker } from './rows.ts';

/** Draws for one row while it is only a duplicate, and while SQLite refuses it for another reason. */
const duplicateAttempts = 24;
const otherAttempts = 3;

/** Rows of a table that are searched for cell by cell where no draw fits, and misses in a row that end the table. */
const searchLimit = 8;
const missLimit = 12;

/** What came of growing a table. */
export interface Growth {
  readonly added: number;
  /** Why it did not grow further, or null. */
  readonly refusal: Verdict;
}

/** A kind of row that SQLite took: one for each arm of an exclusive-or, else one. */
interface Pattern {
  readonly rows: RowMaker;
  readonly template: ReadonlyMap<string, SqlValue>;
  readonly load: (values: readonly SqlValue[], index: number) => Verdict;
  /** Many rows at a time, or null where each must go in by itself. */
  readonly batch: Batch | null;
}

/**
 * Puts `wanted` more plain rows into a table, each like those that SQLite took: the first is searched for, as one-row
 * does, and the others are drawn like it. Memory does not grow with rows.
 * @param guarded whether triggers may act on the table's rows, so that a refused row may leave something behind
 */
export function growTable(table: Table, plan: Planner, sink: RowSink, wanted: number, guarded: boolean): Growth {
  if (wanted <= 0) return { added: 0, refusal: null };
  const start = sink.count(table.name, []);
  const found = sink.trial(() => findPatterns(table, plan, sink, start, wanted));
  if (found.refusal !== null) return { added: 0, refusal: found.refusal };
  const patterns = found.placed.map(({ row, plain, held }, _, { length }): Pattern => {
    const own = { ...plan(table), held };
    const rows = rowMaker(own, row, plain, sink);
    const load = overridingLoader(table, own.overrides, rows.columns, sink, guarded);
    const isBatched = wanted >= batchedFrom && length === 1 && !guarded && own.overrides === null;
    const batch = isBatched ? batchOf(rows, sink.loader(table.name, rows.columns, guarded)) : null;
    return { rows, template: row, load, batch };
  });
  let growth: Growth = { added: 0, refusal: null };
  const work = (): void => {
    growth = addRows(table, plan, sink, patterns, start, wanted);
  };
  // RAISE(ROLLBACK) in a trigger would take all rows of a transaction away.
  if (guarded) work();
  else {
    const verdict = sink.transaction(work);
    if (verdict !== null) return { added: 0, refusal: verdict };
  }
  return growth;
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
): { placed: Template[]; refusal: Verdict } {
  const own = plan(table);
  const first = { ...placeRow({ ...own, variant: start }, sink), held: own.held };
  // The search may have met only what is taken already, or parents that do not go together; rows that are drawn may fit.
  if (first.refusal !== null && !isOfKeys(first.refusal) && !isDuplicate(first.refusal))
    return { placed: [], refusal: first.refusal };
  const placed: Template[] = [first];
  const place = (filled: string | null, held = own.held): void => {
    if (placed.length >= wanted) return;
    const other = placeRow({ ...own, variant: start + placed.length, filled, held }, sink);
    if (other.refusal === null) placed.push({ ...other, held });
  };
  for (const [column, value] of first.row) {
    if (value === null && (first.plain.get(column) ?? null) !== null) place(column);
  }
  for (const { column, value } of outsideOf(own, first.row)) {
    if (value === undefined) place(column);
    else place(null, new Map([[column, value]]));
  }
  return { placed, refusal: null };
}

/** One way out of each partial unique index that a row is inside of; those of the project's own cells are not ours. */
function outsideOf(
  { table, facts, overrides, variant, uniques }: RowPlan,
  row: ReadonlyMap<string, SqlValue>,
): readonly WayOut[] {
  const own = overrides?.(row, variant);
  const ways = [...partialKeysOf(table), ...uniques].flatMap(({ condition }) => {
    const found = condition === null ? [] : waysOut(condition, table, facts);
    return isOutside(found, table, row) ? [] : found.filter(({ column }) => own?.has(column) !== true).slice(0, 1);
  });
  return [...new Map(ways.map((way) => [way.column, way])).values()];
}

function addRows(
  table: Table,
  plan: Planner,
  sink: RowSink,
  patterns: readonly Pattern[],
  start: number,
  wanted: number,
): Growth {
  const values: SqlValue[][] = patterns.map(({ rows }) => rows.columns.map(() => null));
  let added = 0;
  let misses = 0;
  let searches = 0;
  let refusal: Verdict = null;
  let unbatched = start;
  let pause = batchSize;
  for (let index = start; added < wanted && misses < missLimit; index++) {
    const which = index % patterns.length;
    const pattern = patterns[which];
    const row = values[which];
    if (pattern === undefined || row === undefined) break;
    if (pattern.batch !== null && index >= unbatched && wanted - added >= batchSize) {
      if (pattern.batch(index, added / wanted)) {
        added += batchSize;
        index += batchSize - 1;
        misses = 0;
        refusal = null;
        continue;
      }
      // Where batches are refused again and again, they are tried ever more seldom.
      unbatched = index + pause;
      pause *= 2;
    }
    refusal = addRow(table, pattern, row, index, added / wanted);
    if (refusal !== null && refusal !== noParentLeft && searches < searchLimit) {
      searches += 1;
      refusal = placeRow({ ...plan(table), variant: index }, sink).refusal;
    } else if (refusal !== null) {
      refusal = explainRefusal(table, plan(table).overrides, rowOf(pattern.rows.columns, row), index, refusal);
    }
    if (refusal === null) added += 1;
    misses = refusal === null ? 0 : misses + 1;
  }
  return { added, refusal };
}

/** Draws a row until SQLite takes it; then gives up what the last refusal was about for what the template has there. */
function addRow(table: Table, pattern: Pattern, row: SqlValue[], index: number, progress: number): Verdict {
  const { rows, template, load } = pattern;
  let refusal: Refusal = noParentLeft;
  for (let attempt = 0; attempt < duplicateAttempts; attempt++) {
    if (!rows.make(index, attempt, progress, row)) return noParentLeft;
    if (attempt < duplicateAttempts - 1 && rows.repeats(row)) continue;
    const verdict = load(row, index);
    if (verdict === null) return null;
    refusal = verdict;
    if (verdict.ofAnyRow) return verdict;
    if (!isDuplicate(verdict) && attempt + 1 >= otherAttempts) break;
  }
  if (isDuplicate(refusal)) return refusal;
  const blamed = rows.withLinked(blamedColumns(refusal, table));
  rows.columns.forEach((column, i) => {
    if (blamed.has(column) && !rows.distinct.has(column)) row[i] = template.get(column) ?? null;
  });
  return load(row, index);
}

const noParentLeft: Refusal = {
  code: 'SQLITE_CONSTRAINT_FOREIGNKEY',
  message: 'every row that it could point at is taken',
  ofAnyRow: false,
};

function isOfKeys({ code, ofAnyRow }: Refusal): boolean {
  return code === 'SQLITE_CONSTRAINT_FOREIGNKEY' && !ofAnyRow;
}

/** https://sqlite.org/rescode.html#constraint_unique */
function isDuplicate({ code }: Refusal): boolean {
  return code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY';
}
