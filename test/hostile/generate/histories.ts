import { type Database, type Input, type Kind, secret } from '../input.ts';
import type { Random } from '../random.ts';
import { unusual } from './characters.ts';
import { ledgerOf } from './ledger.ts';
import { emptyModel, type Model, statementOf } from './statements.ts';
import { literalOf } from './values.ts';

/** A folder of numbered migrations, one or more statements each, with what their tables are. */
export interface History {
  readonly files: Readonly<Record<string, string>>;
  readonly model: Model;
}

/** Makes a history of `most` files at most below `m/`. */
export function historyOf(random: Random, most = 4): History {
  const model = emptyModel();
  const files = random.times(1, most, (i) => {
    const statements = random.times(1, i === 0 ? 5 : 3, () => statementOf(random, model));
    if (i === 0)
      statements.push('CREATE TABLE IF NOT EXISTS rows_of_all (id INTEGER PRIMARY KEY, name TEXT, total REAL)');
    const text = `${statements.join(';\n')}${random.chance(0.9) ? ';' : ''}\n`;
    return [`m/000${i + 1}_step.sql`, text] as const;
  });
  return { files: Object.fromEntries(files), model };
}

/** The flags that say how production runs its migrations, some of them. */
export function settingsOf(random: Random): string[] {
  return [
    ...(random.chance(0.3) ? ['--foreign-keys', random.pick(['on', 'off'] as const)] : []),
    ...(random.chance(0.3) ? ['--transaction', random.pick(['per-migration', 'all-pending', 'none'] as const)] : []),
    ...(random.chance(0.15) ? ['--engine', random.pick(['node', 'better-sqlite3'] as const)] : []),
    ...(random.chance(0.1) ? ['--double-quoted-strings', random.pick(['on', 'off'] as const)] : []),
  ];
}

/** The flags for its report. */
export function formatOf(random: Random): string[] {
  return random.chance(0.5) ? ['--format', 'json'] : [];
}

/** Rows few enough that an input takes milliseconds. */
const few = ['--rows', '4'];

export const migrations: Kind = {
  name: 'migrations',
  tries: { worker: 2600, command: 15 },
  generate: (random) => ({
    files: historyOf(random).files,
    args: [
      'check',
      'm',
      ...few,
      ...settingsOf(random),
      ...formatOf(random),
      ...(random.chance(0.1) ? ['--interrupt'] : []),
    ],
  }),
};

/** Histories whose text was changed in places, as editors, merges and enemies change it. */
export const texts: Kind = {
  name: 'texts',
  tries: { worker: 1500, command: 8 },
  generate: (random) => {
    const { files } = historyOf(random, 2);
    const changed = Object.entries(files).map(([name, text]) => [name, mutated(random, text)] as const);
    return {
      files: Object.fromEntries(changed),
      args: ['check', 'm', ...few, ...settingsOf(random), ...formatOf(random)],
    };
  },
};

function mutated(random: Random, text: string): string {
  let result = text;
  for (const change of random.times(1, 4, () => random.weighted(mutations))) result = change(random, result);
  return result;
}

type Mutation = (random: Random, text: string) => string;

/** Between two tokens, mostly. */
const insert = (random: Random, text: string, what: string): string => {
  const places = [...text.matchAll(/[\s;(),]/g)].map(({ index }) => index);
  const at =
    random.chance(0.8) && places.length > 0
      ? (places[random.int(0, places.length - 1)] ?? 0)
      : random.int(0, text.length);
  return text.slice(0, at) + what + text.slice(at);
};

