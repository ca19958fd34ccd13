import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { insertHazards } from '../../src/apply/insert-hazards.ts';
import type { Database } from '../../src/database/connection.ts';
import { snapshotMemory } from '../../src/database/snapshot.ts';
import { awkwardDataset } from '../../src/datasets/awkward.ts';
import { loadRecipe } from '../../src/datasets/recipe.ts';
import type { Hazard, Hazards } from '../../src/model/hazard.ts';
import type { Invariant } from '../../src/model/invariant.ts';
import { quoteName } from '../../src/sql/quote.ts';
import { buildHistory, buildMigration, buildSettings } from '../build.ts';
import { complaints, emptyDatabase } from './filling.ts';

interface Planting {
  readonly step?: string;
  readonly seed?: number;
  readonly foreignKeys?: boolean;
  readonly invariants?: readonly Invariant[];
}

interface Planted extends Hazards {
  /** With plain rows alone. */
  readonly plain: Database;
  /** With all hazards. */
  readonly db: Database;
  /** A new database with the plain rows and those of one hazard. */
  readonly only: (hazard: Hazard) => Database;
}

/** The hazards of a schema for a step, which reads every column of every table unless it is given. */
async function planted(
  sql: string,
  { step, seed = 1, foreignKeys = true, invariants = [] }: Planting = {},
): Promise<Planted> {
  const settings = buildSettings({ foreignKeys });
  const plain = emptyDatabase(sql, foreignKeys);
  const tables = plain.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all();
  const all = tables.map((name) => `UPDATE ${quoteName(name)} SET x = (SELECT * FROM ${quoteName(name)})`).join(';');
  const migration = buildMigration(step ?? all, { position: 2 });
  const history = buildHistory([migration]);
  const dataset = awkwardDataset(await loadRecipe({ history, invariants, seed }));
  dataset.fill(plain, { position: 1, restarted: false, state: null });
  const before = snapshotMemory(plain);
  const db = before.open(settings);
  const hazards = dataset.insertHazards(db, migration, 1);
  const only = ({ rows }: Hazard): Database => {
    const copy = before.open(settings);
    insertHazards(copy, rows);
    return copy;
  };
  return { ...hazards, plain, db, only };
}

function kinds({ all }: Hazards, column?: string): string[] {
  return all.filter(({ columns }) => column === undefined || columns.includes(column)).map(({ kind }) => kind);
}

function found({ all }: Hazards, kind: string, table?: string): Hazard {
  const hazard = all.find((each) => each.kind === kind && (table === undefined || each.table === table));
  if (hazard === undefined) throw new Error(`there is no ${kind}`);
  return hazard;
}

