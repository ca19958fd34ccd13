import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { Database } from '../../src/database/connection.ts';
import { profileDataset } from '../../src/datasets/profile.ts';
import { loadRecipe } from '../../src/datasets/recipe.ts';
import type { SqlValue } from '../../src/model/connection.ts';
import type { Profile } from '../../src/model/profile.ts';
import { captureProfile } from '../../src/profile/capture.ts';
import { breadth } from '../breadth.ts';
import { buildHistory } from '../build.ts';
import { disagreements } from './agreement.ts';
import { complaints, emptyDatabase } from './filling.ts';
import { productions } from './productions.ts';

const history = buildHistory();
const open: Database[] = [];
afterAll(() => {
  for (const db of open) db.close();
});

/** @param atLeast how few rows are told of; 1 tells everything */
function capture(db: Database, keepValues: readonly string[] = [], atLeast = 5): Profile {
  return captureProfile(db, {
    rowproof: '0.0.0',
    at: null,
    sqliteVersion: null,
    atLeast,
    keepValues,
    keepKeys: [],
    migrations: [],
    next: () => {},
  });
}

/** The profile of a production database. */
function profileOf(schema: string, rows: string, keepValues: readonly string[] = []): Profile {
  const db = emptyDatabase(schema, false);
  open.push(db);
  db.exec(rows);
  return capture(db, keepValues);
}

/** A database with the schema and rows of the shape of a profile. */
async function regenerated(schema: string, profile: Profile, { scale = 1, seed = 1, foreignKeys = true } = {}) {
  const db = emptyDatabase(schema, foreignKeys);
  open.push(db);
  const recipe = await loadRecipe({ history, invariants: [], seed });
  const dataset = profileDataset(recipe, { profile, file: 'production.profile.json', scale });
  return { db, filling: dataset.fill(db, { position: 0, restarted: false, state: null }) };
}

function count(db: Database, sql: string): number {
  return db.prepare<[], number>(sql).pluck().get() ?? 0;
}

describe.each(productions)('$name', ({ schema, rows, keepValues = [] }) => {
  const profile = profileOf(schema, rows, keepValues);

  test.each(breadth([1], [1, 2, 3]))(
    'captured, regenerated and captured again, the profiles agree (seed number %i)',
    async (seed) => {
      const { db, filling } = await regenerated(schema, profile, { seed });
      expect(filling).toEqual({ unfilled: [], notes: [] });
      expect(disagreements(profile, capture(db, keepValues))).toEqual([]);
      expect(complaints(db).filter((line) => !line.startsWith('orphan'))).toEqual([]);
    },
  );

  test.each(breadth([0.1], [0.1, 5]))('at scale %d the shares agree, and no hazard is lost', async (scale) => {
    const { db, filling } = await regenerated(schema, profile, { scale });
    expect(filling.unfilled).toEqual([]);
    expect(disagreements(profile, capture(db, keepValues, 1), true)).toEqual([]);
    expect(capture(db, [], 1).tables.map((table) => table.rows)).toEqual(
      profile.tables.map((table) => (table.rows === 0 ? 0 : Math.max(1, Math.round(table.rows * scale)))),
    );
  });

  test('the same profile and seed number give the same bytes, another number gives other bytes', async () => {
    const [first, again, other] = await Promise.all(
      [1, 1, 2].map(async (seed) => (await regenerated(schema, profile, { seed, scale: 0.2 })).db.serialize()),
    );
    expect(first?.equals(again ?? Buffer.alloc(0))).toBe(true);
    expect(first?.equals(other ?? Buffer.alloc(0))).toBe(false);
  });

  test('foreign keys are enforced as before', async () => {
    for (const foreignKeys of [true, false]) {
      const { db } = await regenerated(schema, profile, { foreignKeys, scale: 0.1 });
      expect(db.pragma('foreign_keys', { simple: true })).toBe(Number(foreignKeys));
    }
  });
});