const mutations: readonly (readonly [number, Mutation])[] = [
  [6, (random, text) => insert(random, text, unusual(random))],
  [
    2,
    (random, text) =>
      insert(
        random,
        text,
        random.pick(['/* a ; b */', '-- a ; b\n', '/* -- */', '-- /*\n', '/*', '--', '/**/;', '/* \u0000 */'] as const),
      ),
  ],
  [2, (random, text) => insert(random, text, random.pick([';;;', ';', '\n;\n;\n', '\u000b;', '\f'] as const))],
  [2, (random, text) => insert(random, text, random.pick(["'", '"', '`', '[', "''", "x'"] as const))],
  [
    2,
    (random, text) =>
      insert(
        random,
        text,
        random.pick([
          ' $a(b;c) ',
          ' @a ',
          ' #a ',
          ' ?1 ',
          ' :a ',
          ' $a::b ',
          ' ?999999 ',
          ' $1 ',
          ' @ ',
          ' $ ',
          ' \\ ',
          ' ! ',
          ' 0x ',
          ' 1e ',
          ' 1_000 ',
          " x'0' ",
        ] as const),
      ),
  ],
  [1, (_random, text) => `\ufeff${text}`],
  [1, (_random, text) => text.replaceAll('\n', '\r\n')],
  [1, (_random, text) => text.replaceAll('\n', '\r')],
  [1, (random, text) => text.slice(0, random.int(0, text.length))],
  [1, (random, text) => text.slice(random.int(0, text.length))],
  [
    1,
    (random, text) =>
      text.replace(/\b(?:END|BEGIN|CREATE|AS|ON|VALUES)\b/, () =>
        random.pick(['', 'END', 'BEGIN', 'CASE', 'EXPLAIN', ';'] as const),
      ),
  ],
  [1, (_random, text) => `EXPLAIN ${text}`],
  [1, (random, text) => text + '\n'.repeat(random.int(1, 50)) + text],
  [1, (random, text) => `${text}SELECT ${'('.repeat(random.int(10, 1200))}1${')'.repeat(random.int(10, 1200))};`],
  [1, (random, text) => `${text}SELECT 1${' UNION ALL SELECT 1'.repeat(random.int(1, 700))};`],
  [
    1,
    (random, text) =>
      `${text}CREATE TABLE wide (${Array.from({ length: random.int(500, 2100) }, (_, i) => `c${i}`).join(', ')});`,
  ],
  [
    1,
    (random, text) =>
      `${text}SELECT ${Array.from({ length: random.int(100, 300) }, () => '1').join(random.pick(['+', ',', ' AND ', '||'] as const))};`,
  ],
  [1, (random, text) => `${text}CREATE TABLE "${'x'.repeat(random.int(1000, 30000))}" (a);`],
];

/** Every setting together with histories that mind them. */
export const settings: Kind = {
  name: 'settings',
  tries: { worker: 500, command: 6 },
  generate: (random) => {
    const config = {
      foreignKeys: random.chance(0.5),
      transaction: random.pick(['per-migration', 'all-pending', 'none'] as const),
      ...(random.chance(0.3) ? { engine: random.pick(['node', 'better-sqlite3'] as const) } : {}),
      ...(random.chance(0.3) ? { doubleQuotedStrings: random.chance(0.5) } : {}),
      recursiveTriggers: random.chance(0.5),
      legacyAlterTable: random.chance(0.5),
      interrupt: random.chance(0.3),
      maxDeleted: random.int(0, 100),
      rows: random.int(1, 8),
      seed: random.int(0, 2 ** 32 - 1),
      failOn: random.pick(['error', 'warning', 'never'] as const),
    };
    const text = `export default ${JSON.stringify(config)};\n`;
    return {
      files: { ...historyOf(random).files, 'rowproof.config.mjs': text },
      args: ['check', 'm', ...formatOf(random)],
    };
  },
};

/** A production database with rows that nobody may see, some files behind. */
function production(random: Random, { files, model }: History): Database {
  const texts = Object.values(files);
  const applied = random.int(0, texts.length - 1);
  const shown = model.tables.flatMap(({ name, columns }) =>
    random.times(1, 4, (i) => {
      const values = columns.map((_, place) =>
        place === 0 && random.chance(0.5)
          ? String(i + 1)
          : random.chance(0.5)
            ? `'${secretText(random)}'`
            : literalOf(random),
      );
      return `INSERT OR IGNORE INTO ${name} (${columns.join(', ')}) VALUES (${values.join(', ')})`;
    }),
  );
  return {
    kind: 'database',
    sql: [
      ...texts.slice(0, applied),
      'PRAGMA foreign_keys = OFF',
      `INSERT INTO rows_of_all VALUES (1, '${secretText(random)}', '${secret}')`,
      ...shown,
      ...ledgerOf(texts.slice(0, applied).map((_, i) => i + 1)),
    ],
    ...(random.chance(0.3) ? { journal: 'wal' as const } : {}),
  };
}

/** A secret where a message would quote it: as a name, a path, a date, a piece of JSON. */
function secretText(random: Random): string {
  return random.pick([
    secret,
    `$.${secret}`,
    `no such function: ${secret}`,
    `{"${secret}":`,
    `UNIQUE constraint failed: ${secret}.x`,
    `2024-${secret}`,
    `${secret}\n${secret}`,
    `%s${secret}`,
    `"${secret}"`,
    `no such column: ${secret}`,
  ] as const);
}