describe('kinds', () => {
  const textKinds = [
    'null',
    'duplicate',
    'case-variant',
    'empty-text',
    'padded-text',
    'leading-zeros',
    'long-text',
    'unicode-text',
  ];
  const numberKinds = ['null', 'duplicate', 'text-in-number', 'zero', 'negative', 'big-integer'];
  const dateKinds = [
    'null',
    'duplicate',
    'empty-text',
    'zero-date',
    'leap-day',
    'zoned-time',
    'far-past',
    'far-future',
    'epoch-date',
  ];

  test.each<[what: string, sql: string, kinds: readonly string[]]>([
    ['text', 'CREATE TABLE a (v TEXT)', textKinds],
    ['NOT NULL', 'CREATE TABLE a (v TEXT NOT NULL)', textKinds.slice(1)],
    ['a number', 'CREATE TABLE a (v INTEGER)', numberKinds],
    [
      'a number of a STRICT table',
      'CREATE TABLE a (v INTEGER) STRICT',
      numberKinds.filter((kind) => kind !== 'text-in-number'),
    ],
    ['a real number', 'CREATE TABLE a (v REAL)', numberKinds.filter((kind) => kind !== 'big-integer')],
    ['a day', 'CREATE TABLE a (v_date TEXT)', dateKinds],
    ['a moment', 'CREATE TABLE a (v_at TEXT)', dateKinds.filter((kind) => kind !== 'zero-date')],
    ['a count', 'CREATE TABLE a (v_count INTEGER)', numberKinds.filter((kind) => kind !== 'big-integer')],
    ['a path', 'CREATE TABLE a (v_path TEXT)', textKinds.filter((kind) => kind !== 'empty-text')],
    ['a document', 'CREATE TABLE a (v_json TEXT)', ['null', 'duplicate', 'malformed-json', 'empty-text', 'empty-json']],
    [
      'a document that is checked',
      'CREATE TABLE a (v_json TEXT CHECK (json_valid(v_json)))',
      ['null', 'duplicate', 'empty-json'],
    ],
    ['a list', "CREATE TABLE a (v TEXT CHECK (v IN ('p', 'q', 'r')))", ['null', 'duplicate', 'state', 'state']],
    ['what is unique', 'CREATE TABLE a (v TEXT UNIQUE)', textKinds.filter((kind) => kind !== 'duplicate')],
    [
      'values that are unique in any case',
      'CREATE TABLE a (v TEXT UNIQUE COLLATE NOCASE)',
      textKinds.filter((kind) => kind !== 'duplicate' && kind !== 'case-variant'),
    ],
    ['a key', 'CREATE TABLE a (v TEXT PRIMARY KEY)', ['case-variant', 'padded-text', 'leading-zeros', 'unicode-text']],
    ['a number that counts rows', 'CREATE TABLE a (v INTEGER PRIMARY KEY)', []],
    ['a counter', 'CREATE TABLE a (v INTEGER PRIMARY KEY AUTOINCREMENT)', ['deleted-last-row']],
    ['bytes', 'CREATE TABLE a (thumbnail BLOB)', ['null', 'duplicate']],
  ])('%s', async (_, sql, expected) => {
    expect(kinds(await planted(sql)).sort()).toEqual(expected.toSorted());
  });

  test('references are missing, repeated, and orphans where SQLite allows them', async () => {
    const declared = `CREATE TABLE users (id INTEGER PRIMARY KEY);
      CREATE TABLE a (id INTEGER PRIMARY KEY, user_id INTEGER REFERENCES users (id))`;
    const undeclared = declared.replace('REFERENCES users (id)', '');
    expect(kinds(await planted(declared), 'user_id').sort()).toEqual(['duplicate', 'many-children', 'null']);
    expect(kinds(await planted(declared, { foreignKeys: false }), 'user_id')).toContain('orphan');
    expect(kinds(await planted(undeclared), 'user_id')).toContain('orphan');
  });

  test('a key between columns of different types has an orphan', async () => {
    const sql = `CREATE TABLE badges (code TEXT PRIMARY KEY);
      CREATE TABLE scans (badge_code INTEGER REFERENCES badges (code))`;
    const result = await planted(sql);
    expect(
      result.only(found(result, 'orphan')).prepare('SELECT count(*) FROM pragma_foreign_key_check').pluck().get(),
    ).toBe(1);
  });

  test('a value that only the step compares with becomes a state', async () => {
    const { all } = await planted('CREATE TABLE a (v TEXT)', {
      step: "UPDATE a SET v = 'new' WHERE v IN ('old', 'older')",
    });
    expect(all.filter(({ kind }) => kind === 'state').map(({ needs }) => needs)).toEqual([
      "a row of a whose v is 'old'",
      "a row of a whose v is 'older'",
    ]);
  });
});