test('profiles of another shape do not agree', () => {
  const [one, other] = [
    ['n', "CASE n % 3 WHEN 0 THEN '' ELSE 'a@b.test' END", 'nullif(n % 4, 0)'],
    ['n * 9', "'x' || n", 'n'],
  ].map((values) =>
    profileOf(
      'CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INTEGER);',
      `INSERT INTO t SELECT ${values} FROM (WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 30) SELECT n FROM c);`,
    ),
  );
  if (one === undefined || other === undefined) throw new Error('two profiles expected');
  expect(disagreements(one, one)).toEqual([]);
  expect(disagreements(one, other)).toEqual(
    expect.arrayContaining([
      't highest rowid: 50 ≠ 500',
      't.a duplicates are gone',
      't.a texts empty are gone',
      't.b storage null are gone',
    ]),
  );
});

describe('hazards of one row in many', () => {
  const schema = `CREATE TABLE t (id INTEGER PRIMARY KEY, doc TEXT, code TEXT, big INTEGER, name TEXT, parent INTEGER REFERENCES t(id));`;
  const rows = `INSERT INTO t SELECT value, '{"a":1}', 'c' || value, value, 'name of ' || value, NULL FROM generate_series(1, 4000);
    UPDATE t SET doc = '{"a":' WHERE id = 1; UPDATE t SET doc = NULL WHERE id = 2; UPDATE t SET code = '007' WHERE id = 3;
    UPDATE t SET big = 9007199254740993 WHERE id = 4; UPDATE t SET big = 'many' WHERE id = 5; UPDATE t SET name = ' padded ' WHERE id = 6;
    UPDATE t SET name = 'Zoë of old' WHERE id = 7; UPDATE t SET name = '' WHERE id = 8; UPDATE t SET code = 'c11' WHERE id = 10;
    UPDATE t SET name = 'NAME of 20' WHERE id = 21; UPDATE t SET parent = 99999 WHERE id = 30;`;
  const numbered = rows.replace(
    'generate_series(1, 4000)',
    '(WITH RECURSIVE s(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM s WHERE value < 4000) SELECT value FROM s)',
  );

  test.each([0.01, 0.1, 1])('appear at scale %d', async (scale) => {
    const { db } = await regenerated(schema, profileOf(schema, numbered), { scale });
    const present = (condition: string): number => count(db, `SELECT count(*) FROM t WHERE ${condition}`);
    expect({
      rows: present('TRUE'),
      malformed: present('NOT json_valid(doc)'),
      missing: present('doc IS NULL'),
      zeros: present(`code GLOB '0[0-9]*' AND code NOT GLOB '*[^0-9]*'`),
      unsafe: present(`typeof(big) = 'integer' AND big > 9007199254740992`),
      texts: present(`typeof(big) = 'text'`),
      padded: present('name <> trim(name)'),
      accented: present(`name GLOB '*[^ -~]*'`),
      empty: present(`name = ''`),
      orphans: present('parent NOT IN (SELECT id FROM t)'),
      duplicates: count(db, 'SELECT count(*) - count(DISTINCT code) FROM t'),
      spellings: count(db, 'SELECT count(DISTINCT name) - count(DISTINCT lower(name)) FROM t'),
    }).toEqual({
      rows: Math.round(4000 * scale),
      ...Object.fromEntries(
        'malformed missing zeros unsafe texts padded accented orphans duplicates'
          .split(' ')
          // That it is one row and not five is not told.
          .map((hazard) => [hazard, scale === 1 ? 5 : 1]),
      ),
      // Names are unique, and there is one empty text.
      empty: 1,
      spellings: scale === 1 ? 3 : 1,
    });
  });
});

