import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quoteName, quoteNames } from '../../src/sql/quote.ts';
import { breadth } from '../breadth.ts';
import { changesAfter } from './comparing.ts';

const types = ['', 'INTEGER', 'TEXT', 'REAL', 'BLOB', 'NUMERIC', 'TEXT COLLATE NOCASE'] as const;
const keys = ['none', 'integer', 'text', 'composite', 'without rowid', 'rowid named'] as const;

/** Values as SQL writes them, which every type keeps in its own way. */
const literal = fc.oneof(
  fc.constantFrom('NULL', "''", '0', '1', '1.0', "'1'", "'a'", "'A'", "'007'", "x'61'", '9007199254740993', '-1.5'),
  fc.integer().map(String),
  fc.constantFrom('9007199254740993', '-9007199254740995', "'Ab'"),
  fc
    .string({ maxLength: 8, unit: 'grapheme-ascii' })
    .map((text) => `'${text.replaceAll("'", "''").replaceAll('\0', '')}'`),
);

interface Plan {
  readonly key: (typeof keys)[number];
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly string[])[];
  /** Whether rowids have gaps, as deleted rows leave them, which a rebuild closes. */
  readonly gaps: boolean;
}

const plan: fc.Arbitrary<Plan> = fc
  .record({
    key: fc.constantFrom(...keys),
    types: fc.array(fc.constantFrom(...types), { minLength: 2, maxLength: 5 }),
    gaps: fc.boolean(),
  })
  .chain(({ key, types: chosen, gaps }) =>
    fc
      .array(fc.array(literal, { minLength: chosen.length, maxLength: chosen.length }), { minLength: 1, maxLength: 6 })
      .map((rows) => ({ key, rows, gaps, columns: chosen.map((type, i) => ({ name: names[i] ?? `c${i}`, type })) })),
  );

const names = ['value', 'order', 'a "b"', 'Ünit', 'oid'];

/** The columns that make up the key, with their definitions and the value in row `i`. */
const keyColumns: Readonly<
  Record<Plan['key'], readonly { name: string; type: string; value: (i: number) => string }[]>
> = {
  none: [],
  integer: [{ name: 'id', type: 'INTEGER PRIMARY KEY', value: (i) => `${i * 3 + 1}` }],
  text: [{ name: 'id', type: 'TEXT PRIMARY KEY', value: (i) => (i < 2 ? 'NULL' : `'k${9 - i}'`) }],
  composite: [
    { name: 'k1', type: 'TEXT COLLATE NOCASE', value: (i) => `'k${i >> 1}'` },
    { name: 'k2', type: 'INTEGER', value: (i) => `${i & 1}` },
  ],
  'without rowid': [
    { name: 'k1', type: 'TEXT', value: (i) => `'k${i >> 1}'` },
    { name: 'k2', type: 'INTEGER', value: (i) => `${i & 1}` },
  ],
  'rowid named': [{ name: 'rowid', type: 'TEXT', value: (i) => `'r${7 - i}'` }],
};

function allColumns({ key, columns }: Plan): { readonly name: string; readonly type: string }[] {
  return [...keyColumns[key], ...columns];
}

function create(table: string, made: Plan, order: 'same' | 'reversed'): string {
  const columns = order === 'same' ? allColumns(made) : allColumns(made).toReversed();
  const hasKey = made.key === 'composite' || made.key === 'without rowid';
  const parts = [
    ...columns.map(({ name, type }) => `${quoteName(name)} ${type}`),
    ...(hasKey ? ['PRIMARY KEY (k1, k2)'] : []),
  ];
  return `CREATE TABLE ${table} (${parts.join(', ')})${made.key === 'without rowid' ? ' WITHOUT ROWID' : ''}`;
}

function setup(made: Plan): string {
  const rows = made.rows.map(
    (row, i) => `(${[...keyColumns[made.key].map(({ value }) => value(i)), ...row].join(', ')})`,
  );
  const spread = made.gaps && made.key !== 'without rowid' && made.key !== 'integer';
  const gaps = spread ? 'UPDATE t SET _rowid_ = _rowid_ * 2 + 5;' : '';
  return `${create('t', made, 'same')};\nINSERT INTO t VALUES ${rows.join(', ')};${gaps}`;
}

