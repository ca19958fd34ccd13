/** The marker that stands in every value of production, and nowhere else. */
export const marker = 'Zq7Marker';

/** The digits of every number. */
export const digits = '731005';

/** The forms in which a value can come out: unchanged, in another case, in hex, in base 64, as a number. */
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
