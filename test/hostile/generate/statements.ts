import type { Random } from '../random.ts';
import { nameOf, quoted } from './names.ts';
import { expressionOf, literalOf } from './values.ts';

/** The tables that a generated history knows, so that most of its statements concern existing objects. */
export interface Model {
  readonly tables: Table[];
  /** Numbers the objects that are made. */
  count: number;
}

interface Table {
  readonly name: string;
  /** Quoted. */
  readonly columns: string[];
}

/** A model of nothing. */
export function emptyModel(): Model {
  return { tables: [], count: 0 };
}

const types = [
  '',
  'INTEGER',
  'TEXT',
  'REAL',
  'BLOB',
  'NUMERIC',
  'ANY',
  'VARCHAR(20)',
  'DATETIME',
  'BOOLEAN',
  'DECIMAL(10,2)',
  'JSON',
  'INT',
] as const;

type Producer = (random: Random, model: Model) => string;

/** One statement without its semicolon, by the weights of `producers`. */
export function statementOf(random: Random, model: Model): string {
  return model.tables.length === 0 ? createTable(random, model) : random.weighted(producers)(random, model);
}

function tableOf(random: Random, { tables }: Model): Table {
  const [first = { name: '"gone"', columns: ['x'] }, ...others] = tables;
  return random.chance(0.02) ? { name: '"gone"', columns: ['x'] } : random.pick([first, ...others]);
}

function columnOf(random: Random, { columns }: Table): string {
  const [first = 'x', ...others] = columns;
  return random.chance(0.02) ? '"no such"' : random.pick([first, ...others]);
}

function newName(random: Random, model: Model): string {
  model.count += 1;
  const name = nameOf(random);
  return quoted(random, random.chance(0.8) ? `${name}${model.count}` : name);
}

function columnsOf(random: Random, most = 6): string[] {
  return [
    ...new Set(
      random.times(1, most, (i) => quoted(random, random.chance(0.8) ? `${nameOf(random)}_${i}` : nameOf(random))),
    ),
  ];
}

function createTable(random: Random, model: Model): string {
  const name = newName(random, model);
  const columns = columnsOf(random, random.chance(0.01) ? 400 : 6);
  const strict = random.chance(0.1);
  const parent = model.tables.length > 0 && random.chance(0.4) ? tableOf(random, model) : null;
  const definitions = columns.map((column, i) => {
    const type = strict ? random.pick(['INTEGER', 'TEXT', 'REAL', 'BLOB', 'ANY'] as const) : random.pick(types);
    return [column, type, ...constraintsOf(random, columns.slice(0, i + 1), parent, i === 0)].join(' ');
  });
  const [first = 'x'] = columns;
  if (random.chance(0.1)) definitions.push(`UNIQUE (${random.shuffled(columns).slice(0, 2).join(', ')})`);
  if (random.chance(0.1)) definitions.push(`CHECK (${expressionOf(random, columns)})`);
  if (parent !== null && random.chance(0.3)) {
    definitions.push(
      `FOREIGN KEY (${first}) REFERENCES ${parent.name}${random.chance(0.5) ? `(${columnOf(random, parent)})` : ''} ${actionOf(random)}`,
    );
  }
  const options = [strict ? 'STRICT' : '', random.chance(0.08) ? 'WITHOUT ROWID' : ''].filter(
    (option) => option !== '',
  );
  model.tables.push({ name, columns });
  return `CREATE TABLE ${random.chance(0.1) ? 'IF NOT EXISTS ' : ''}${name} (${definitions.join(', ')}) ${options.join(', ')}`;
}