/** Statements that stumble over what rows hold, and quote it where they can. */
const stumbling = [
  "UPDATE rows_of_all SET total = json_extract(name, '$.a')",
  'UPDATE rows_of_all SET total = json_extract(\'{"a":1}\', name)',
  "UPDATE rows_of_all SET name = json_set('{}', name, 1)",
  "ALTER TABLE rows_of_all ADD COLUMN made TEXT GENERATED ALWAYS AS (json_extract('{}', name)) VIRTUAL",
  "ALTER TABLE rows_of_all ADD COLUMN made TEXT GENERATED ALWAYS AS (json_extract(name, '$.a')) VIRTUAL",
  "CREATE INDEX rows_by_path ON rows_of_all (json_extract('{}', name))",
  'CREATE UNIQUE INDEX rows_by_total ON rows_of_all (typeof(total))',
  "CREATE TRIGGER shouts BEFORE UPDATE ON rows_of_all BEGIN SELECT RAISE(ABORT, 'no such function: x'); END; UPDATE rows_of_all SET total = 1",
  'CREATE TRIGGER shouts BEFORE UPDATE ON rows_of_all BEGIN SELECT RAISE(ABORT, old.name); END; UPDATE rows_of_all SET total = 1',
  'CREATE TABLE strict_rows (id INTEGER PRIMARY KEY, total INTEGER) STRICT; INSERT INTO strict_rows SELECT id, name FROM rows_of_all',
  "CREATE VIEW odd AS SELECT json_extract('{}', name) AS x FROM rows_of_all; CREATE TABLE from_odd AS SELECT * FROM odd",
  'SELECT json_each.value FROM rows_of_all, json_each(rows_of_all.name)',
  'CREATE TABLE copy_of_rows (id INTEGER PRIMARY KEY, name TEXT CHECK (length(name) < 3)); INSERT INTO copy_of_rows SELECT id, name FROM rows_of_all',
  'CREATE VIRTUAL TABLE found USING fts5(name); INSERT INTO found SELECT name FROM rows_of_all; SELECT * FROM found, rows_of_all WHERE found MATCH rows_of_all.name',
  'SELECT load_extension(name) FROM rows_of_all',
  'UPDATE rows_of_all SET total = abs(-9223372036854775808)',
  "UPDATE rows_of_all SET name = strftime(name, 'now')",
  'SELECT count(*) FROM rows_of_all WHERE name REGEXP name',
  'SELECT fts5(name) FROM rows_of_all',
  'DELETE FROM rows_of_all',
  'UPDATE rows_of_all SET name = upper(name), id = -id',
  'ALTER TABLE rows_of_all ADD COLUMN must TEXT NOT NULL',
  'SELECT zeroblob(name) FROM rows_of_all',
  "SELECT name LIKE 'x' ESCAPE name FROM rows_of_all",
] as const;

export const gates: Kind = {
  name: 'gates',
  tries: { worker: 700, command: 20 },
  generate: (random) => {
    const history = historyOf(random);
    const { files } = history;
    const last = Object.keys(files).at(-1) ?? '';
    const text = `${files[last] ?? ''}\n;${random.chance(0.7) ? `${random.pick(stumbling)};\n` : ''}`;
    const seeds = random.chance(0.15)
      ? {
          'seeds/invariants/0001_x.sql': random.pick([
            'SELECT name FROM rows_of_all',
            "SELECT json_extract('{}', name) FROM rows_of_all",
            'SELECT * FROM rows_of_all WHERE name MATCH 1',
          ] as const),
        }
      : {};
    return {
      files: { ...files, [last]: text, ...seeds, 'p.db': production(random, history) },
      args: [
        'gate',
        '--db',
        'p.db',
        'm',
        ...settingsOf(random),
        ...formatOf(random),
        ...(random.chance(0.1) ? ['--max-deleted', '10'] : []),
      ],
      secrets: true,
    };
  },
};

export const migrators: Kind = {
  name: 'migrators',
  tries: { worker: 600, command: 12 },
  generate: (random): Input => {
    const history = historyOf(random, 3);
    const { files } = history;
    const last = Object.keys(files).at(-1) ?? '';
    const text = `${files[last] ?? ''}\n;${random.chance(0.5) ? `${random.pick(stumbling)};\n` : ''}`;
    const made = random.chance(0.8);
    return {
      files: {
        ...files,
        [last]: random.chance(0.1) ? mutated(random, text) : text,
        ...(made ? { 'p.db': production(random, history) } : {}),
      },
      args: ['migrate', '--db', 'p.db', 'm', ...settingsOf(random), ...(random.chance(0.1) ? ['--dry-run'] : [])],
      migrates: 'p.db',
      secrets: true,
    };
  },
};
