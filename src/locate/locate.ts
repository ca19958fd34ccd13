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
 * Finds the statement that a difference comes from, where its text does not tell: applies the migration once more to the
 * database before it, and counts after each statement.
 * @returns the difference with its statement, or unchanged where none could be found.
 */
export function locate(difference: Difference, migration: Migration, before: Snapshot, settings: Settings): Difference {
  if (failsAtCommit(difference, migration)) return locateCommit(difference, migration, before, settings);
  if (difference.kind === 'unreadable-rows') return locateUnreadable(difference, migration, before, settings);
  if (difference.kind === 'stale-index') return locateStale(difference, migration, before, settings);
  if (!isCountable(difference) || difference.statement !== null) return difference;
  if (difference.kind === 'changed-values') return locateValue(difference, migration, before, settings);
  const db = before.open(settings);
  try {
    const count =
      difference.kind === 'new-orphans'
        ? orphanCounter(db, difference, migration)
        : rowCounter(db, difference, migration);
    const start = count(0) ?? 0;
    const counts: { statement: number; count: number }[] = [];
    const note = (statement: number): void => {
      const now = count(statement);
      // Between DROP TABLE and the new CREATE TABLE there is nothing to count.
      if (now !== null) counts.push({ statement, count: now });
    };
    execute(db, migration, settings, { after: ({ index }) => note(index) });
    // The first statement after the last good count: rows that a later statement restores are not lost.
    const isWorse = (now: number): boolean => (difference.kind === 'fewer-rows' ? now < start : now > start);
    const lastGood = counts.findLastIndex(({ count: now }) => !isWorse(now));
    return { ...difference, statement: counts[lastGood + 1]?.statement ?? onlyWriter(migration) };
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

type Locatable = Of<'fewer-rows'> | Of<'more-rows'> | Of<'new-orphans'> | Of<'changed-values'>;

const countable: ReadonlySet<Difference['kind']> = new Set([
  'fewer-rows',
  'more-rows',
  'new-orphans',
  'changed-values',
]);

function isCountable(difference: Difference): difference is Locatable {
  return countable.has(difference.kind);
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
