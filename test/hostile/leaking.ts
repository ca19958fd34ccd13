import type { Connection } from '../../src/model/connection.ts';

/** What stands in every value of production, and nowhere else. */
export const marker = 'Zq7Marker';

/** The digits of every number. */
export const digits = '731005';

/** How a value can come out: as it is, in another case, in hex, in base 64, as a number. */
const disguises = [
  marker.toLowerCase(),
  Buffer.from(marker).toString('hex'),
  Buffer.from(marker).toString('base64').toLowerCase().slice(0, 10),
  digits,
];

/** The first trace of a marker in a text, with what stands round it; null where there is none. */
export function traceIn(text: string): string | null {
  const lower = text.toLowerCase();
  const at = disguises.map((each) => lower.indexOf(each)).find((index) => index >= 0);
  return at === undefined ? null : text.slice(Math.max(0, at - 80), at + 60);
}

/** A generator of numbers that a seed repeats. https://github.com/bryc/code/blob/master/jshash/PRNGs.md#mulberry32 */
export function createRandom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** A table of a generated schema. */
export interface MarkedTable {
  readonly name: string;
  readonly sql: string;
  /** The columns that rows are given values for. */
  readonly columns: readonly string[];
  readonly text: string;
  readonly json: string;
  readonly number: string;
}

/** A production database of made-up tables, each value of which is marked. */
export interface MarkedSchema {
  readonly tables: readonly [MarkedTable, ...MarkedTable[]];
  /** The first migration. */
  readonly sql: string;
  /** Puts the rows in; foreign keys are off. */
  readonly rows: string;
}

const keys = [
  'INTEGER PRIMARY KEY',
  'INTEGER PRIMARY KEY AUTOINCREMENT',
  'TEXT PRIMARY KEY',
  'TEXT NOT NULL UNIQUE',
  'INTEGER',
] as const;

/** Makes two to four tables with keys of every kind, references, generated columns, triggers, a view and a full-text table. */
export function markedSchema(random: (below: number) => number): MarkedSchema {
  const tables = Array.from({ length: 2 + random(3) }, (_, i) => markedTable(i, random));
  const [first, ...rest] = tables;
  if (first === undefined) throw new Error('there are at least two');
  const extras = [
    'CREATE VIRTUAL TABLE notes USING fts5(body, author);',
    // One that stands over a table makes its rebuild fail, which would hide what else it does.
    ...(random(4) === 0 ? [`CREATE VIEW seen AS SELECT ${first.text} AS words FROM ${first.name};`] : []),
    `CREATE INDEX ${first.name}_${first.text} ON ${first.name} (lower(${first.text}));`,
    'CREATE VIRTUAL TABLE boxes USING rtree(id, low, high);',
  ];
  return {
    tables: [first, ...rest],
    sql: [...tables.map(({ sql }) => sql), ...extras].join('\n'),
    rows: [
      ...tables.flatMap((table) => rowsOf(table, first, random)),
      `INSERT INTO notes VALUES ('${marker} wrote', '${marker}'), ('"${marker}', '${marker}:${marker}');`,
      `INSERT INTO boxes VALUES (${digits}1, ${digits}.0, ${digits}5.0);`,
    ].join('\n'),
  };
}

function markedTable(index: number, random: (below: number) => number): MarkedTable {
  const name = ['people', 'orders', 'visits', 'labels'][index] ?? 'others';
  const key = keys[random(keys.length)] ?? keys[0];
  const reference =
    index === 0
      ? []
      : [`owner REFERENCES people (id) ON DELETE ${['CASCADE', 'SET NULL', 'NO ACTION', 'RESTRICT'][random(4)]}`];
  const generated = random(3) === 0 ? ['size AS (length(title)) VIRTUAL'] : [];
  const checked = random(3) === 0 ? ' CHECK (length(title) > 0)' : '';
  const definitions = [
    `id ${index === 0 && key === 'INTEGER' ? 'TEXT PRIMARY KEY' : key}`,
    `title TEXT${checked}`,
    `data ${['TEXT', 'BLOB', ''][random(3)]}`,
    `amount ${['INTEGER', 'REAL', 'NUMERIC', ''][random(4)]}`,
    'path TEXT',
    'raw BLOB',
    ...generated,
    ...reference,
  ];
  return {
    name,
    sql: `CREATE TABLE ${name} (${definitions.join(', ')});`,
    columns: ['id', 'title', 'data', 'amount', 'path', 'raw', ...(index === 0 ? [] : ['owner'])],
    text: 'title',
    json: 'data',
    number: 'amount',
  };
}

