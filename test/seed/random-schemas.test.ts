import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldName, quoteName } from '../../src/sql/quote.ts';
import { breadth } from '../breadth.ts';
import { complaints, emptyTables, filled } from './filling.ts';
import { grown, size } from './growing.ts';

interface ColumnPlan {
  readonly name: string;
  readonly definition: string;
  readonly notNull: boolean;
  /** The table that it points at, counted round; null where it points at none. */
  readonly target: number | null;
}

interface TablePlan {
  readonly name: string;
  readonly key: 'rowid' | 'text' | 'without rowid' | 'autoincrement';
  readonly columns: readonly ColumnPlan[];
  readonly strict: boolean;
  readonly extras: readonly (keyof typeof extras)[];
}

/** Further parts of a table, in columns of its own: definitions, and an index after it. */
const extras = {
  exclusive: ['"left side" TEXT, "right side" TEXT', 'CHECK (("left side" IS NULL) <> ("right side" IS NULL))', null],
  ordered: ['starts INTEGER NOT NULL, ends INTEGER NOT NULL', 'CHECK (ends > starts)', null],
  stateful: [
    "phase TEXT NOT NULL DEFAULT 'open' CHECK (phase IN ('open', 'done')), result TEXT",
    "CHECK ((phase = 'done') = (result IS NOT NULL))",
    null,
  ],
  paired: ['part INTEGER NOT NULL, "no" TEXT NOT NULL', 'UNIQUE (part, "no")', null],
  linked: [
    'far_part INTEGER, "far no" TEXT',
    'FOREIGN KEY (far_part, "far no") REFERENCES paired_parts (part, "no")',
    null,
  ],
  claimed: [
    'claim_token TEXT',
    '',
    (table: string) =>
      `CREATE UNIQUE INDEX ${quoteName(`claim ${table}`)} ON ${quoteName(table)} (claim_token) WHERE claim_token IS NOT NULL;`,
  ],
  single: [
    'is_default INTEGER NOT NULL DEFAULT 0 CHECK (is_default IN (0, 1))',
    '',
    (table: string) =>
      `CREATE UNIQUE INDEX ${quoteName(`single ${table}`)} ON ${quoteName(table)} (is_default) WHERE is_default = 1;`,
  ],
  folded: [
    'login TEXT NOT NULL',
    '',
    (table: string) => `CREATE UNIQUE INDEX ${quoteName(`folded ${table}`)} ON ${quoteName(table)} (lower(login));`,
  ],
  generated: [
    "price INTEGER NOT NULL, gross INTEGER AS (price * 119 / 100) STORED, net TEXT AS (price || ' net')",
    '',
    null,
  ],
  patterned: ["sku TEXT NOT NULL UNIQUE CHECK (sku GLOB 'A-[0-9][0-9]*' AND length(sku) >= 5)", '', null],
  document: ["settings_json TEXT NOT NULL CHECK (json_valid(settings_json)), body TEXT CHECK (body <> '')", '', null],
} as const;

// `?` stands for the column's own name.
const definitions = [
  'TEXT',
  'INTEGER',
  'REAL',
  'BLOB',
  '',
  'BOOLEAN DEFAULT FALSE',
  'DATETIME DEFAULT CURRENT_TIMESTAMP',
  "TEXT DEFAULT 'x'",
  "TEXT CHECK (? IN ('a', 'b'))",
  'INTEGER CHECK (? BETWEEN 3 AND 5)',
  'INTEGER CHECK (? > 1000)',
  'TEXT CHECK (length(?) = 7)',
  'TEXT CHECK (json_valid(?))',
  'TEXT UNIQUE COLLATE NOCASE',
  "INTEGER CHECK (typeof(?) = 'integer')",
] as const;

// Any characters but NUL, which ends SQL text; names of columns that people use among them.
const names = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }).filter((name) => !name.includes('\u0000')),
  fc.constantFrom('user_id', 'status', 'deleted_at', 'email', 'payload', 'order', 'parent_id', 'Größe'),
);
// Object.keys has the type string[], whatever the object: the names are those of `extras`.
const extraNames = Object.keys(extras) as (keyof typeof extras)[];
/** Names of the columns that keys and extras have. */
const taken: ReadonlySet<string> = new Set(
  'key of it,left side,right side,starts,ends,phase,result,part,no,far_part,far no,claim_token,is_default,login,price,gross,net,sku,settings_json,body'.split(
    ',',
  ),
);
const columns = fc.uniqueArray(
  fc.record({
    name: names,
    definition: fc.constantFrom(...definitions),
    notNull: fc.boolean(),
    target: fc.option(fc.nat(4), { freq: 2 }),
  }),
  { maxLength: 5, selector: ({ name }) => foldName(name) },
);
const tables = fc.uniqueArray(
  fc.record({
    name: names.filter((name) => !foldName(name).startsWith('sqlite_') && foldName(name) !== 'paired_parts'),
    key: fc.constantFrom<TablePlan['key']>('rowid', 'text', 'without rowid', 'autoincrement'),
    columns: columns.map((list) => list.filter(({ name }) => !taken.has(foldName(name)))),
    strict: fc.boolean(),
    extras: fc.uniqueArray(fc.constantFrom(...extraNames), { maxLength: 3 }),
  }),
  { minLength: 1, maxLength: 4, selector: ({ name }) => foldName(name) },
);

