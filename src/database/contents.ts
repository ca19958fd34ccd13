import type { Table } from '../model/schema.ts';
import { affinityOf } from '../sql/affinity.ts';
import type { ColumnPair } from './column-diff.ts';
import type { Database } from './connection.ts';
import { readSchema } from './introspect.ts';
import { diffUnpaired } from './row-diff.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * The tables and other objects that `db` and the snapshot do not have alike, by name. Rows are compared as a multiset of
 * values with their storage classes, so that their order and hidden rowids do not matter.
 * @throws HarnessError `output-unwritable`
 */
export function differingObjects(db: Database, snapshot: Snapshot): string[] {
  return snapshot.attach(db, (other) => {
    const differing = db
      .prepare<[], string>(
        `SELECT name FROM (${oneSided(objectsOf('main'), objectsOf(other))}
          UNION ALL ${oneSided(objectsOf(other), objectsOf('main'))}) GROUP BY name ORDER BY name`,
      )
      .pluck()
      .all();
    const tables = readSchema(db).tables.filter(({ name, kind }) => kind === 'table' && !differing.includes(name));
    return [...differing, ...tables.filter((table) => !holdsTheSame(db, table, other)).map(({ name }) => name)];
  });
}

function objectsOf(schema: string): string {
  return `SELECT name, type, sql FROM ${schema}.sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`;
}

function oneSided(these: string, others: string): string {
  return `SELECT * FROM (${these} EXCEPT ${others})`;
}

function holdsTheSame(db: Database, { name, columns }: Table, other: string): boolean {
  const pairs = columns.map((column): ColumnPair => {
    const affinity = affinityOf(column.type);
    return {
      before: column.name,
      after: column.name,
      beforeAffinity: affinity,
      afterAffinity: affinity,
      nullable: !column.notNull,
    };
  });
  const { lost, gained } = diffUnpaired(db, { schema: other, before: name, after: name, columns: pairs });
  return lost === 0 && gained === 0;
}