function rowsOf({ name, columns, sql }: MarkedTable, parent: MarkedTable, random: (below: number) => number): string[] {
  const keyOf = (table: string, row: number): string =>
    /id INTEGER/.test(table) ? `${digits}${row}` : `'${marker}-${row}'`;
  const first = random(12);
  return Array.from({ length: 4 + random(3) }, (_, row) => {
    const i = first + row;
    const json = [
      `'{"${marker}": "${marker}", "n": ${digits}${i}}'`,
      `'${marker} {'`,
      'NULL',
      `'["${marker}", ${digits}]'`,
    ][i % 4];
    const values: Readonly<Record<string, string>> = {
      id: keyOf(sql, row),
      title: [`'${marker}'`, `'${marker} twice'`, `'no such function: ${marker}'`, `'${marker}\ttab'`][i % 4] ?? '',
      data: json ?? 'NULL',
      amount: [`${digits}${i}`, `${digits}.25`, `'${marker}'`, '-9223372036854775808'][i % 4] ?? '',
      path: [`'${marker}'`, `'$.${marker}"'`, `'$${marker}'`][i % 3] ?? '',
      raw: `x'${Buffer.from(marker).toString('hex')}'`,
      owner: [keyOf(parent.sql, 0), `'${marker}-nobody'`, 'NULL'][row % 3] ?? '',
    };
    return `INSERT INTO ${name} (${columns.join(', ')}) VALUES (${columns.map((column) => values[column]).join(', ')});`;
  });
}

/** Functions of an application that quote what they are given when they fail, by their names. */
export function registerQuoting(db: Connection): void {
  const quoting: Readonly<Record<string, (value: unknown) => string>> = {
    boom: (value) => {
      throw new Error(`boom ${value}`);
    },
    imitate: (value) => {
      throw new Error(`UNIQUE constraint failed: people.${value}`);
    },
    misnamed: (value) => {
      throw Object.assign(new TypeError(`no such function: ${value}`), { name: `${value}`, code: `${value}` });
    },
    chained: (value) => {
      throw new Error('outer', { cause: new Error(`inner ${value}`, { cause: value }) });
    },
  };
  for (const [name, body] of Object.entries(quoting)) db.function(name, { deterministic: true }, body);
}

/** A way in which a migration can fail, lose or change rows, and an invariant to go with it. */
export interface Attack {
  readonly name: string;
  readonly sql: (table: MarkedTable) => string;
  readonly invariant?: (table: MarkedTable) => string;
  readonly transaction?: 'none';
}

const rebuild = (table: MarkedTable, columns: string, select: string, ending = ''): string =>
  `CREATE TABLE renewed (${columns})${ending};
   INSERT INTO renewed SELECT ${select} FROM ${table.name};
   DROP TABLE ${table.name};
   ALTER TABLE renewed RENAME TO ${table.name};`;

const raising = (message: string, how = 'ABORT') =>
  function sql({ name, text }: MarkedTable): string {
    return `CREATE TRIGGER guards BEFORE UPDATE ON ${name} BEGIN SELECT RAISE(${how}, ${message.replaceAll('$', `OLD.${text}`)}); END;
      UPDATE ${name} SET ${text} = 'x';`;
  };

const evaluating =
  (expression: string) =>
  ({ name, text, json, number }: MarkedTable): string =>
    `CREATE TABLE computed AS SELECT ${expression
      .replaceAll('$text', text)
      .replaceAll('$json', json)
      .replaceAll('$number', number)} AS result FROM ${name};`;

