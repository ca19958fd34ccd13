import { execute } from '../database/execute.ts';
import { countOrphans } from '../database/orphans.ts';
import type { Snapshot } from '../database/snapshot.ts';
import type { Difference } from '../model/comparison.ts';
import type { Migration } from '../model/history.ts';
import type { Settings } from '../model/settings.ts';
import { readLineage } from '../sql/lineage.ts';

type Failed = Extract<Difference, { kind: 'failed-on-rows' | 'left-behind' }>;

/**
 * Finds the statement that left rows without a parent where only COMMIT, or the check before it, says so: applies the
 * migration once more and counts such rows after each statement. DROP TABLE of a parent counts although a table of its
 * name may follow: SQLite does not look again (https://sqlite.org/foreignkeys.html#fk_schemacommands).
 * @returns the difference with its table, and its statement where no statement of the file failed.
 */
export function locateCommit<D extends Failed>(
  difference: D,
  migration: Migration,
  before: Snapshot,
  settings: Settings,
): D {
  const db = before.open(settings);
  try {
    const count = (): number => countOrphans(db).reduce((sum, { rows }) => sum + rows, 0);
    const start = count();
    const counts: number[] = [];
    execute(db, migration, settings, { after: () => counts.push(count()) });
    const lastGood = counts.findLastIndex((now) => now <= start);
    const rises = counts.findLastIndex((now, at) => now > (counts[at - 1] ?? start));
    const statement = migration.statements[lastGood + 1 < counts.length ? lastGood + 1 : rises];
    if (statement === undefined) return difference;
    const { target } = statement.head;
    const table = target === null ? null : (readLineage(migration).nameAtEnd(target, statement.index) ?? target);
    return {
      ...difference,
      table: difference.table ?? table,
      statement: difference.failure.statement ?? statement.index,
    };
  } finally {
    db.close();
  }
}

/** Whether a difference is a failure over foreign keys that no statement but COMMIT had. */
export function failsAtCommit(difference: Difference, { statements }: Migration): difference is Failed {
  if (difference.kind !== 'failed-on-rows' && difference.kind !== 'left-behind') return false;
  const { code, statement } = difference.failure;
  const verb = statements.find(({ index }) => index === statement)?.head.verb;
  return code === 'SQLITE_CONSTRAINT_FOREIGNKEY' && (statement === null || verb === 'commit');
}
