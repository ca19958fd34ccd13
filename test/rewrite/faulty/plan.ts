import fc from 'fast-check';
import { needsQuotes } from '../../../src/sql/keywords.ts';
import { foldName, quoteName } from '../../../src/sql/quote.ts';

/** A column of a random table; `?` in its clauses stands for its name. */
export interface Column {
  readonly name: string;
  readonly type: string;
  readonly clauses: string;
  /** Whether a row may leave it empty. */
  readonly isOptional: boolean;
}

/** A random table with its parts. */
export interface Table {
  readonly name: string;
  readonly key: { readonly name: string; readonly type: string };
  readonly isWithoutRowid: boolean;
  readonly columns: readonly Column[];
  /** The reference to an earlier table; null without one. */
  readonly parent: { readonly column: string; readonly table: Table; readonly action: string } | null;
  /** Further objects, each by its statement. */
  readonly objects: readonly string[];
  /** The key of the row that the first migration puts in; null without one. */
  readonly row: string | null;
}

/** How a random project writes its SQL. */
export interface Style {
  readonly quote: '"' | '`' | '';
  readonly isLower: boolean;
  readonly lineEnd: '\n' | '\r\n';
  readonly comment: string;
}

/** A random history before its last migration. */
export interface Plan {
  readonly tables: readonly Table[];
  readonly style: Style;
  readonly tool: 'rowproof' | undefined;
  /** Names that nothing has yet. */
  readonly spare: readonly string[];
}

const names = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom('users', 'email', 'state', 'note', 'tag', 'code', 'size', 'title', 'payload'),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'order',
      'group',
      'my table',
      "it's",
      'a"b',
      'x`y',
      'Größe',
      '値',
      'a;b',
      '--',
      '[x]',
      'a.b',
      'a, b',
      '?',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 5 }).filter((name) => !/[\0\r\n]/.test(name)),
  },
);

const columnKinds = [
  ['TEXT', '', true],
  ['TEXT', 'NOT NULL', false],
  ['TEXT', "NOT NULL DEFAULT 'none'", false],
  ['TEXT', "CHECK (? IN ('open', 'done', 'gone'))", true],
  ['TEXT', 'COLLATE NOCASE', true],
  ['TEXT', 'UNIQUE', true],
  ['INTEGER', '', true],
  ['INTEGER', 'NOT NULL DEFAULT 0', false],
  ['INTEGER', 'CHECK (? >= 0)', true],
  ['REAL', '', true],
  ['VARCHAR(20)', 'NOT NULL', false],
  ['', '', true],
] as const;

const objectKinds = ['index', 'partial index', 'update trigger', 'guard trigger', 'insert trigger', 'view'] as const;

const tablePlan = fc.record({
  key: fc.constantFrom(
    'INTEGER PRIMARY KEY',
    'INTEGER PRIMARY KEY AUTOINCREMENT',
    'TEXT PRIMARY KEY NOT NULL',
    'TEXT PRIMARY KEY',
  ),
  isWithoutRowid: fc.boolean(),
  columns: fc.array(fc.constantFrom(...columnKinds), { minLength: 2, maxLength: 4 }),
  objects: fc.uniqueArray(fc.constantFrom(...objectKinds), { maxLength: 2 }),
  action: fc.constantFrom('', ' ON DELETE CASCADE', ' ON DELETE CASCADE', ' ON DELETE SET NULL', ' ON DELETE RESTRICT'),
  hasParent: fc.boolean(),
  isRequired: fc.boolean(),
  hasRow: fc.boolean(),
});

/** Random histories of two or three tables. */
export const plans: fc.Arbitrary<Plan> = fc
  .record({
    names: fc.uniqueArray(
      names.filter((name) => !/^(?:sqlite_|rowid$|oid$|_rowid_$)/i.test(name)),
      {
        minLength: 26,
        maxLength: 26,
        selector: foldName,
      },
    ),
    tables: fc.array(tablePlan, { minLength: 2, maxLength: 3 }),
    style: fc.record<Style>({
      quote: fc.constantFrom('"', '`', ''),
      isLower: fc.boolean(),
      lineEnd: fc.constantFrom('\n', '\n', '\r\n'),
      comment: fc.constantFrom('', "-- why; it isn't so", '/* DROP TABLE x; */'),
    }),
    tool: fc.constantFrom('rowproof' as const, undefined),
  })
  .map(({ names: given, tables: drawn, style, tool }) => {
    const left = [...given];
    const next = (): string => left.shift() ?? 'spare';
    const tables: Table[] = [];
    for (const each of drawn) {
      const isWithoutRowid = each.isWithoutRowid && each.key.startsWith('TEXT');
      const parent = each.hasParent ? tables.at(-1) : undefined;
      const table: Table = {
        name: next(),
        key: { name: next(), type: each.key },
        isWithoutRowid,
        columns: each.columns.map(([type, clauses, isOptional]) => ({ name: next(), type, clauses, isOptional })),
        parent:
          parent === undefined
            ? null
            : {
                column: next(),
                table: parent,
                action: `${each.isRequired && !each.action.includes('SET') ? ' NOT NULL' : ''}|${each.action}`,
              },
        objects: [],
        row: each.hasRow && parent === undefined ? (each.key.startsWith('TEXT') ? "'first'" : '1') : null,
      };
      tables.push({ ...table, objects: each.objects.map((kind) => objectOf(kind, table, next(), style)) });
    }
    return { tables, style, tool, spare: left };
  });