describe('the name of a hazard', () => {
  test('is a sentence and a SELECT that quotes its identifiers', async () => {
    const result = await planted(`CREATE TABLE "order" ("from" TEXT, "a""b" TEXT)`);
    expect(found(result, 'null')).toMatchObject({
      table: 'order',
      columns: ['from'],
      needs: 'a row of order whose from is NULL',
      query: 'SELECT count(*) FROM "order" WHERE "from" IS NULL',
    });
    expect(found(result, 'duplicate').query).toBe(
      'SELECT "from", "a""b", count(*) FROM "order" WHERE "from" IS NOT NULL AND "a""b" IS NOT NULL GROUP BY "from", "a""b" HAVING count(*) > 1',
    );
  });

  test('each SELECT finds its hazard, and nothing among plain rows', async () => {
    const result = await planted(
      `CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, email TEXT, settings_json TEXT, created_at TEXT, birth_date TEXT, karma INTEGER,
        score REAL, state TEXT CHECK (state IN ('on', 'off')));
       CREATE TABLE posts (id TEXT PRIMARY KEY, user_id INTEGER, title TEXT NOT NULL)`,
    );
    expect(new Set(kinds(result)).size).toBe(24);
    for (const hazard of result.all) {
      const answer = (db: Database): unknown[] => db.prepare(hazard.query).raw().all().flat();
      const [before, after] = [answer(result.plain), answer(result.only(hazard))];
      if (hazard.kind === 'deleted-last-row') {
        expect(after[0]).toBeGreaterThan(Number(after[1]));
        continue;
      }
      expect([hazard.needs, before.at(-1) ?? 0]).toEqual([hazard.needs, 0]);
      expect([hazard.needs, after.at(-1)]).toEqual([hazard.needs, expect.toSatisfy((count: number) => count > 0)]);
    }
  });
});

describe('a row of a hazard is plain except for one value', () => {
  test('it does not repeat the plain row, and has a parent of its own', async () => {
    const result = await planted(`CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
      CREATE TABLE a (user_id INTEGER NOT NULL REFERENCES users (id), title TEXT NOT NULL, note TEXT)`);
    const db = result.only(found(result, 'null', 'a'));
    for (const column of ['user_id', 'title']) {
      expect(db.prepare(`SELECT count(*) = count(DISTINCT ${column}) FROM a`).pluck().get()).toBe(1);
    }
    expect(db.prepare('SELECT count(*) FROM a WHERE note IS NULL').pluck().get()).toBe(2);
  });

  test('it shares its parent where a new one would fire a trigger', async () => {
    const result =
      await planted(`CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL); CREATE TABLE log (line TEXT);
      CREATE TRIGGER t AFTER INSERT ON users BEGIN INSERT INTO log VALUES (new.name); END;
      CREATE TABLE a (user_id INTEGER NOT NULL REFERENCES users (id), title TEXT NOT NULL, note TEXT)`);
    const db = result.only(found(result, 'null', 'a'));
    expect(db.prepare('SELECT count(*), count(DISTINCT user_id), count(DISTINCT title) FROM a').raw().get()).toEqual([
      3, 1, 3,
    ]);
  });

  test('a duplicate differs where keys force it, and in the last column of a wider key', async () => {
    const result =
      await planted(`CREATE TABLE a (id INTEGER PRIMARY KEY, area TEXT, shelf TEXT, email TEXT UNIQUE, note TEXT,
      UNIQUE (area, shelf))`);
    expect(found(result, 'duplicate').columns).toEqual(['area', 'note']);
  });

  test('all parents are new where each may have one child', async () => {
    const parts = ['b', 'c', 'd'].map(
      (name, i) =>
        `CREATE TABLE ${name} (id TEXT PRIMARY KEY, up TEXT NOT NULL UNIQUE REFERENCES ${'abc'.charAt(i)} (id));`,
    );
    const result = await planted(`CREATE TABLE a (id TEXT PRIMARY KEY); ${parts.join(' ')}
      CREATE TABLE e (up TEXT NOT NULL UNIQUE REFERENCES d (id), note TEXT)`);
    expect(kinds(result, 'note')).toContain('null');
  });

  test('it lies inside the partial indexes of its table, and duplicates lie outside too', async () => {
    const result = await planted(`CREATE TABLE a (kind TEXT NOT NULL, title TEXT, deleted_at TEXT);
      CREATE UNIQUE INDEX live ON a (title) WHERE kind = 'page' AND deleted_at IS NULL`);
    const outside = "SELECT count(*) FROM a WHERE NOT (kind = 'page' AND deleted_at IS NULL)";
    const found = result.all
      .filter(({ columns }) => columns.includes('title'))
      .flatMap((hazard) => (result.only(hazard).prepare(outside).pluck().get() === 0 ? [] : [hazard.kind]));
    expect(found).toEqual(['duplicate']);
  });

  test.each<[condition: string, outside: string]>([
    ['slot IS NOT NULL', 'slot IS NULL'],
    ['kind = 1 AND slot IS NOT NULL', 'kind = 0 OR slot IS NULL'],
    ['slot IS NULL', 'slot IS NOT NULL'],
  ])('a duplicate leaves the partial index WHERE %s and repeats its key', async (condition, outside) => {
    const result =
      await planted(`CREATE TABLE a (id INTEGER PRIMARY KEY, title TEXT NOT NULL, slot TEXT, kind INTEGER NOT NULL DEFAULT 1);
      CREATE UNIQUE INDEX live ON a (title) WHERE ${condition}`);
    const titles = (db: Database): unknown[] => db.prepare(`SELECT title FROM a WHERE ${outside}`).pluck().all();
    const [title] = result.plain.prepare<[], string>('SELECT title FROM a').pluck().all();
    expect(titles(result.plain)).toEqual([]);
    const duplicates = result.all.filter(({ kind, columns }) => kind === 'duplicate' && columns.includes('title'));
    expect(duplicates.map((each) => titles(result.only(each)))).toContainEqual([title]);
  });

  test('two references to one parent are two rows, or one', async () => {
    const result = await planted(`CREATE TABLE stops (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
      CREATE TABLE hops (id INTEGER PRIMARY KEY, from_id INTEGER NOT NULL REFERENCES stops (id), to_id INTEGER NOT NULL REFERENCES stops (id),
        note TEXT, UNIQUE (from_id, to_id), CHECK (from_id <> to_id))`);
    expect(kinds(result, 'note')).toContain('null');
    expect(complaints(result.db)).toEqual([]);
  });

  test('parents of one row by two references repeat nothing that is made up', async () => {
    const result =
      await planted(`CREATE TABLE docks (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, title TEXT NOT NULL);
      CREATE TABLE crossings (id INTEGER PRIMARY KEY, from_id INTEGER NOT NULL REFERENCES docks (id), to_id INTEGER NOT NULL REFERENCES docks (id))`);
    const docks = (result.controls.get('crossings') ?? []).filter(({ table }) => table === 'docks');
    expect(docks).toHaveLength(2);
    expect(new Set(docks.map(({ values }) => values.get('title'))).size).toBe(2);
  });

  test('it repeats no random value', async () => {
    const result = await planted(
      'CREATE TABLE a (id INTEGER PRIMARY KEY, api_token TEXT NOT NULL, uuid TEXT, title TEXT)',
    );
    for (const column of ['api_token', 'uuid']) {
      const repeats = `SELECT count(${column}) - count(DISTINCT ${column}) FROM a`;
      expect([column, result.db.prepare(repeats).pluck().get()]).toEqual([column, 0]);
    }
    expect(kinds(result, 'title')).toContain('duplicate');
  });

  test('it breaks no invariant of the project', async () => {
    const sql = "SELECT rowid FROM a WHERE email IS NULL OR email = ''";
    const invariants = [{ name: 'has email', file: 'i.sql', sql, from: 1, until: null }];
    const result = await planted('CREATE TABLE a (email TEXT, name TEXT)', { invariants });
    expect(kinds(result, 'email')).not.toContain('null');
    expect(kinds(result, 'name')).toContain('null');
    expect(result.db.prepare(sql).all()).toEqual([]);
  });
});

