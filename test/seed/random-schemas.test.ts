import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldName, quoteName } from '../../src/sql/quote.ts';
import { complaints, emptyTables, filled } from './filling.ts';

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
}

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
    name: names.filter((name) => !foldName(name).startsWith('sqlite_')),
    key: fc.constantFrom<TablePlan['key']>('rowid', 'text', 'without rowid', 'autoincrement'),
    columns: columns.map((list) => list.filter(({ name }) => foldName(name) !== 'key of it')),
  }),
  { minLength: 1, maxLength: 4, selector: ({ name }) => foldName(name) },
);

const keys: Readonly<Record<TablePlan['key'], string>> = {
  rowid: 'INTEGER PRIMARY KEY',
  text: 'TEXT PRIMARY KEY',
  'without rowid': 'TEXT PRIMARY KEY',
  autoincrement: 'INTEGER PRIMARY KEY AUTOINCREMENT',
};

function createTable({ name, key, columns: list }: TablePlan, all: readonly TablePlan[]): string {
  const lines = list.map((column) => {
    const target = column.target === null ? undefined : all[column.target % all.length];
    const notNull = column.notNull ? ' NOT NULL' : '';
    if (target !== undefined) {
      const type = target.key === 'rowid' || target.key === 'autoincrement' ? 'INTEGER' : 'TEXT';
      return `${quoteName(column.name)} ${type}${notNull} REFERENCES ${quoteName(target.name)} ("key of it")`;
    }
    return `${quoteName(column.name)} ${column.definition.replaceAll('?', () => quoteName(column.name))}${notNull}`;
  });
  const end = key === 'without rowid' ? ' WITHOUT ROWID' : '';
  return `CREATE TABLE ${quoteName(name)} (${[`"key of it" ${keys[key]}`, ...lines].join(', ')})${end};`;
}

test('every schema that can be met is met, in the same way each time', () => {
  fc.assert(
    fc.property(tables, fc.boolean(), (plans, foreignKeys) => {
      const sql = plans.map((plan) => createTable(plan, plans)).join('\n');
      const { db, unfilled } = filled(sql, { foreignKeys });
      expect(unfilled).toEqual([]);
      expect(emptyTables(db)).toEqual([]);
      expect(complaints(db)).toEqual([]);
      expect(filled(sql, { foreignKeys }).db.serialize()).toEqual(db.serialize());
    }),
    { numRuns: 300 },
  );
});
