// This room tells which rows a step lost, added or changed: it pairs the rows of before with those of after.
import type { Database } from '../database/connection.ts';
import { asShown } from '../database/keys.ts';
import { mustRead } from '../database/reading.ts';
import type { Snapshot } from '../database/snapshot.ts';
import type { ColumnChange, Miswritten, ShownKeys, TableChange } from '../model/change.ts';
import type { State } from '../model/outcome.ts';
import type { Table } from '../model/schema.ts';
import type { Flow, FlowTable } from '../sql/flow.ts';
import { foldName, quoteName, sameName } from '../sql/quote.ts';
import { schemaDelta } from '../sql/schema-delta.ts';
import { tableNamed } from '../sql/tables.ts';
import type { TablePair } from './column-diff.ts';
import { withHiddenNumbers } from './hidden-numbers.ts';
import { type ComparedTable, identify, isUnique, pairOf, pairRowids } from './identity.ts';
import { findMoved } from './moved-rows.ts';
import { type ComparedColumn, pairColumns } from './pairing.ts';
import { findSuccessor } from './renamed-tables.ts';
import { countRepeated, differingRows, diffPaired, diffUnpaired, type Identity, type PairedDiff } from './row-diff.ts';
import { miswrittenAnew, miswrittenIn } from './written/written.ts';

/** The number of rows that are named by their keys. */
const shownRows = 3;

/** The changes to the rows of before, and to values that statements computed from them. */
export interface RowChanges {
  /** The tables that have changed, and those that moved into another table, in the order of before. */
  readonly changes: readonly TableChange[];
  readonly miswritten: readonly Miswritten[];
}

/**
 * Compares the rows of every table of before with those of what it has become.
 * @param db the database after the step, outside a transaction.
 * @param mayHaveWritten whether the rows of a table of before may have been written; else it is compared only where its
 * definition changed.
 * @throws HarnessError `rows-unreadable`, `function-missing`
 */
export function findRowChanges(
  db: Database,
  snapshot: Snapshot,
  flow: Flow,
  before: State,
  after: State,
  mayHaveWritten: (table: string) => boolean = () => true,
): RowChanges {
  const isSame = (table: Table): boolean => {
    const now = tableNamed(after.schema, table.name);
    return now?.name === table.name && now.sql === table.sql;
  };
  const left = new Set(schemaDelta(before.schema, after.schema).left);
  const held = before.schema.tables.filter(
    (table) =>
      table.kind === 'table' &&
      ((left.has(table) && !isSame(table)) || mayHaveWritten(table.name)) &&
      (before.rows.get(table.name) ?? 0) > 0,
  );
  if (held.length === 0) return { changes: [], miswritten: [] };
  return snapshot.attach(db, (schema) => {
    const seen = new Set<FlowTable>();
    const compared = held.map((table): RowChanges => {
      const had = before.rows.get(table.name) ?? 0;
      const compareWith = (now: Table, end: FlowTable): RowChanges => {
        seen.add(end);
        const has = after.rows.get(now.name) ?? 0;
        const sides = { db, schema, flow, known: before.schema, referrers: after.schema.tables };
        const each = { ...sides, before: table, after: now, end, had, has };
        return mustRead(db, `The rows of ${table.name}`, () => compareTable(each));
      };
      const end = flow.becomes(table.name);
      const now = end === null ? undefined : tableNamed(after.schema, end.name);
      if (end !== null && now !== undefined) return now.kind === 'table' ? compareWith(now, end) : nothing;
      const successor = findSuccessor(flow, table, after);
      const found = successor === null ? nothing : compareWith(successor.table, successor.end);
      if (found.changes.length > 0) return found;
      const changes = mustRead(db, `The rows of ${table.name}`, () =>
        findMoved(db, schema, flow, table, before, after),
      );
      return { ...found, changes };
    });
    const others = flow.tables.filter((end) => !seen.has(end));
    return {
      changes: compared.flatMap(({ changes }) => changes),
      miswritten: [
        ...compared.flatMap(({ miswritten }) => miswritten),
        ...others.flatMap((end) => miswrittenAnew({ db, schema, known: before.schema, end }, after)),
      ],
    };
  });
}

const nothing: RowChanges = { changes: [], miswritten: [] };

function compareTable(each: ComparedTable): RowChanges {
  const { changes: told, columns, identity } = diffTable(each);
  const changes = withHiddenNumbers(each, told, copied(each, []));
  return { changes, miswritten: miswrittenIn(each, columns, identity) };
}

interface TableDiff {
  readonly changes: readonly TableChange[];
  readonly columns: readonly ComparedColumn[];
  /** The identity of its rows; null where it is unknown. */
  readonly identity: Identity | null;
}

function diffTable(each: ComparedTable): TableDiff {
  const { before, after, flow, end, had, has } = each;
  const columns = pairColumns(before, after, end, each);
  const compared = columns.filter(({ intended }) => !intended);
  const rowid = flow.renumbered ? null : pairRowids(before, after);
  const pair = pairOf(each, compared);
  const identity = identify(each, columns, rowid);
  if (identity === null) {
    // Most tables are unchanged, and comparing by rowid shows that at the least cost.
    const same = rowid !== null && had === has ? diffPaired(each.db, pair, rowid) : null;
    if (same?.lost === 0 && same.changed === 0)
      return { changes: [], columns, identity: compared.length > 0 ? rowid : null };
    return { changes: compareAsRows(each, compared), columns, identity: null };
  }
  const diff = diffPaired(each.db, pair, identity);
  const repeated =
    identity.kind === 'key' && !isUnique(after, identity.columns) ? countRepeated(each.db, pair, identity.columns) : 0;
  const gained = has - repeated - (had - diff.lost);
  // Two keys of before may be equal under the collation of after.
  if (gained < 0) return { changes: compareAsRows(each, compared), columns, identity: null };
  const duplicated = isOwnCopy(each, compared) && !isMultipliedOnPurpose(each) ? repeated : 0;
  const change = (): TableChange => ({
    table: before.name,
    now: after.name,
    lost: diff.lost,
    duplicated,
    changed: diff.changed,
    columns: changedColumns(compared, diff),
    ...copied(each, compared),
    keys: readKeys(each, pair, identity, diff),
  });
  return { changes: diff.lost + diff.changed + duplicated === 0 ? [] : [change()], columns, identity };
}

