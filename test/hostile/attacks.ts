import type { Connection } from '../../src/model/connection.ts';
import type { MarkedTable } from './leaking.ts';

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
