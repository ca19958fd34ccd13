import { quoteName } from '../sql/quote.ts';
import type { Database } from './connection.ts';
import { readSchema } from './introspect.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * The tables and other objects that `db` and the snapshot do not have alike, by name. Rows are compared as a multiset of
 * values, so that their order and hidden rowids do not matter.
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
    return [...differing, ...tables.map(({ name }) => name).filter((name) => !holdsTheSame(db, name, other))];
  });
}

function objectsOf(schema: string): string {
  return `SELECT name, type, sql FROM ${schema}.sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`;
}

function oneSided(these: string, others: string): string {
  return `SELECT * FROM (${these} EXCEPT ${others})`;
}

function holdsTheSame(db: Database, table: string, other: string): boolean {
  const [here, there] = [`main.${quoteName(table)}`, `${other}.${quoteName(table)}`];
  const read = (from: string): string => `SELECT * FROM ${from}`;
  return (
    db
      .prepare<[], number>(
        `SELECT (SELECT count(*) FROM ${here}) = (SELECT count(*) FROM ${there})
           AND NOT EXISTS (${oneSided(read(here), read(there))})
           AND NOT EXISTS (${oneSided(read(there), read(here))})`,
      )
      .pluck()
      .get() === 1
  );
}
