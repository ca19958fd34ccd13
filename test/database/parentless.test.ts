import { expect, test } from 'vitest';
import { openMemory } from '../../src/database/connection.ts';
import { readSchema } from '../../src/database/introspect.ts';
import { countOrphans, missingParents } from '../../src/database/orphans.ts';
import { parentlessRows } from '../../src/database/parentless.ts';
import { tableNamed } from '../../src/sql/tables.ts';
import { buildSettings } from '../build.ts';

const types = ['INTEGER', 'TEXT', 'REAL', 'NUMERIC', 'BLOB', '', 'ANY', 'VARCHAR(9)', 'TEXT COLLATE NOCASE'];
const values = ['1', '2.0', "'1'", "'01'", "'a'", "'A'", "'a '", "x'61'", '9007199254740993', '-0.0', 'NULL', '1e300'];

/** The parents of a key on the column `k`, by the type of that column. */
const parents: readonly ((type: string) => string)[] = [
  (type) => `CREATE TABLE p (k ${type} PRIMARY KEY)`,
  (type) => `CREATE TABLE p (k ${type} PRIMARY KEY) WITHOUT ROWID`,
  (type) => `CREATE TABLE p (i INTEGER PRIMARY KEY, k ${type} UNIQUE)`,
  (type) => `CREATE TABLE p (k ${type}); CREATE UNIQUE INDEX u ON p (k COLLATE NOCASE)`,
  (type) => `CREATE TABLE p (k ${type}); CREATE UNIQUE INDEX u ON p (k) WHERE k <> 2`,
  (type) => `CREATE TABLE p (k ${type}); CREATE INDEX u ON p (k)`,
];

/** Counts the orphans of `c` by the query and by SQLite; null for a query that is not offered and a check that is refused. */
function countBoth(sql: string): { readonly ours: number | null; readonly theirs: number | null } {
  const db = openMemory(buildSettings({ foreignKeys: false }));
  try {
    db.exec(sql);
    const schema = readSchema(db);
    const table = tableNamed(schema, 'c');
    const [key] = table?.foreignKeys ?? [];
    if (table === undefined || key === undefined) throw new Error('there is no key');
    const from = parentlessRows(schema, table, key);
    const count = (query: string): number | null => {
      try {
        return db.prepare<[], number>(query).pluck().get() ?? null;
      } catch {
        return null;
      }
    };
    return {
      ours: from === null ? null : count(`SELECT count(*) ${from}`),
      theirs: count("SELECT count(*) FROM pragma_foreign_key_check('c')"),
    };
  } finally {
    db.close();
  }
}

test('the query counts the rows that SQLite names, whatever the types of both columns are', () => {
  const offered = new Set<string>();
  for (const type of types) {
    for (const parentType of types) {
      for (const [i, parent] of parents.entries()) {
        const rows = values.map((value) => `(${value})`).join(', ');
        const some = values.filter((_, at) => at % 3 !== 0).map((value) => `(${value})`);
        const sql = `${parent(parentType)}; INSERT OR IGNORE INTO p (k) SELECT * FROM (VALUES ${some}) WHERE
            column1 IS NOT NULL AND (${i > 0 || parentType !== 'INTEGER'} OR column1 = CAST(column1 AS INTEGER) AND typeof(column1) = 'integer');
          CREATE TABLE c (k ${type} REFERENCES p (k)); INSERT INTO c VALUES ${rows}; CREATE INDEX c_k ON c (k)`;
        const { ours, theirs } = countBoth(sql);
        if (ours === null) continue;
        offered.add(`${type} ${parentType}`);
        expect([type, parentType, i, ours]).toEqual([type, parentType, i, theirs]);
      }
    }
  }
  expect([...offered]).toEqual(expect.arrayContaining(['INTEGER INTEGER', 'TEXT TEXT', ' BLOB', 'TEXT VARCHAR(9)']));
  expect(offered).not.toContain('INTEGER TEXT');
});

test('the query counts keys of two columns, with a NULL in one, and keys to the own table', () => {
  const pair = `CREATE TABLE p (a TEXT, b INTEGER, UNIQUE (b, a)); INSERT INTO p VALUES ('x', 1), ('y', 2);
    CREATE TABLE c (b INTEGER, a TEXT, FOREIGN KEY (a, b) REFERENCES p (a, b));
    INSERT INTO c VALUES (1, 'x'), (2, 'x'), (NULL, 'x'), (1, NULL), (3, 'y'), (3, 'y')`;
  expect(countBoth(pair)).toEqual({ ours: 3, theirs: 3 });
  const own =
    'CREATE TABLE c (id INTEGER PRIMARY KEY, up INTEGER REFERENCES c); INSERT INTO c VALUES (1, 1), (2, 1), (3, 4)';
  expect(countBoth(own)).toEqual({ ours: 1, theirs: 1 });
  expect(countBoth('CREATE TABLE c (k TEXT REFERENCES gone (k)); INSERT INTO c VALUES (1)').ours).toBeNull();
});

test('a large database has the orphans that a small one has', () => {
  const rows = `CREATE TABLE p (id TEXT PRIMARY KEY); INSERT INTO p VALUES ('a'), ('b');
    CREATE TABLE c (id INTEGER PRIMARY KEY, p TEXT REFERENCES p, q INTEGER REFERENCES p, r TEXT REFERENCES gone);
    CREATE TABLE d (id TEXT PRIMARY KEY, up TEXT REFERENCES d, p TEXT REFERENCES p) WITHOUT ROWID;
    CREATE TABLE e (p TEXT REFERENCES p, up TEXT REFERENCES e);
    INSERT INTO c VALUES (1, 'a', 1, NULL), (2, 'z', NULL, 'g'), (3, 'z', 1, NULL);
    INSERT INTO d VALUES ('x', NULL, 'a'), ('y', 'x', 'z'), ('z', 'q', 'z');
    INSERT INTO e VALUES ('a', NULL), ('z', NULL);
    CREATE TABLE f (k TEXT UNIQUE, up TEXT REFERENCES f (k)); INSERT INTO f VALUES ('r', NULL), ('s', 'r'), ('t', 'v'), ('u', 'v');`;
  const read = (sql: string): unknown[] => {
    const db = openMemory(buildSettings({ foreignKeys: false }));
    db.exec(sql);
    const all = [countOrphans(db), missingParents(db)];
    db.close();
    return all;
  };
  const small = read(rows);
  expect(small[0]).toHaveLength(6);
  expect(read(`${rows} CREATE TABLE big (b); INSERT INTO big VALUES (zeroblob(5000000))`)).toEqual(small);
});