/** A name as a style writes it. */
export function nameIn({ quote }: Style, name: string): string {
  if (quote === '`') return `\`${name.replaceAll('`', '``')}\``;
  return quote === '"' || needsQuotes(name) ? quoteName(name) : name;
}

function objectOf(kind: (typeof objectKinds)[number], table: Table, name: string, style: Style): string {
  const q = (each: string): string => nameIn(style, each);
  const [first, second] = table.columns;
  const [a, b] = [q(first?.name ?? ''), q(second?.name ?? '')];
  const on = q(table.name);
  const key = q(table.key.name);
  if (kind === 'index') return `CREATE INDEX ${q(name)} ON ${on} (${a}, ${b})`;
  if (kind === 'partial index') return `CREATE INDEX ${q(name)} ON ${on} (${b}) WHERE ${a} IS NOT NULL`;
  if (kind === 'view') return `CREATE VIEW ${q(name)} AS SELECT ${key}, ${a} FROM ${on}`;
  if (kind === 'guard trigger')
    return `CREATE TRIGGER ${q(name)} BEFORE UPDATE OF ${b} ON ${on} WHEN OLD.${b} IS NOT NULL BEGIN SELECT raise(ABORT, 'it is settled'); END`;
  const event = kind === 'update trigger' ? 'UPDATE' : 'INSERT';
  return `CREATE TRIGGER ${q(name)} AFTER ${event} ON ${on} BEGIN INSERT INTO journal (what) VALUES (NEW.${key}); END`;
}

/** The definitions in a table's CREATE TABLE. */
export function definitionsOf(table: Table, style: Style): string[] {
  const q = (each: string): string => nameIn(style, each);
  const { key, columns, parent } = table;
  const [required = '', action = ''] = parent?.action.split('|') ?? [];
  return [
    `${q(key.name)} ${key.type}`,
    ...columns.map(({ name, type, clauses }) => `${q(name)} ${type} ${clauses.replaceAll('?', () => q(name))}`.trim()),
    ...(parent === null
      ? []
      : [
          `${q(parent.column)} ${parent.table.key.type.split(' ')[0]}${required} REFERENCES ${q(parent.table.name)} (${q(parent.table.key.name)})${action}`,
        ]),
  ];
}

/** The names of a table's columns, in their order. */
export function columnsOf({ key, columns, parent }: Table): string[] {
  return [key.name, ...columns.map(({ name }) => name), ...(parent === null ? [] : [parent.column])];
}

/** CREATE TABLE under a name, with other definitions where some are given. */
export function createTable(
  table: Table,
  style: Style,
  name = table.name,
  definitions = definitionsOf(table, style),
): string {
  const option = table.isWithoutRowid ? ' WITHOUT ROWID' : '';
  return `CREATE TABLE ${nameIn(style, name)} (${style.lineEnd}  ${definitions.join(`,${style.lineEnd}  `)}${style.lineEnd})${option}`;
}

/** The statements of the first migration. */
export function firstMigration({ tables, style }: Plan): string[] {
  const q = (each: string): string => nameIn(style, each);
  return [
    'CREATE TABLE journal (id INTEGER PRIMARY KEY, what)',
    ...tables.map((table) => createTable(table, style)),
    ...tables.flatMap(({ objects }) => objects),
    ...tables.flatMap(({ name, key, columns, row }) => {
      if (row === null) return [];
      const needed = columns.filter(({ isOptional, clauses }) => !isOptional && !clauses.includes('DEFAULT'));
      const listed = [key.name, ...needed.map((each) => each.name)].map(q).join(', ');
      return [`INSERT INTO ${q(name)} (${listed}) VALUES (${[row, ...needed.map(() => "'first'")].join(', ')})`];
    }),
  ];
}

/** Statements as the text of a file. */
export function fileOf(statements: readonly string[], { isLower, lineEnd, comment }: Style): string {
  const text = statements.map((sql) => `${isLower ? lowered(sql) : sql};`);
  return [...(comment === '' ? [] : [comment]), ...text, ''].join(lineEnd);
}

/** Keywords in small letters; names are quoted or small already. */
function lowered(sql: string): string {
  return sql.replace(/"(?:[^"]|"")*"|`(?:[^`]|``)*`|'(?:[^']|'')*'|\b[A-Z]+\b/g, (part) =>
    /^[A-Z]+$/.test(part) ? part.toLowerCase() : part,
  );
}