describe('the parts of a schema that a step can touch', () => {
  const sql = `CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT); CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER,
      title TEXT); CREATE TABLE tags (id INTEGER PRIMARY KEY, label TEXT); CREATE TABLE log (line TEXT);
    CREATE TRIGGER t AFTER UPDATE ON tags BEGIN INSERT INTO log SELECT label FROM tags; END;
    CREATE VIEW named AS SELECT name FROM users; CREATE TABLE _migrations (version INTEGER PRIMARY KEY, name TEXT)`;

  test.each<[step: string, columns: readonly string[]]>([
    ['UPDATE posts SET title = 1', ['posts.title', 'posts.user_id']],
    ['UPDATE tags SET label = 1', ['log.line', 'tags.label']],
    ['CREATE TABLE n AS SELECT name FROM named', ['posts.user_id', 'users.id', 'users.name']],
    ['UPDATE _migrations SET name = 1', []],
    ['INSERT INTO n SELECT * FROM tags', ['tags.id', 'tags.label']],
    ['ALTER TABLE tags ADD COLUMN kind TEXT CHECK (kind IS NOT 1)', ['tags.label']],
    ['DROP VIEW named; UPDATE tags SET label = 1', ['log.line', 'tags.label']],
    ['DROP TRIGGER t; UPDATE posts SET title = 1', ['posts.title', 'posts.user_id']],
    ['CREATE TABLE n (id)', []],
    ['CREATE VIEW v AS SELECT * FROM users; UPDATE tags SET label = 1', ['log.line', 'tags.label']],
    ['CREATE VIEW v AS SELECT label FROM tags; CREATE TABLE n AS SELECT 1 FROM v', ['tags.id', 'tags.label']],
    [
      'CREATE TRIGGER n AFTER UPDATE ON tags BEGIN DELETE FROM users WHERE name = 1; END; UPDATE tags SET label = 1',
      ['log.line', 'posts.user_id', 'tags.label', 'users.name'],
    ],
  ])('%s', async (step, columns) => {
    const { all } = await planted(sql, { step });
    const named = all.flatMap((hazard) => hazard.columns.map((column) => `${hazard.table}.${column}`));
    expect([...new Set(named)].filter((name) => !(step.includes('named') && name === 'posts.title')).sort()).toEqual(
      columns,
    );
  });
});