const computing =
  (expression: string, ending = 'VIRTUAL') =>
  ({ name, text, json, number }: MarkedTable): string =>
    `ALTER TABLE ${name} ADD COLUMN derived AS (${expression
      .replaceAll('$text', text)
      .replaceAll('$json', json)
      .replaceAll('$number', number)}) ${ending};`;

/** Everything that is tried. Every statement is the project's own and holds no marker. */
export const attacks: readonly Attack[] = [
  { name: 'unique index', sql: ({ name, text }) => `CREATE UNIQUE INDEX once ON ${name} (${text});` },
  { name: 'unique expression', sql: ({ name, text }) => `CREATE UNIQUE INDEX once ON ${name} (upper(${text}));` },
  { name: 'not null', sql: (t) => rebuild(t, `id, ${t.json} TEXT NOT NULL`, `id, ${t.json}`) },
  { name: 'check', sql: (t) => rebuild(t, `id, ${t.text} TEXT CHECK (${t.text} < 'A')`, `id, ${t.text}`) },
  {
    name: 'named check',
    sql: (t) => rebuild(t, `id, ${t.text} TEXT, CONSTRAINT short CHECK (length(${t.text}) < 3)`, `id, ${t.text}`),
  },
  { name: 'strict', sql: (t) => rebuild(t, `id ANY, ${t.text} INTEGER`, `id, ${t.text}`, ' STRICT') },
  { name: 'integer key', sql: (t) => rebuild(t, `${t.text} INTEGER PRIMARY KEY`, t.text) },
  { name: 'add check', sql: ({ name, text }) => `ALTER TABLE ${name} ADD COLUMN extra CHECK (${text} IS NULL);` },
  { name: 'add not null', sql: ({ name }) => `ALTER TABLE ${name} ADD COLUMN extra TEXT NOT NULL;` },
  { name: 'malformed json', sql: evaluating("json_extract($json, '$.a')") },
  { name: 'json path', sql: evaluating("json_extract('{}', path)") },
  { name: 'json insert', sql: evaluating("json_insert('{}', path, 1)") },
  { name: 'json arrow', sql: evaluating("'{}' ->> path") },
  {
    name: 'json each',
    sql: ({ name, json }) => `CREATE TABLE computed AS SELECT value FROM ${name}, json_each(${json});`,
  },
  { name: 'json of a blob', sql: evaluating('json_array(raw)') },
  { name: 'overflow', sql: evaluating('abs($number)') },
  { name: 'sum', sql: ({ name, number }) => `CREATE TABLE computed AS SELECT sum(${number}) FROM ${name};` },
  { name: 'escape', sql: evaluating("'a' LIKE 'b' ESCAPE $text") },
  { name: 'printf', sql: evaluating("printf($text || '%*.*f', 100, 100, 1.0)") },
  { name: 'strftime', sql: evaluating("strftime($text, 'now')") },
  { name: 'unhex', sql: evaluating("unhex($text, 'z')") },
  { name: 'too big', sql: evaluating('$text || zeroblob(1100000000)') },
  { name: 'extension', sql: evaluating('load_extension($text)') },
  {
    name: 'fts match',
    sql: ({ name, text }) =>
      `CREATE TABLE computed AS SELECT (SELECT count(*) FROM notes WHERE notes MATCH ${text}) FROM ${name};`,
  },
  {
    name: 'fts column',
    sql: () =>
      'CREATE TABLE computed AS SELECT (SELECT count(*) FROM notes AS n WHERE n.body MATCH notes.author) FROM notes;',
  },
  {
    name: 'fts query',
    sql: () =>
      "CREATE TABLE computed AS SELECT (SELECT count(*) FROM notes WHERE notes MATCH body) FROM (SELECT author || ':x' AS body FROM notes);",
  },
  { name: 'fts command', sql: ({ name, text }) => `INSERT INTO notes (notes) SELECT ${text} FROM ${name};` },
  { name: 'fts rank', sql: ({ name, text }) => `INSERT INTO notes (notes, rank) SELECT 'rank', ${text} FROM ${name};` },
  {
    name: 'fts config',
    sql: ({ name, text }) => `INSERT INTO notes (notes, rank) SELECT 'pgsz', ${text} FROM ${name};`,
  },
  {
    name: 'fts delete',
    sql: ({ name, text }) =>
      `INSERT INTO notes (notes, rowid, body, author) SELECT 'delete', rowid, ${text}, 'x' FROM ${name}; INSERT INTO notes (notes) VALUES ('integrity-check');`,
  },
  { name: 'fts emptied', sql: () => 'DELETE FROM notes_content;' },
  {
    name: 'external content',
    sql: ({ name, text }) =>
      `CREATE VIRTUAL TABLE searched USING fts5(${text}, content='${name}'); INSERT INTO searched (searched) VALUES ('rebuild'); ALTER TABLE ${name} RENAME TO gone;`,
  },
  { name: 'rtree', sql: ({ name, number }) => `INSERT INTO boxes SELECT 1, ${number}, -1 FROM ${name};` },
  { name: 'attach', sql: ({ name, text }) => `ATTACH (SELECT ${text} FROM ${name}) AS other;` },
  { name: 'raise', sql: raising("'no: ' || $") },
  { name: 'raise and roll back', sql: raising("'no: ' || $", 'ROLLBACK') },
  { name: 'raise and stop', sql: raising("'no: ' || $", 'FAIL') },
  ...[
    'no such function: ',
    'no such module: ',
    'no such table: ',
    'no such column: ',
    'unknown function: ',
    'UNIQUE constraint failed: people.',
    "UNIQUE constraint failed: index '",
    'NOT NULL constraint failed: ',
    'CHECK constraint failed: ',
    'cannot store TEXT value in INTEGER column people.',
    'foreign key check failed: 1 row of ',
    'foreign key mismatch - "people" referencing ',
    'malformed JSON',
    'Cannot add a ',
    'table people has no column named ',
  ].map(
    (words): Attack => ({ name: `raise like ${words}`, sql: raising(`'${words.replaceAll("'", "''")}' || $ || '.x'`) }),
  ),
  { name: 'function', sql: evaluating('boom($text)') },
  { name: 'function that imitates', sql: evaluating('imitate($text)') },
  { name: 'function that names itself', sql: evaluating('misnamed($text)') },
  { name: 'function with causes', sql: evaluating('chained($text)') },
  { name: 'function in an index', sql: ({ name, text }) => `CREATE INDEX by_boom ON ${name} (boom(${text}));` },
  {
    name: 'function in a trigger',
    sql: ({ name, text }) =>
      `CREATE TRIGGER guards BEFORE UPDATE ON ${name} BEGIN SELECT boom(OLD.${text}); END; UPDATE ${name} SET ${text} = 'x';`,
  },
  { name: 'unreadable json', sql: computing("json_extract($json, '$.a')") },
  { name: 'unreadable path', sql: computing("json_extract('{}', path)") },
  { name: 'unreadable function', sql: computing('misnamed($text)') },
  { name: 'unreadable number', sql: computing('abs($number)') },
  { name: 'unreadable and required', sql: computing("json_extract('{}', path)", 'NOT NULL') },
  {
    name: 'unreadable and then copied',
    sql: (t) => `${computing("json_extract('{}', path)")(t)} CREATE TABLE copied AS SELECT * FROM ${t.name};`,
  },
  { name: 'stored', sql: (t) => rebuild(t, `id, path, derived AS (json_extract('{}', path)) STORED`, 'id, path') },
  { name: 'cascade', sql: (t) => rebuild(t, 'id PRIMARY KEY, title TEXT', 'id, title') },
  { name: 'delete', sql: ({ name }) => `DELETE FROM ${name};` },
  { name: 'drop', sql: ({ name }) => `DROP TABLE ${name};` },
  { name: 'drop and create', sql: ({ name, sql }) => `DROP TABLE ${name}; ${sql}` },
  {
    name: 'narrowed',
    sql: (t) => rebuild(t, 'id, title', 'id, title', '').replace(/FROM (\w+);/, "FROM $1 WHERE title LIKE '%twice';"),
  },
  { name: 'swapped', sql: (t) => rebuild(t, 'id PRIMARY KEY, title, path', 'id, path, title') },
  {
    name: 'left out',
    sql: (t) =>
      `CREATE TABLE renewed (id PRIMARY KEY, title, path); INSERT INTO renewed (id, title) SELECT id, title FROM ${t.name}; DROP TABLE ${t.name}; ALTER TABLE renewed RENAME TO ${t.name};`,
  },
  {
    name: 'coerced',
    sql: (t) =>
      rebuild(t, `id PRIMARY KEY, ${t.number} TEXT, ${t.text} INTEGER`, `id, CAST(${t.number} AS INTEGER), ${t.text}`),
  },
  { name: 'key invented', sql: (t) => rebuild(t, `${t.number} INTEGER PRIMARY KEY, title`, `NULL, title`) },
  {
    name: 'doubled',
    sql: ({ name }) =>
      `CREATE TABLE renewed (id, title);
       INSERT INTO renewed SELECT id, title FROM ${name} JOIN (SELECT 1 UNION ALL SELECT 2);
       DROP TABLE ${name}; ALTER TABLE renewed RENAME TO ${name};`,
  },
  {
    name: 'set by a trigger',
    sql: ({ name }) =>
      `CREATE TRIGGER notes_it AFTER UPDATE OF path ON ${name} BEGIN UPDATE ${name} SET title = OLD.title || OLD.id; END; UPDATE ${name} SET path = 'x';`,
  },
  { name: 'orphans', sql: () => '-- rowproof: foreign_keys=off\nDELETE FROM people;' },
  { name: 'orphans at commit', sql: () => 'PRAGMA defer_foreign_keys = ON; DELETE FROM people;' },
  {
    name: 'key declared',
    sql: (t) => `-- rowproof: foreign_keys=off\n${rebuild(t, 'id, title REFERENCES people (id)', 'id, title')}`,
  },
  {
    name: 'key without a parent key',
    sql: (t) => `-- rowproof: foreign_keys=off\n${rebuild(t, 'id, title REFERENCES people (path)', 'id, title')}`,
  },
  {
    name: 'checks off',
    sql: ({ name }) => `PRAGMA ignore_check_constraints = ON; UPDATE ${name} SET title = '' WHERE title IS NOT NULL;`,
  },
  {
    name: 'sequence',
    sql: (t) =>
      rebuild(t, 'id INTEGER PRIMARY KEY AUTOINCREMENT, title', 'CAST(id AS INTEGER), title').replace(
        /FROM (\w+);/,
        'FROM $1 LIMIT 1;',
      ),
  },
  {
    name: 'invariant',
    sql: ({ name }) => `UPDATE ${name} SET title = title || '!';`,
    invariant: ({ name }) => `SELECT id, title, raw, amount FROM ${name} WHERE title LIKE '%!'`,
  },
  {
    name: 'invariant that stumbles',
    sql: () => 'CREATE TABLE more (x);',
    invariant: ({ name }) => `SELECT json_extract('{}', path) FROM ${name}`,
  },
  {
    name: 'invariant that calls',
    sql: () => 'CREATE TABLE more (x);',
    invariant: ({ name }) => `SELECT misnamed(title) FROM ${name}`,
  },
  {
    name: 'half done',
    transaction: 'none',
    sql: ({ name, text }) =>
      `UPDATE ${name} SET path = path || 'x'; CREATE UNIQUE INDEX once ON ${name} (length(${text}) > 0);`,
  },
  {
    name: 'own transaction',
    sql: ({ name, text }) =>
      `BEGIN; UPDATE ${name} SET path = path || 'x'; COMMIT; BEGIN; CREATE UNIQUE INDEX once ON ${name} (length(${text}) > 0); COMMIT;`,
  },
  {
    name: 'assumption',
    sql: ({ name }) =>
      `-- rowproof: assume ${name}.title is unique -- the form sees to it\n-- rowproof: assume ${name}.data is valid json -- so they say\nCREATE TABLE more (x);`,
  },
  {
    name: 'view broken',
    sql: () =>
      'ALTER TABLE people RENAME COLUMN title TO heading; DROP VIEW IF EXISTS seen; CREATE VIEW seen AS SELECT nothing FROM people;',
  },
];