const keys: Readonly<Record<TablePlan['key'], string>> = {
  rowid: 'INTEGER PRIMARY KEY',
  text: 'TEXT PRIMARY KEY',
  'without rowid': 'TEXT PRIMARY KEY',
  autoincrement: 'INTEGER PRIMARY KEY AUTOINCREMENT',
};

const parts = `CREATE TABLE paired_parts (part INTEGER, "no" TEXT, note TEXT, PRIMARY KEY (part, "no")) WITHOUT ROWID;`;

/** Types that a STRICT table does not know are left out there. https://sqlite.org/stricttables.html */
function isStrictType(definition: string): boolean {
  return /^(?:TEXT|INTEGER|REAL|BLOB)\b/.test(definition);
}

function createTable(
  { name, key, columns: list, strict, extras: chosen }: TablePlan,
  all: readonly TablePlan[],
): string {
  const lines = list.flatMap((column) => {
    const target = column.target === null ? undefined : all[column.target % all.length];
    const notNull = column.notNull ? ' NOT NULL' : '';
    if (target !== undefined) {
      const type = target.key === 'rowid' || target.key === 'autoincrement' ? 'INTEGER' : 'TEXT';
      return `${quoteName(column.name)} ${type}${notNull} REFERENCES ${quoteName(target.name)} ("key of it")`;
    }
    if (strict && !isStrictType(column.definition)) return [];
    return `${quoteName(column.name)} ${column.definition.replaceAll('?', () => quoteName(column.name))}${notNull}`;
  });
  const more = chosen.map((extra) => extras[extra]);
  const definitions = [`"key of it" ${keys[key]}`, ...lines, ...more.map(([definition]) => definition)];
  const constraints = more.map(([, constraint]) => constraint).filter((constraint) => constraint !== '');
  const options = [...(key === 'without rowid' ? ['WITHOUT ROWID'] : []), ...(strict ? ['STRICT'] : [])];
  const indexes = more.map(([, , index]) => (index === null ? '' : index(name)));
  return `CREATE TABLE ${quoteName(name)} (${[...definitions, ...constraints].join(', ')}) ${options.join(', ')};\n${indexes.join('\n')}`;
}

function schemaOf(plans: readonly TablePlan[]): string {
  return [parts, ...plans.map((plan) => createTable(plan, plans))].join('\n');
}

test('every satisfiable schema is filled with one row, in the same way each time', () => {
  fc.assert(
    fc.property(tables, fc.boolean(), (plans, foreignKeys) => {
      const sql = schemaOf(plans);
      const { db, unfilled } = filled(sql, { foreignKeys });
      expect(unfilled).toEqual([]);
      expect(emptyTables(db)).toEqual([]);
      expect(complaints(db)).toEqual([]);
      expect(filled(sql, { foreignKeys }).db.serialize()).toEqual(db.serialize());
    }),
    { numRuns: breadth(60, 300) },
  );
});

test('every satisfiable schema is filled with typical rows', async () => {
  await fc.assert(
    fc.asyncProperty(tables, fc.boolean(), fc.nat(20), async (plans, foreignKeys, seed) => {
      const sql = schemaOf(plans);
      const { db, filling } = await grown(sql, { foreignKeys, seed, rows: 12 });
      expect(filling).toMatchObject({ unfilled: [], notes: [] });
      expect(complaints(db)).toEqual([]);
      // A reference that points at each parent once, or a list of two values, may end a table early.
      expect(plans.map(({ name }) => size(db, name)).filter((rows) => rows < 2)).toEqual([]);
      expect((await grown(sql, { foreignKeys, seed, rows: 12 })).db.serialize()).toEqual(db.serialize());
    }),
    { numRuns: breadth(30, 150) },
  );
});