function constraintsOf(random: Random, columns: readonly string[], parent: Table | null, isFirst: boolean): string[] {
  const found: string[] = [];
  if (isFirst && random.chance(0.6))
    found.push(random.pick(['PRIMARY KEY', 'PRIMARY KEY AUTOINCREMENT', 'PRIMARY KEY DESC'] as const));
  if (random.chance(0.2)) found.push('NOT NULL');
  if (random.chance(0.1))
    found.push(random.pick(['UNIQUE', 'UNIQUE ON CONFLICT REPLACE', 'UNIQUE ON CONFLICT IGNORE'] as const));
  if (random.chance(0.15))
    found.push(
      `DEFAULT ${random.chance(0.7) ? literalOf(random).replace(/^.*\(.*$/, '(1)') : `(${expressionOf(random, [])})`}`,
    );
  if (random.chance(0.08)) found.push(`CHECK (${expressionOf(random, columns)})`);
  if (random.chance(0.08)) found.push(`COLLATE ${random.pick(['NOCASE', 'RTRIM', 'BINARY', 'nobody'] as const)}`);
  if (random.chance(0.06))
    found.push(
      `GENERATED ALWAYS AS (${expressionOf(random, columns.slice(0, -1))}) ${random.pick(['VIRTUAL', 'STORED', ''] as const)}`,
    );
  if (parent !== null && random.chance(0.3)) found.push(`REFERENCES ${parent.name} ${actionOf(random)}`);
  return found;
}

function actionOf(random: Random): string {
  return random.pick([
    '',
    '',
    'ON DELETE CASCADE',
    'ON DELETE SET NULL',
    'ON DELETE SET DEFAULT',
    'ON UPDATE CASCADE',
    'DEFERRABLE INITIALLY DEFERRED',
    'ON DELETE RESTRICT',
  ] as const);
}

const addColumn: Producer = (random, model) => {
  const table = tableOf(random, model);
  model.count += 1;
  const column = quoted(random, `${nameOf(random)}_${model.count}`);
  const type = random.pick(types);
  const generated = random.chance(0.2);
  const rest = generated
    ? `GENERATED ALWAYS AS (${expressionOf(random, table.columns)}) ${random.pick(['VIRTUAL', 'VIRTUAL', 'STORED'] as const)}`
    : constraintsOf(random, [...table.columns, column], random.chance(0.3) ? tableOf(random, model) : null, false).join(
        ' ',
      );
  table.columns.push(column);
  return `ALTER TABLE ${table.name} ADD COLUMN ${column} ${type} ${rest}`;
};

const insert: Producer = (random, model) => {
  const table = tableOf(random, model);
  const columns = random.shuffled(table.columns).slice(0, random.int(1, 8));
  const verb = random.pick(['INSERT', 'INSERT', 'INSERT OR IGNORE', 'INSERT OR REPLACE', 'REPLACE'] as const);
  const rows = random.times(
    1,
    3,
    () => `(${columns.map(() => (random.chance(0.8) ? literalOf(random) : expressionOf(random, [], 2))).join(', ')})`,
  );
  const tail = random.pick(['', '', '', ' ON CONFLICT DO NOTHING', ' RETURNING *', ' RETURNING rowid, *'] as const);
  return `${verb} INTO ${table.name} (${columns.join(', ')}) VALUES ${rows.join(', ')}${tail}`;
};

const select = (random: Random, table: Table): string => {
  const columns = random.times(1, 4, () => expressionOf(random, table.columns, 2));
  const where = random.chance(0.5) ? ` WHERE ${expressionOf(random, table.columns, 2)}` : '';
  const tail = random.pick([
    '',
    '',
    ' ORDER BY 1',
    ' LIMIT 3',
    ' GROUP BY 1',
    ' LIMIT 2 OFFSET 1',
    ' GROUP BY 1 HAVING count(*) > 1',
  ] as const);
  return `SELECT ${random.chance(0.1) ? 'DISTINCT ' : ''}${columns.join(', ')} FROM ${table.name}${where}${tail}`;
};

