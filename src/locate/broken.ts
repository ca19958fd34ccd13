import { brokenKeys, brokenTable, brokenTriggers, brokenView } from '../database/compile.ts';
import type { Database } from '../database/connection.ts';
import { execute } from '../database/execute.ts';
import { readSchema } from '../database/introspect.ts';
import type { Snapshot } from '../database/snapshot.ts';
import type { Difference } from '../model/comparison.ts';
import type { Migration } from '../model/history.ts';
import type { BrokenObject } from '../model/outcome.ts';
import type { Settings } from '../model/settings.ts';
import { type Lineage, readLineage } from '../sql/lineage.ts';
import { quoteString, sameName } from '../sql/quote.ts';

type Broken = Extract<Difference, { kind: 'broken-object' }>;

/**
 * Finds the statements after which objects do not compile: applies the migration once more to the database before it, and
 * asks after each statement.
 * @returns the differences with their statements, or unchanged where none could be found; differences of other kinds are untouched.
 */
export function locateBroken(
  differences: readonly Difference[],
  migration: Migration,
  before: Snapshot,
  settings: Settings,
): Difference[] {
  const broken = differences.filter((difference) => difference.kind === 'broken-object').filter(isPlaceless);
  if (broken.length === 0) return [...differences];
  const lineage = readLineage(migration);
  const sinceWhen = new Map<Broken, number | null>();
  const db = before.open(settings);
  try {
    execute(db, migration, settings, {
      after: ({ index }) => {
        for (const object of broken) {
          const said = complaintNow(db, object, lineage, index);
          // While the object is not there, there is nothing to ask; what SQLite says on the way and not at the end, as of a
          // view that is dropped and made anew, is no matter.
          if (said === undefined) continue;
          sinceWhen.set(object, said === object.message ? (sinceWhen.get(object) ?? index) : null);
        }
      },
    });
  } finally {
    db.close();
  }
  return differences.map((difference) =>
    difference.kind === 'broken-object' && isPlaceless(difference)
      ? { ...difference, statement: sinceWhen.get(difference) ?? null }
      : difference,
  );
}

function isPlaceless({ statement }: Broken): boolean {
  return statement === null;
}

/** SQLite's message about an object after a statement: null where it compiles, undefined where it does not exist. */
function complaintNow(db: Database, object: Broken, lineage: Lineage, statement: number): string | null | undefined {
  const schema = readSchema(db);
  const { type, name, message } = object;
  const messageOf = (found: readonly BrokenObject[]): string | null =>
    found.find((each) => sameName(each.name, name))?.message ?? null;
  if (type === 'view' || type === 'trigger') {
    const own = schema.objects.find((each) => each.type === type && sameName(each.name, name));
    if (own === undefined) return undefined;
    return messageOf(type === 'view' ? brokenView(db, name) : brokenTriggers(db, schema, own.table));
  }
  const becomes = (each: string): boolean => sameName(lineage.nameAtEnd(each, statement + 1) ?? each, object.table);
  const table = schema.tables.find((each) => becomes(each.name));
  if (table === undefined) return undefined;
  if (type === 'table') return brokenTable(db, schema, table.name).length > 0 ? message : null;
  // If the parent of a key is dropped and made anew, SQLite first reports that the table is missing.
  const isMissing = !table.foreignKeys.every(({ parent }) => schema.tables.some((each) => sameName(each.name, parent)));
  if (isMissing) return isMismatch(message) ? null : message;
  return brokenKeys(db, schema, table).length > 0 || hasMismatch(db, table.name) ? message : null;
}

function isMismatch(message: string): boolean {
  return message.startsWith('foreign key mismatch');
}

/** Inside a transaction keys cannot be switched on to have them compiled, but a check of the rows compiles them too. */
function hasMismatch(db: Database, table: string): boolean {
  try {
    db.prepare(`SELECT 1 FROM pragma_foreign_key_check(${quoteString(table)}, 'main') LIMIT 1`).get();
    return false;
  } catch {
    return true;
  }
}