/** The facts in the copies into a table that was created again. */
function copied(
  { end }: ComparedTable,
  compared: readonly ComparedColumn[],
): Pick<TableChange, 'swapped' | 'copiedBy'> {
  const swapped = compared.filter(
    ({ intended, kept, converted, feeds }) =>
      !intended && !kept && !converted && feeds.some(({ kind }) => kind === 'column'),
  );
  const statements = [...end.feeds.values()]
    .flat()
    .map(({ statement }) => statement)
    .filter((index) => index > 0);
  const copiedBy = end.before === null && statements.length > 0 ? Math.min(...statements) : null;
  return { swapped: swapped.map(({ after }) => after), copiedBy };
}

/** Whether the table was made anew from its own rows alone, joined perhaps with others. */
function isOwnCopy({ before, end }: ComparedTable, compared: readonly ComparedColumn[]): boolean {
  if (end.before !== null || end.mixed || !end.sources.has(foldName(before.name))) return false;
  return compared.every((column) => isOwnColumn(column, before.name));
}

/**
 * Whether several statements copy the rows and each writes a value of its own into a column of the key: one row becomes a row
 * for each of them.
 */
function isMultipliedOnPurpose({ after, end }: ComparedTable): boolean {
  return after.primaryKey.some((column) => {
    const feeds = end.feeds.get(foldName(column)) ?? [];
    const statements = new Set(feeds.map(({ statement }) => statement));
    return statements.size > 1 && feeds.some(({ kind }) => kind === 'intended');
  });
}

/** Whether no other table's column goes into it. */
function isOwnColumn({ feeds }: ComparedColumn, table: string): boolean {
  return feeds.every((feed) => feed.kind !== 'column' || sameName(feed.table, table));
}

function changedColumns(compared: readonly ComparedColumn[], diff: PairedDiff): ColumnChange[] {
  return compared.flatMap((column, i): ColumnChange[] => {
    const { changed = 0, nulled = 0 } = diff.columns[i] ?? {};
    return changed === 0 ? [] : [changeOf(column, changed, nulled)];
  });
}

function changeOf(
  { after, beforeAffinity, afterAffinity, converted, feeds }: ComparedColumn,
  rows: number,
  nulled: number,
): ColumnChange {
  return { column: after, rows, nulled, retyped: beforeAffinity !== afterAffinity, converted, feeds };
}

function readKeys(
  { db, before }: ComparedTable,
  pair: TablePair,
  identity: Identity,
  { changed }: PairedDiff,
): ShownKeys {
  const named = before.primaryKey.length > 0;
  const columns = named ? before.primaryKey : identity.kind === 'rowid' ? [identity.before] : [];
  if (changed === 0 || columns.length === 0) return { columns: [], rows: [] };
  const shown = named ? columns.map(quoteName) : columns;
  const rows = differingRows(db, pair, identity, shown, shownRows);
  return { columns, rows: rows.map((row) => row.map(asShown)) };
}

/** Compares two multisets of rows, and tells by columns what rows that are gone and rows that are new differ in. */
function compareAsRows(each: ComparedTable, compared: readonly ComparedColumn[]): TableChange[] {
  const { db, before, after, had, has } = each;
  // Without the identity of rows, a value from another table looks like a changed one.
  const alike = compared.filter((column) => isOwnColumn(column, before.name) && !isFilled(column));
  const diff = (columns: readonly ComparedColumn[]) =>
    columns.length > 0
      ? diffUnpaired(db, pairOf(each, columns))
      : { lost: Math.max(had - has, 0), gained: Math.max(has - had, 0), duplicated: 0 };
  const all = diff(alike);
  const { lost, gained } = all;
  // New rows beside a copy of the old ones may equal those and are still new.
  const isOwn = isOwnCopy(each, compared);
  const isMultiplied = isMultipliedOnPurpose(each);
  const duplicated = isOwn && !isMultiplied ? all.duplicated : 0;
  if (lost === 0 && duplicated === 0) return [];
  const changed = isOwn && !isMultiplied ? Math.min(lost, gained - duplicated) : 0;
  const suspects = changed === 0 ? [] : alike.filter((column) => diff([column]).lost > 0);
  const wrong = alike.filter((column) => !column.kept);
  const columns = suspects.length > 0 ? suspects : wrong.length > 0 ? wrong : alike;
  return [
    {
      table: before.name,
      now: after.name,
      lost: lost - changed,
      duplicated,
      changed,
      columns: changed === 0 ? [] : columns.map((column) => changeOf(column, changed, 0)),
      ...copied(each, compared),
      keys: { columns: [], rows: [] },
    },
  ];
}

/** A conversion may replace NULL by a value; the row is still the same one. */
function isFilled({ converted, nullable }: ComparedColumn): boolean {
  return converted && nullable;
}