const producers: readonly (readonly [number, Producer])[] = [
  [14, createTable],
  [14, addColumn],
  [12, insert],
  [
    8,
    (random, model) => {
      const table = tableOf(random, model);
      const where = random.chance(0.5) ? ` WHERE ${expressionOf(random, table.columns)}` : '';
      return `UPDATE ${random.chance(0.1) ? 'OR IGNORE ' : ''}${table.name} SET ${columnOf(random, table)} = ${expressionOf(random, table.columns)}${where}`;
    },
  ],
  [
    4,
    (random, model) => {
      const table = tableOf(random, model);
      return `DELETE FROM ${table.name}${random.chance(0.7) ? ` WHERE ${expressionOf(random, table.columns)}` : ''}`;
    },
  ],
  [
    8,
    (random, model) => {
      const table = tableOf(random, model);
      const on = random.times(1, 3, () =>
        random.chance(0.7) ? columnOf(random, table) : `(${expressionOf(random, table.columns)})`,
      );
      const where = random.chance(0.3) ? ` WHERE ${expressionOf(random, table.columns, 2)}` : '';
      return `CREATE ${random.chance(0.4) ? 'UNIQUE ' : ''}INDEX ${newName(random, model)} ON ${table.name} (${on.join(', ')})${where}`;
    },
  ],
  [
    5,
    (random, model) => {
      const table = tableOf(random, model);
      const name = newName(random, model);
      const text = `CREATE ${random.chance(0.1) ? 'TEMP ' : ''}VIEW ${name} AS ${select(random, table)}`;
      if (random.chance(0.3)) model.tables.push({ name, columns: ['1'] });
      return text;
    },
  ],
  [5, trigger],
  [4, rebuild],
  [
    3,
    (random, model) => {
      const table = tableOf(random, model);
      return `ALTER TABLE ${table.name} DROP COLUMN ${columnOf(random, table)}`;
    },
  ],
  [
    3,
    (random, model) => {
      const table = tableOf(random, model);
      const [i, to] = [random.int(0, table.columns.length - 1), newName(random, model)];
      const from = table.columns[i] ?? 'x';
      table.columns[i] = to;
      return `ALTER TABLE ${table.name} RENAME COLUMN ${from} TO ${to}`;
    },
  ],
  [
    2,
    (random, model) => {
      const i = random.int(0, model.tables.length - 1);
      const [table, name] = [model.tables[i], newName(random, model)];
      if (table === undefined) return 'SELECT 1';
      model.tables[i] = { ...table, name };
      return `ALTER TABLE ${table.name} RENAME TO ${name}`;
    },
  ],
  [
    3,
    (random, model) => {
      const i = random.int(0, model.tables.length - 1);
      const [table] = model.tables.splice(i, 1);
      return `DROP TABLE ${random.chance(0.5) ? 'IF EXISTS ' : ''}${table?.name ?? 'x'}`;
    },
  ],
  [3, virtualTable],
  [2, (random, model) => select(random, tableOf(random, model))],
  [2, (random, model) => `CREATE TABLE ${newName(random, model)} AS ${select(random, tableOf(random, model))}`],
  [
    2,
    (random, model) => {
      const table = tableOf(random, model);
      return `INSERT INTO ${table.name} (${columnOf(random, table)}) ${select(random, tableOf(random, model))}`;
    },
  ],
  [
    2,
    (random, model) => {
      const table = tableOf(random, model);
      const n = random.int(1, 20);
      return `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${n}) INSERT INTO ${table.name} (${columnOf(random, table)}) SELECT i FROM n`;
    },
  ],
  [1, (random, model) => `EXPLAIN ${random.chance(0.5) ? 'QUERY PLAN ' : ''}${select(random, tableOf(random, model))}`],
  [
    1,
    (random) =>
      random.pick([
        'ANALYZE',
        'REINDEX',
        'VACUUM',
        'PRAGMA optimize',
        'SELECT 1',
        'VALUES (1), (2)',
        'SELECT * FROM pragma_table_list',
        'SELECT * FROM sqlite_schema',
        'SELECT total_changes(), changes(), last_insert_rowid()',
        'SELECT * FROM dbstat',
        "SELECT load_extension('x')",
        'SELECT nobody(1)',
        "SELECT readfile('victim.db')",
        "SELECT writefile('x', 'y')",
      ] as const),
  ],
  [
    1,
    (random) =>
      random.pick([
        'BEGIN',
        'BEGIN IMMEDIATE',
        'BEGIN EXCLUSIVE',
        'COMMIT',
        'END',
        'ROLLBACK',
        'SAVEPOINT s',
        'RELEASE s',
        'ROLLBACK TO s',
        'RELEASE nobody',
      ] as const),
  ],
  [1, (random, model) => `INSERT INTO ${tableOf(random, model).name} DEFAULT VALUES`],
  [
    1,
    (random, model) =>
      `INSERT INTO ${tableOf(random, model).name} VALUES (${random.pick(['?', '?1', ':a', '@a', '$a', '$a(b)', '#1', '$a::b(c)'] as const)})`,
  ],
  [
    1,
    (random) =>
      random.pick([
        "UPDATE sqlite_schema SET sql = 'x'",
        'DELETE FROM sqlite_schema',
        'DELETE FROM sqlite_sequence',
        'UPDATE sqlite_sequence SET seq = 9223372036854775807',
        "INSERT INTO sqlite_sequence VALUES ('users', 'x')",
        'DROP TABLE sqlite_sequence',
        'CREATE TABLE sqlite_stat9 (a)',
        'DELETE FROM sqlite_stat1',
      ] as const),
  ],
];

