import type { Database } from '../database/connection.ts';
import { execute } from '../database/execute.ts';
import type { Snapshot } from '../database/snapshot.ts';
import type { Difference } from '../model/comparison.ts';
import type { SqlValue } from '../model/connection.ts';
import type { Migration } from '../model/history.ts';
import type { Settings } from '../model/settings.ts';
import { readLineage } from '../sql/lineage.ts';
import { quoteName, sameName } from '../sql/quote.ts';

type ChangedValues = Extract<Difference, { kind: 'changed-values' }>;

/**
 * Finds the statement after which a value is the one at the end: applies the migration once more and watches one of the
 * rows. The value is watched, so cascades and triggers are seen as well.
 * @returns the difference with its statement, or unchanged where no row can be told from the others.
 */
export function locateValue(
  difference: ChangedValues,
  migration: Migration,
  before: Snapshot,
  settings: Settings,
): ChangedValues {
  const [row] = difference.keys.rows;
  if (row === undefined) return difference;
  const db = before.open(settings);
  try {
    const lineage = readLineage(migration);
    const seen: { statement: number; value: SqlValue }[] = [];
    execute(db, migration, settings, {
      after: ({ index }) => {
        const value = valueAt(db, difference, row, (name) => lineage.nameAtEnd(name, index + 1));
        // While the table or the row is not there, nothing can be said.
        if (value !== undefined) seen.push({ statement: index, value });
      },
    });
    const last = seen.at(-1);
    const lastOther = seen.findLastIndex(({ value }) => last !== undefined && !isSame(value, last.value));
    return { ...difference, statement: seen[lastOther + 1]?.statement ?? null };
  } finally {
    db.close();
  }
}

/** The value in the future table, under its name at that moment. */
function valueAt(
  db: Database,
  { table, columns, keys }: ChangedValues,
  row: readonly SqlValue[],
  becomes: (name: string) => string | null,
): SqlValue | undefined {
  const names = db.prepare<[], string>("SELECT name FROM main.sqlite_schema WHERE type = 'table'").pluck().all();
  const now = names.find((name) => sameName(becomes(name) ?? '', table));
  if (now === undefined) return undefined;
  const known = keys.columns.map((column) => `${quoteName(column)} IS ?`).join(' AND ');
  try {
    return db
      .prepare<SqlValue[], SqlValue>(`SELECT ${quoteName(columns[0])} FROM main.${quoteName(now)} WHERE ${known}`)
      .pluck()
      .safeIntegers()
      .get(...row);
  } catch {
    // The column does not have its last name yet.
    return undefined;
  }
}

function isSame(a: SqlValue, b: SqlValue): boolean {
  if (a instanceof Uint8Array && b instanceof Uint8Array) return Buffer.compare(a, b) === 0;
  return Object.is(a, b);
}