interface Mutation {
  readonly where?: string;
  /** Two of the columns beside the key. */
  readonly swap?: readonly [number, number] | null;
  readonly order?: 'same' | 'reversed';
}

function rebuild(made: Plan, { where = '', swap = null, order = 'same' }: Mutation = {}): string[] {
  const into = allColumns(made).map(({ name }) => name);
  const from = [...into];
  if (swap !== null) {
    const offset = keyColumns[made.key].length;
    const [a, b] = [swap[0] + offset, swap[1] + offset];
    [from[a], from[b]] = [into[b] ?? '', into[a] ?? ''];
  }
  return [
    create('n', made, order),
    `INSERT INTO n (${quoteNames(into)}) SELECT ${quoteNames(from)} FROM t ${where}`,
    'DROP TABLE t',
    'ALTER TABLE n RENAME TO t',
  ];
}

/** The name that tells rows apart in SQL, whatever their key. */
function rowOf({ key }: Plan): string {
  return key === 'without rowid' ? 'k1 || k2' : key === 'rowid named' ? '_rowid_' : 'rowid';
}

/** Whether rows are told apart by a key, which for text must not be NULL in two of them. */
function isKeyed({ key, rows }: Plan): boolean {
  return key !== 'none' && key !== 'rowid named' && (key !== 'text' || rows.length < 2);
}

const upTo = { numRuns: breadth(30, 150) };

test('a faithful copy is never reported, in any order of its columns', () => {
  fc.assert(
    fc.property(plan, fc.constantFrom('same' as const, 'reversed' as const), (made, order) => {
      expect(changesAfter(setup(made), rebuild(made, { order }))).toEqual([]);
    }),
    upTo,
  );
});

test('columns that are renamed, added, dropped or set by an UPDATE are not reported', () => {
  fc.assert(
    fc.property(plan, (made) => {
      const kept = made.columns[1]?.name ?? '';
      const statements = [
        'ALTER TABLE t RENAME COLUMN value TO renamed',
        'ALTER TABLE t RENAME TO u',
        "ALTER TABLE u ADD COLUMN fresh TEXT DEFAULT 'x'",
        `UPDATE u SET ${quoteName(kept)} = 'set'`,
        ...made.columns
          .slice(2)
          .filter(({ name }) => name !== 'oid')
          .map(({ name }) => `ALTER TABLE u DROP COLUMN ${quoteName(name)}`),
      ];
      expect(changesAfter(setup(made), statements)).toEqual([]);
    }),
    upTo,
  );
});

/** The change of a mutation to a value, and the values that it applies to. */
const valueMutants: readonly { readonly name: string; readonly on: string; readonly to: string }[] = [
  { name: 'another value', on: "value IS NOT 'zz'", to: "'zz'" },
  {
    name: 'the other case',
    on: "typeof(value) = 'text' AND value IS NOT upper(value) COLLATE BINARY",
    to: 'upper(value)',
  },
  { name: '1 to 1.0', on: "typeof(value) = 'integer'", to: 'CAST(value AS REAL)' },
  { name: "1 to '1'", on: "typeof(value) = 'integer'", to: 'CAST(value AS TEXT)' },
  { name: "NULL to ''", on: 'value IS NULL', to: "''" },
  {
    name: 'an integer beyond 2^53 by one',
    on: "typeof(value) = 'integer' AND value > 9007199254740992",
    to: 'value + 1',
  },
  { name: 'text to blob', on: "typeof(value) = 'text'", to: 'CAST(value AS BLOB)' },
];

test.each(valueMutants)('$name in one row is caught, in any table', ({ on, to }) => {
  let caught = 0;
  fc.assert(
    fc.property(plan, fc.boolean(), (made, isRebuilt) => {
      const row = rowOf(made);
      const changes = changesAfter(setup(made), isRebuilt ? rebuild(made) : ['SELECT 1'], (db) => {
        const victim = db.prepare<[], string | number>(`SELECT ${row} FROM t WHERE ${on} LIMIT 1`).pluck().get();
        const read = db.prepare<unknown[], string>(`SELECT quote(value) FROM t WHERE ${row} = ?`).pluck();
        const had = read.get(victim);
        db.prepare(`UPDATE t SET value = ${to} WHERE ${row} = ?`).run(victim);
        // The affinity of the column may have turned it back.
        return victim !== undefined && read.get(victim) !== had;
      });
      if (changes === null) return;
      caught += 1;
      expect(changes).toMatchObject([{ table: 't', now: 't' }]);
      if (isKeyed(made)) {
        expect(changes).toMatchObject([
          { lost: 0, duplicated: 0, changed: 1, columns: [{ column: 'value', rows: 1 }] },
        ]);
      }
    }),
    upTo,
  );
  expect(caught).toBeGreaterThan(0);
});

