import { type Damage, type Database, type Input, type Kind, secret } from '../input.ts';
import type { Random } from '../random.ts';
import { historyOf } from './histories.ts';
import { ledgerOf } from './ledger.ts';
import { nameOf, quoted } from './names.ts';
import { emptyModel, statementOf } from './statements.ts';
import { literalOf } from './values.ts';

const first = 'CREATE TABLE a (id INTEGER PRIMARY KEY, name TEXT, total REAL)';

const migrations = {
  'm/1_a.sql': `${first};\n`,
  'm/2_b.sql':
    'ALTER TABLE a ADD COLUMN later TEXT;\nUPDATE a SET later = upper(name);\nCREATE INDEX by_later ON a (later);\n',
} as const;

const rows = [
  `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60)
    INSERT INTO a SELECT i, '${secret}' || hex(zeroblob(i * 3)), i * 1.5 FROM n`,
  'CREATE TABLE b (a_id INTEGER REFERENCES a(id), body BLOB)',
  'CREATE INDEX by_body ON b (body)',
  `INSERT INTO b SELECT id, zeroblob(300) FROM a`,
  `INSERT INTO b VALUES (99, '${secret}')`,
];

function damageOf(random: Random): Damage {
  const at = random.int(0, 9999) / 10000;
  return random.weighted<Damage>([
    [3, { kind: 'cut', at }],
    [4, { kind: 'byte', at, value: random.int(0, 255) }],
    [4, { kind: 'header', offset: random.int(0, 100), value: random.int(0, 255) }],
    [
      2,
      {
        kind: 'header',
        offset: random.pick([16, 17, 18, 19, 20, 21, 22, 23, 28, 31, 43, 44, 47, 52, 56, 59, 92, 96] as const),
        value: random.pick([0, 1, 2, 3, 4, 5, 9, 127, 255] as const),
      },
    ],
    [
      2,
      {
        kind: 'fill',
        from: at,
        to: Math.min(1, at + random.int(1, 3000) / 10000),
        value: random.pick([0, 0xff, 0x41] as const),
      },
    ],
    [1, { kind: 'append', bytes: random.int(1, 5000) }],
  ]);
}

const commandsOn = (random: Random): Omit<Input, 'files'> =>
  random.weighted<Omit<Input, 'files'>>([
    [5, { args: ['gate', '--db', 'p.db', 'm', ...(random.chance(0.3) ? ['--format', 'json'] : [])] }],
    [3, { args: ['profile', '--db', 'p.db', 'm'] }],
    [1, { args: ['profile', '--db', 'p.db'] }],
    [2, { args: ['migrate', '--db', 'p.db', 'm'], migrates: 'p.db' }],
    [1, { args: ['migrate', '--db', 'p.db', 'm', '--dry-run'] }],
  ]);

/** Production files that are damaged, odd or of another kind. */
export const databases: Kind = {
  name: 'databases',
  tries: { worker: 1000, command: 20 },
  generate: (random) => {
    const content = random.weighted<Database | Uint8Array | string>([
      [10, { ...whole(random), damage: random.times(1, 3, () => damageOf(random)) }],
      [3, whole(random)],
      [
        3,
        {
          ...whole(random),
          beside: {
            ending: random.pick(['-wal', '-journal', '-shm'] as const),
            content: random.pick(['own', 'foreign', 'garbage', 'empty'] as const),
          },
        },
      ],
      [1, Uint8Array.from(random.times(0, 3000, () => random.int(0, 255)))],
      [1, ''],
      [1, 'SQLite format 3\u0000'],
      [1, `SQLite format 3\u0000${'\u0001'.repeat(random.int(1, 2000))}`],
      [1, 'CREATE TABLE a (b);'],
    ]);
    return { files: { ...migrations, 'p.db': content }, secrets: true, ...commandsOn(random) };
  },
};

function whole(random: Random): Database {
  const model = emptyModel();
  const more = random.chance(0.4) ? random.times(1, 8, () => statementOf(random, model)) : [];
  const before = random.weighted<string[]>([
    [6, []],
    [1, ["PRAGMA encoding = 'UTF-16le'"]],
    [1, ["PRAGMA encoding = 'UTF-16be'"]],
    [1, ['PRAGMA page_size = 512']],
    [1, ['PRAGMA page_size = 65536']],
    [1, ['PRAGMA auto_vacuum = FULL']],
    [1, ['PRAGMA auto_vacuum = INCREMENTAL']],
    [1, ['PRAGMA application_id = -1', 'PRAGMA user_version = 2147483647']],
  ]);
  return {
    kind: 'database',
    sql: [...before, first, ...rows, ...more, ...ledgerOf([1])],
    ...(random.chance(0.4) ? { journal: 'wal' as const } : {}),
  };
}