function trigger(random: Random, model: Model): string {
  const [on, other] = [tableOf(random, model), tableOf(random, model)];
  const event = random.pick(['INSERT', 'UPDATE', 'DELETE', `UPDATE OF ${columnOf(random, on)}`] as const);
  const body = random.times(1, 3, () =>
    random.pick([
      `UPDATE ${other.name} SET ${columnOf(random, other)} = CASE WHEN ${expressionOf(random, [], 1)} THEN 1 ELSE 2 END;`,
      `INSERT INTO ${other.name} (${columnOf(random, other)}) VALUES (${event === 'DELETE' ? 'old' : 'new'}.${columnOf(random, on)});`,
      `DELETE FROM ${other.name} WHERE ${expressionOf(random, other.columns, 1)};`,
      `SELECT RAISE(${random.pick(['ABORT', 'FAIL', 'ROLLBACK'] as const)}, 'it''s; END;') WHERE ${expressionOf(random, [], 1)};`,
      `SELECT RAISE(IGNORE) WHERE ${expressionOf(random, [], 1)};`,
      'SELECT CASE WHEN 1 THEN 2 END;',
    ]),
  );
  const when = random.chance(0.3) ? ` WHEN ${expressionOf(random, [], 2)}` : '';
  return `CREATE ${random.chance(0.05) ? 'TEMP ' : ''}TRIGGER ${newName(random, model)} ${random.pick(['BEFORE', 'AFTER', ''] as const)} ${event} ON ${on.name}${random.chance(0.3) ? ' FOR EACH ROW' : ''}${when} BEGIN ${body.join(' ')} END`;
}

function rebuild(random: Random, model: Model): string {
  const table = tableOf(random, model);
  const name = newName(random, model);
  const kept = random.chance(0.7) ? table.columns : table.columns.slice(1);
  const columns = kept.map((column) => `${column} ${random.pick(types)}${random.chance(0.2) ? ' NOT NULL' : ''}`);
  const copied = random.chance(0.8) ? kept.join(', ') : random.shuffled(kept).join(', ');
  return [
    `CREATE TABLE ${name} (${columns.join(', ')})`,
    `INSERT ${random.chance(0.1) ? 'OR IGNORE ' : ''}INTO ${name} (${kept.join(', ')}) SELECT ${copied} FROM ${table.name}`,
    `DROP TABLE ${table.name}`,
    `ALTER TABLE ${name} RENAME TO ${table.name}`,
  ].join(';\n');
}

function virtualTable(random: Random, model: Model): string {
  const name = newName(random, model);
  model.tables.push({ name, columns: random.chance(0.5) ? ['body'] : ['id', 'body'] });
  const content = tableOf(random, model);
  return `CREATE VIRTUAL TABLE ${name} USING ${random.pick([
    'fts5(body)',
    'fts5(id, body)',
    `fts5(body, content=${content.name})`,
    "fts5(body, tokenize='trigram')",
    "fts5(body, tokenize='nobody')",
    'fts4(body)',
    'rtree(id, body, max)',
    'geopoly(body)',
    'dbstat',
    'nobody(x)',
    "fts5(body, content='', contentless_delete=1)",
    'fts5vocab(x, row)',
  ] as const)}`;
}
