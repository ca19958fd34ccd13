// This room finds the statement that a difference comes from.
import type { Database } from '../database/connection.ts';
import { execute } from '../database/execute.ts';
import { countOrphans } from '../database/orphans.ts';
import type { Snapshot } from '../database/snapshot.ts';
import type { Difference } from '../model/comparison.ts';
import type { Migration, Verb } from '../model/history.ts';
import type { Settings } from '../model/settings.ts';
import { readLineage } from '../sql/lineage.ts';
import { quoteName, sameName } from '../sql/quote.ts';
import { failsAtCommit, locateCommit } from './commit.ts';
import { locateStale } from './stale.ts';
import { locateUnreadable } from './unreadable.ts';
import { locateValue } from './value.ts';

/**
 * Finds the statements that differences of one run come from, where their texts do not tell: applies the migration once more
 * to the database before it, and counts after each statement.
 * @returns the differences with their statements, or unchanged where none could be found.
 */
export function locate(
  differences: readonly Difference[],
  migration: Migration,
  before: Snapshot,
  settings: Settings,
): Difference[] {
  const counted = differences.filter(isCounted);
  const found = counted.length === 0 ? null : locateCounted(counted, migration, before, settings);
  return differences.map((difference) => {
    if (failsAtCommit(difference, migration)) return locateCommit(difference, migration, before, settings);
    if (difference.kind === 'unreadable-rows') return locateUnreadable(difference, migration, before, settings);
    if (difference.kind === 'stale-index') return locateStale(difference, migration, before, settings);
    if (difference.kind === 'changed-values' && difference.statement === null)
      return locateValue(difference, migration, before, settings);
    return found?.get(difference) ?? difference;
  });
}

/** Counts for all of them in one run: a cascade takes rows from many tables. */
function locateCounted(
  differences: readonly Counted[],
  migration: Migration,
  before: Snapshot,
  settings: Settings,
): ReadonlyMap<Difference, Difference> {
  const db = before.open(settings);
  try {
    const counters = differences.map((difference) => {
      const count =
        difference.kind === 'new-orphans'
          ? orphanCounter(db, difference, migration)
          : rowCounter(db, difference, migration);
      const counts: { statement: number; count: number }[] = [];
      return { difference, count, start: count(0) ?? 0, counts };
    });
    const note = (statement: number): void => {
      for (const { count, counts } of counters) {
        const now = count(statement);
        // Between DROP TABLE and the new CREATE TABLE there is nothing to count.
        if (now !== null) counts.push({ statement, count: now });
      }
    };
    execute(db, migration, settings, { after: ({ index }) => note(index) });
    return new Map(
      counters.map(({ difference, start, counts }) => {
        // The first statement after the last good count: rows that a later statement restores are not lost.
        const isWorse = (now: number): boolean => (difference.kind === 'fewer-rows' ? now < start : now > start);
        const lastGood = counts.findLastIndex(({ count: now }) => !isWorse(now));
        return [difference, { ...difference, statement: counts[lastGood + 1]?.statement ?? onlyWriter(migration) }];
      }),
    );
  } finally {
    db.close();
  }
}

const writing: ReadonlySet<Verb> = new Set(['insert', 'replace', 'update', 'delete', 'drop-table']);

/** The only statement that writes rows, if there is one: rows may come and go while their number stays the same. */
function onlyWriter({ statements }: Migration): number | null {
  const [first, second] = statements.filter(({ head }) => writing.has(head.verb));
  return first === undefined || second !== undefined ? null : first.index;
}

type Counted = Of<'fewer-rows'> | Of<'more-rows'> | Of<'new-orphans'>;

function isCounted(difference: Difference): difference is Counted {
  const { kind } = difference;
  return (kind === 'fewer-rows' || kind === 'more-rows' || kind === 'new-orphans') && difference.statement === null;
}

/** Counts after a statement (0 is before the first); null while there is nothing to count. */
type Counter = (statement: number) => number | null;
type Of<K extends Difference['kind']> = Extract<Difference, { kind: K }>;

/**
 * The rows of the future table, from its first copy on; until then those of the table that it replaces. A key that leads
 * from the new table to the old one can cascade into the copy.
 */
function rowCounter(db: Database, { table }: Of<'fewer-rows'> | Of<'more-rows'>, migration: Migration): Counter {
  const { nameAtEnd, writers, droppedBy } = readLineage(migration);
  const copies = droppedBy(table) === null ? [] : writers(table).filter(({ head }) => head.sources.length > 0);
  const tables = db.prepare<[], string>("SELECT name FROM main.sqlite_schema WHERE type = 'table'").pluck();
  return (statement) => {
    const becomes = (name: string): boolean => sameName(nameAtEnd(name, statement + 1) ?? '', table);
    const copied = copies.some(({ index }) => index <= statement);
    const name = copied ? tables.all().find(becomes) : copies.length > 0 && becomes(table) ? undefined : table;
    if (name === undefined) return null;
    try {
      const sql = `SELECT count(*) FROM main.${quoteName(name)}`;
      return db.prepare<[], number>(sql).pluck().get() ?? null;
    } catch {
      return null;
    }
  };
}

/**
 * Rows without a parent in the future table, under its name at that moment, or in the old table: one of both
 * while it is made anew.
 */
function orphanCounter(db: Database, { table, parent }: Of<'new-orphans'>, migration: Migration): Counter {
  const { nameAtEnd, nameAfter } = readLineage(migration);
  return (statement) => {
    const isOr = (name: string, end: string): boolean => {
      const was = nameAfter(end, statement);
      return sameName(nameAtEnd(name, statement + 1) ?? name, end) || (was !== null && sameName(name, was));
    };
    const counts = new Map<string, number>();
    for (const orphans of countOrphans(db)) {
      if (!isOr(orphans.table, table) || !isOr(orphans.parent, parent)) continue;
      counts.set(orphans.table, (counts.get(orphans.table) ?? 0) + orphans.rows);
    }
    return Math.max(0, ...counts.values());
  };
}