const ledgers_: readonly [string, ...string[]] = [
  'CREATE TABLE _migrations (version INTEGER PRIMARY KEY, applied_at TEXT NOT NULL, name TEXT, hash TEXT)',
  'CREATE TABLE _migrations (version INTEGER PRIMARY KEY, applied_at TEXT NOT NULL)',
  'CREATE TABLE _migrations (version, applied_at, name, hash)',
  'CREATE TABLE _migrations (version TEXT PRIMARY KEY, applied_at)',
  'CREATE TABLE _migrations (id INTEGER PRIMARY KEY, name TEXT UNIQUE)',
  'CREATE TABLE "_MIGRATIONS" (Version INTEGER, applied_at TEXT)',
  "CREATE VIEW _migrations AS SELECT 1 AS version, 'x' AS applied_at, NULL AS name, NULL AS hash",
  'CREATE TABLE _migrations (version INTEGER PRIMARY KEY, applied_at TEXT NOT NULL, name TEXT, hash TEXT, must TEXT NOT NULL)',
  'CREATE TABLE _migrations (version INTEGER GENERATED ALWAYS AS (1), applied_at TEXT)',
  'CREATE TABLE _migrations (version REAL, applied_at TEXT, name BLOB, hash BLOB)',
  'CREATE TABLE _migrations (version INTEGER, applied_at TEXT, CHECK (version < 2))',
  'CREATE TABLE _migrations (version INTEGER PRIMARY KEY, applied_at TEXT, name TEXT, hash TEXT) WITHOUT ROWID',
  'CREATE VIRTUAL TABLE _migrations USING fts5(version, applied_at)',
  "CREATE TABLE _migrations (version INTEGER PRIMARY KEY, applied_at TEXT, x AS (json_extract(applied_at, '$.a')))",
  'CREATE TABLE __drizzle_migrations (id INTEGER PRIMARY KEY, hash TEXT, created_at INTEGER)',
  'CREATE TABLE schema_migrations (version TEXT)',
  'CREATE TABLE d1_migrations (id, name, applied_at)',
  'CREATE TABLE "_migrations " (version INTEGER)',
];

/** Databases whose ledger is of another make, or says what cannot be. */
export const ledgers: Kind = {
  name: 'ledgers',
  tries: { worker: 500, command: 6 },
  generate: (random) => {
    const entry = (): string => {
      const version = random.weighted<string>([
        [5, '1'],
        [2, '2'],
        [1, '3'],
        [1, '0'],
        [1, '-1'],
        [4, literalOf(random)],
      ]);
      const rest = random.chance(0.5)
        ? [`'${secret}'`]
        : [literalOf(random), literalOf(random), random.chance(0.2) ? `'${'0'.repeat(64)}'` : 'NULL'];
      return `INSERT INTO _migrations VALUES (${[version, ...rest].join(', ')})`;
    };
    const wounds = random.weighted<string[]>([
      [6, []],
      [1, ["CREATE TRIGGER guards BEFORE INSERT ON _migrations BEGIN SELECT RAISE(ABORT, 'no'); END"]],
      [1, ['CREATE TRIGGER deletes AFTER INSERT ON _migrations BEGIN DELETE FROM _migrations; END']],
      [1, ['CREATE UNIQUE INDEX one ON _migrations (applied_at)']],
      [1, ['CREATE TRIGGER fills AFTER INSERT ON _migrations BEGIN INSERT INTO a VALUES (NULL, 1, 1); END']],
    ]);
    const reach = random.weighted<string[]>([
      [6, []],
      [2, ['--at', random.pick(['0', '1', '2', '3'] as const)]],
      [1, ['--at', '9007199254740991']],
    ]);
    const { args, ...rest } = commandsOn(random);
    return {
      files: {
        ...migrations,
        'p.db': {
          kind: 'database',
          sql: [random.pick(ledgers_), ...random.times(0, 4, entry), ...(random.chance(0.8) ? [first] : []), ...wounds],
        },
      },
      args: [...args, ...(args[0] === 'profile' ? [] : reach)],
      secrets: true,
      ...rest,
    };
  },
};

/** The start of version 0. */
export const bases: Kind = {
  name: 'bases',
  tries: { worker: 500, command: 6 },
  generate: (random) => {
    const { files, model } = historyOf(random, 2);
    const [name, content] = random.weighted<readonly [string, Input['files'][string]]>([
      [
        4,
        [
          'base.sql',
          `${random.times(1, 4, () => statementOf(random, model)).join(random.pick([';\n', ';', ';;'] as const))}${random.chance(0.5) ? ';' : ''}`,
        ],
      ],
      [2, ['base.db', whole(random)]],
      [3, ['base.db', { ...whole(random), damage: random.times(1, 2, () => damageOf(random)) }]],
      [
        1,
        [
          'base.db',
          {
            ...whole(random),
            beside: {
              ending: random.pick(['-wal', '-journal', '-shm'] as const),
              content: random.pick(['own', 'foreign', 'garbage', 'empty'] as const),
            },
          },
        ],
      ],
      [1, ['base.db', '']],
      [1, ['base.db', { kind: 'folder' }]],
      [1, ['base.db', { kind: 'link', to: random.pick(['gone', 'base.db', 'm', 'm/0001_step.sql'] as const) }]],
      [1, ['base.SQL', 'SELECT 1']],
      [1, ['base.sql', '-- nothing']],
      [1, ['base.sql', `CREATE TABLE ${quoted(random, nameOf(random, 1))} (a)`]],
    ]);
    const command = random.weighted<string[]>([
      [5, ['check', 'm', '--rows', '3', '--base', name]],
      [1, ['seed', '-o', 'made.db', 'm', '--rows', '3', '--base', name]],
    ]);
    return { files: { ...files, [name]: content }, args: command, outputs: ['made.db'] };
  },
};
