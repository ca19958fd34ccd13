import type { Database } from '../database/connection.ts';
import { readSchema } from '../database/introspect.ts';
import { mustRead, readRows } from '../database/reading.ts';
import type { Snapshot } from '../database/snapshot.ts';
import type { Table } from '../model/schema.ts';
import { affinityOf } from '../sql/affinity.ts';
import { quoteName } from '../sql/quote.ts';
import type { ColumnPair } from './column-diff.ts';
import { diffUnpaired } from './row-diff.ts';

/**
 * The names of tables and views that `db` and the snapshot hold differently: their definitions, indexes and triggers,
 * or their rows. Rows are compared as a multiset of values with their storage classes, so that their order and hidden
 * rowids do not matter; those of virtual tables by number.
 * @throws HarnessError `output-unwritable`, `rows-unreadable`
 */
export function differingTables(db: Database, snapshot: Snapshot): string[] {
  return snapshot.attach(db, (other) => {
    const differing = db
      .prepare<[], string>(
        `SELECT tbl_name FROM (${oneSided(objectsOf('main'), objectsOf(other))}
          UNION ALL ${oneSided(objectsOf(other), objectsOf('main'))}) GROUP BY tbl_name ORDER BY tbl_name`,
      )
      .pluck()
      .all();
    const tables = readSchema(db).tables.filter(({ name, kind }) => kind !== 'shadow' && !differing.includes(name));
    return [...differing, ...tables.filter((table) => !holdsTheSame(db, table, other)).map(({ name }) => name)];
  });
}

function objectsOf(schema: string): string {
  return `SELECT tbl_name, name, type, sql FROM ${schema}.sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`;
}

function oneSided(these: string, others: string): string {
  return `SELECT * FROM (${these} EXCEPT ${others})`;
}

function holdsTheSame(db: Database, { name, kind, columns }: Table, other: string): boolean {
  if (kind === 'virtual') return countRows(db, 'main', name) === countRows(db, other, name);
  // Computed columns follow from the definition, which is the same, and may fail.
  const held = columns.filter(({ generated }) => generated !== 'virtual');
  const pairs = held.map((column): ColumnPair => {
    const affinity = affinityOf(column.type);
    return {
      before: column.name,
      after: column.name,
      beforeAffinity: affinity,
      afterAffinity: affinity,
      nullable: !column.notNull,
    };
  });
  const pair = { schema: other, before: name, after: name, columns: pairs };
  const { lost, gained } = mustRead(db, `The rows of ${name}`, () => diffUnpaired(db, pair));
  return lost === 0 && gained === 0;
}

/** Undefined where the module of the table fails. */
function countRows(db: Database, schema: string, table: string): number | undefined {
  const count = db.prepare<[], number>(`SELECT count(*) FROM ${schema}.${quoteName(table)}`).pluck();
  const rows = readRows(db, () => count.get());
  return 'value' in rows ? rows.value : undefined;
}