describe('constraints', () => {
  test.each<[string, string, string]>([
    ['a length', 'code TEXT NOT NULL UNIQUE CHECK (length(code) = 6)', `printf('%06x', n * 40503)`],
    ['a pattern', `code TEXT NOT NULL CHECK (code GLOB '[A-Z][A-Z]-*')`, `'AB-' || n`],
    [
      'a list',
      `code TEXT NOT NULL CHECK (code IN ('new', 'paid', 'sent'))`,
      `CASE n % 7 WHEN 0 THEN 'sent' WHEN 1 THEN 'paid' ELSE 'new' END`,
    ],
    ['valid JSON', 'code TEXT NOT NULL CHECK (json_valid(code))', `json_object('n', n)`],
    ['no case', 'code TEXT COLLATE NOCASE UNIQUE', `'Code' || n`],
    ['a strict type', 'code INT NOT NULL', 'n * 3'],
    ['a generated column', 'code TEXT NOT NULL, size INT GENERATED ALWAYS AS (length(code)) STORED', `'text ' || n`],
  ])('%s', async (name, columns, value) => {
    const schema = `CREATE TABLE t (id INTEGER PRIMARY KEY, ${columns})${name === 'a strict type' ? ' STRICT' : ''};`;
    const profile = profileOf(
      schema,
      `INSERT INTO t (id, code) SELECT n, ${value} FROM (WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 300) SELECT n FROM c)`,
    );
    const { db, filling } = await regenerated(schema, profile, { scale: 2 });
    expect(filling).toEqual({ unfilled: [], notes: [] });
    expect(count(db, 'SELECT count(*) FROM t')).toBe(600);
    expect(complaints(db)).toEqual([]);
  });

  test('values that SQLite refuses are reported, and replaced by plain rows', async () => {
    const profile = profileOf('CREATE TABLE t (a INTEGER NOT NULL);', 'INSERT INTO t VALUES (5), (6), (7), (7), (8);');
    const { db, filling } = await regenerated('CREATE TABLE t (a INTEGER NOT NULL CHECK (a % 97 = 0));', profile);
    expect(count(db, 'SELECT count(*) FROM t')).toBe(5);
    const reason = 'CHECK constraint failed: a % 97 = 0';
    expect(filling.notes).toEqual([{ code: 'rows-refused', facts: { table: 't', refused: 5, rows: 5, reason } }]);
  });

  test('a table that takes no row is named with the reason', async () => {
    const profile = profileOf('CREATE TABLE t (a TEXT NOT NULL);', `INSERT INTO t VALUES ('x');`);
    const { filling } = await regenerated(`CREATE TABLE t (a TEXT NOT NULL CHECK (instr(a, 'needle') > 0));`, profile);
    expect(filling.unfilled).toEqual([{ table: 't', reason: `CHECK constraint failed: instr(a, 'needle') > 0` }]);
  });

  test('triggers run, and rows that they write count', async () => {
    const schema = `CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER NOT NULL); CREATE TABLE log (t INTEGER NOT NULL);
      CREATE TRIGGER logged AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.id); SELECT RAISE(ABORT, 'no') WHERE new.a > 1000; END;`;
    const profile = profileOf(schema, `INSERT INTO t VALUES (1, 5), (2, 7), (3, 7), (4, 900);`);
    const { db } = await regenerated(schema, profile, { scale: 5 });
    expect([count(db, 'SELECT count(*) FROM t'), count(db, 'SELECT count(*) FROM log')]).toEqual([20, 20]);
  });
});

/** Values of one kind each, by a number. */
const kinds: Readonly<Record<string, (n: number) => SqlValue>> = {
  null: () => null,
  number: (n) => BigInt(n % 9000),
  flag: (n) => BigInt(n % 2),
  negative: (n) => BigInt(-n - 1),
  fraction: (n) => n + 0.25,
  unsafe: (n) => 9_007_199_254_740_993n + BigInt(n),
  seconds: (n) => BigInt(1_600_000_000 + n * 977),
  word: (n) => `word${n}`,
  phrase: (n) => `some words ${n}`,
  title: (n) => `Title ${n % 40}`,
  empty: () => '',
  email: (n) => `p${n}@mail.example`,
  moment: (n) => new Date(1_600_000_000_000 + n * 86_399_999).toISOString(),
  day: (n) => new Date(1_600_000_000_000 + (n % 500) * 86_400_000).toISOString().slice(0, 10),
  digits: (n) => String(10 + n),
  zeros: (n) => `00${n}`,
  document: (n) => JSON.stringify({ a: n, b: `x${n}` }),
  broken: (n) => `{"a": ${n}`,
  accent: (n) => `é ${n} ü`,
  padded: (n) => ` ${n} words `,
  bytes: (n) => Uint8Array.of(n % 256, n >> 8, 7),
};