test('the same seed number gives the same hazards, and a new column changes none of the others', async () => {
  const sql = 'CREATE TABLE a (id TEXT PRIMARY KEY, email TEXT, age INTEGER)';
  const rows = async (text: string, seed: number): Promise<unknown[]> => {
    const { all } = await planted(text, { seed });
    const nulls = all.filter(({ kind, columns }) => kind === 'null' && columns[0] !== 'more');
    return nulls.map(({ rows: made }) => made.map(({ values }) => [...values].filter(([name]) => name !== 'more')));
  };
  expect(await rows(sql, 1)).toEqual(await rows(sql, 1));
  expect(await rows(sql, 1)).not.toEqual(await rows(sql, 2));
  expect(await rows(sql.replace('age', 'more TEXT, age'), 1)).toEqual(await rows(sql, 1));
});

const definitions = [
  'TEXT',
  'INTEGER NOT NULL',
  'REAL CHECK (? > 0)',
  "TEXT CHECK (? IN ('a', 'b'))",
  'TEXT UNIQUE',
  'TEXT CHECK (json_valid(?))',
  'TEXT CHECK (length(?) < 80)',
  'BLOB',
  'DATETIME',
  'BOOLEAN DEFAULT 1',
  'INTEGER REFERENCES t0 (id)',
  'INTEGER NOT NULL REFERENCES t1 (id) ON DELETE CASCADE',
  'INTEGER UNIQUE REFERENCES t0 (id)',
] as const;
const keys = ['INTEGER PRIMARY KEY', 'INTEGER PRIMARY KEY AUTOINCREMENT', 'INTEGER NOT NULL UNIQUE'] as const;
const names = ['email', 'status', 'created_at', 'payload_json', 'Größe', 'a b', 'owner_id', 'deleted_at'] as const;
const schemas = fc.array(
  fc.record({
    key: fc.constantFrom(...keys),
    columns: fc.uniqueArray(fc.tuple(fc.constantFrom(...names), fc.constantFrom(...definitions)), {
      maxLength: 5,
      selector: ([name]) => name,
    }),
  }),
  { minLength: 2, maxLength: 3 },
);

test('hazards satisfy the constraints of any schema', async () => {
  await fc.assert(
    fc.asyncProperty(schemas, async (tables) => {
      const sql = tables.map(({ key, columns }, i) => {
        const lines = columns.map(
          ([name, type]) => `${quoteName(name)} ${type.replaceAll('?', () => quoteName(name))}`,
        );
        return `CREATE TABLE t${i} (${[`id ${key}`, ...lines].join(', ')});`;
      });
      const result = await planted(sql.join('\n'));
      expect(complaints(result.db)).toEqual([]);
      for (const hazard of result.all) expect(complaints(result.only(hazard))).toEqual([]);
    }),
    { numRuns: 40 },
  );
});