test('a row that a WHERE omits is caught, and so is a row that a DELETE removes', () => {
  fc.assert(
    fc.property(plan, (made) => {
      const first = `${rowOf(made)} = (SELECT ${rowOf(made)} FROM t LIMIT 1)`;
      const count = made.rows.length;
      expect(changesAfter(setup(made), rebuild(made, { where: `WHERE NOT ${first}` }))).toMatchObject([{ lost: 1 }]);
      expect(changesAfter(setup(made), [`DELETE FROM t WHERE ${first}`])).toMatchObject([{ lost: 1 }]);
      expect(changesAfter(setup(made), ['DELETE FROM t'])).toMatchObject([{ lost: count }]);
    }),
    upTo,
  );
});

test('two columns swapped are caught wherever they differ', () => {
  fc.assert(
    fc.property(plan, (made) => {
      const alike = { ...made, columns: made.columns.map((column) => ({ ...column, type: 'TEXT' })) };
      const other = quoteName(alike.columns[1]?.name ?? '');
      const changes = changesAfter(
        setup(alike),
        rebuild(alike, { swap: [0, 1] }),
        (db) => db.prepare(`SELECT 1 FROM t WHERE +value IS NOT +${other} COLLATE BINARY`).get() !== undefined,
      );
      // Without a key, rows may have changed places with each other, and then nothing is lost.
      if (changes === null || (!isKeyed(made) && changes.length === 0)) return;
      expect(changes).toMatchObject([{ swapped: expect.arrayContaining(['value']) }]);
      if (isKeyed(made)) expect(changes[0]?.columns).toHaveLength(2);
    }),
    upTo,
  );
});

test('a row more or less is caught in a table without a key', () => {
  fc.assert(
    fc.property(plan, fc.boolean(), (drawn, isRebuilt) => {
      const made: Plan = { ...drawn, key: 'none' };
      const names = quoteNames(allColumns(made).map(({ name }) => name));
      const again = `INSERT INTO n (${names}) SELECT ${names} FROM t LIMIT 1`;
      const [created = '', copied = '', ...rest] = rebuild(made);
      const twice = changesAfter(setup(made), [created, copied, again, ...rest]);
      expect(twice).toMatchObject([{ lost: 0, duplicated: 1 }]);
      const less = changesAfter(setup(made), isRebuilt ? rebuild(made) : ['SELECT 1'], (db) => {
        return db.prepare('DELETE FROM t WHERE rowid = (SELECT min(rowid) FROM t)').run().changes === 1;
      });
      expect(less).toMatchObject([{ lost: 1, duplicated: 0 }]);
    }),
    upTo,
  );
});

test.each<[string, string, readonly string[]]>([
  ['where it stands', '', ['SELECT 1']],
  [
    'by a copy that closes the gaps between the rowids',
    'DELETE FROM t WHERE rowid % 9 = 0;',
    [
      'CREATE TABLE n (id TEXT PRIMARY KEY, value TEXT)',
      'INSERT INTO n SELECT * FROM t',
      'DROP TABLE t',
      'ALTER TABLE n RENAME TO t',
    ],
  ],
])('one value of 100,000 is caught %s', (_name, gaps, statements) => {
  const rows = `CREATE TABLE t (id TEXT PRIMARY KEY, value TEXT);
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
    INSERT INTO t SELECT 'k' || i, 'v' || i FROM n; ${gaps}`;
  const changes = changesAfter(rows, statements, (db) => {
    return db.prepare("UPDATE t SET value = 'V77777' WHERE id = 'k77777'").run().changes === 1;
  });
  expect(changes).toMatchObject([{ lost: 0, changed: 1, keys: { columns: ['id'], rows: [['k77777']] } }]);
});