test('a column of any mixture is reproduced: storage classes, formats and letters', async () => {
  const recipe = await loadRecipe({ history, invariants: [], seed: 1 });
  const part = fc.tuple(fc.constantFrom(...Object.keys(kinds)), fc.constantFrom(1, 10, 100));
  const column = fc.record({
    type: fc.constantFrom('', 'TEXT', 'INTEGER', 'NUMERIC', 'BLOB'),
    parts: fc.array(part, { minLength: 1, maxLength: 4 }),
  });
  fc.assert(
    fc.property(
      fc.array(column, { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 1, max: 400 }),
      (columns, count) => {
        const schema = `CREATE TABLE t (${columns.map(({ type }, i) => `c${i} ${type}`).join(', ')});`;
        const [source, target] = [emptyDatabase(schema), emptyDatabase(schema)];
        try {
          const insert = source.prepare<SqlValue[]>(`INSERT INTO t VALUES (${columns.map(() => '?').join(', ')})`);
          for (let n = 0; n < count; n++) insert.run(...columns.map(({ parts }, i) => valueAt(parts, n * 7 + i)));
          const profile = capture(source, [], 1);
          profileDataset(recipe, { profile, file: '', scale: 1 }).fill(target, {
            position: 0,
            restarted: false,
            state: null,
          });
          const lines = disagreements(profile, capture(target, [], 1));
          const told = /rows|storage|formats|nonAscii|outerSpace|leadingZero|empty|malformed|zero|negative|unsafe/;
          expect(lines.filter((line) => told.test(line))).toEqual([]);
        } finally {
          source.close();
          target.close();
        }
      },
    ),
    { numRuns: breadth(15, 60) },
  );
});

function valueAt(parts: readonly (readonly [kind: string, weight: number])[], n: number): SqlValue {
  const list = parts.flatMap(([kind, weight]) => Array<string>(weight).fill(kind));
  return kinds[list[(n * 7919) % list.length] ?? '']?.(n) ?? null;
}

test('a profile without a sample of the texts is enough', async () => {
  const schema = 'CREATE TABLE t (a TEXT, b TEXT);';
  const profile = profileOf(schema, `INSERT INTO t VALUES ('marker-1', 'marker-2'), ('marker-1', NULL);`);
  const { db } = await regenerated(schema, profile);
  expect(count(db, `SELECT count(*) FROM t WHERE a LIKE '%marker%' OR b LIKE '%marker%'`)).toBe(0);
});

test('undeclared references point at existing rows', async () => {
  const schema =
    'CREATE TABLE users (id INTEGER PRIMARY KEY); CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL);';
  const profile = profileOf(
    schema,
    `INSERT INTO users VALUES (10), (20), (30), (40), (50), (60);
      INSERT INTO posts VALUES (1, 10), (2, 10), (3, 30), (4, 30), (5, 60), (6, 60);`,
  );
  const { db } = await regenerated(schema, profile, { scale: 5 });
  expect(count(db, 'SELECT count(*) FROM posts WHERE user_id NOT IN (SELECT id FROM users)')).toBe(0);
  expect(count(db, 'SELECT count(*) FROM posts')).toBe(30);
});

test('tables that reference each other have no orphan that the profile lacks', async () => {
  const schema = `CREATE TABLE teams (id INTEGER PRIMARY KEY, lead INTEGER REFERENCES people(id));
    CREATE TABLE people (id INTEGER PRIMARY KEY, team INTEGER NOT NULL REFERENCES teams(id));`;
  const teams = Array.from({ length: 30 }, (_, i) => `(${i + 1}, ${i < 10 ? 'NULL' : i})`);
  const people = Array.from({ length: 40 }, (_, i) => `(${i + 1}, ${(i % 30) + 1})`);
  const profile = profileOf(
    schema,
    `INSERT INTO teams VALUES ${teams.join()}; INSERT INTO people VALUES ${people.join()};`,
  );
  const { db } = await regenerated(schema, profile, { scale: 2 });
  expect(complaints(db)).toEqual([]);
  expect(count(db, 'SELECT count(*) FROM teams WHERE lead IS NOT NULL')).toBe(40);
});
