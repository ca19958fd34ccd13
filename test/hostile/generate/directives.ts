import type { Kind } from '../input.ts';
import type { Random } from '../random.ts';
import { unusual } from './characters.ts';
import { nameOf } from './names.ts';

const codes = [
  'rows-lost',
  'values-changed',
  'fails-on-rows',
  'index-dropped',
  'orphans-created',
  'nobody',
  'constructor',
  '__proto__',
  'toString',
] as const;

const bodyOf = (random: Random): string => {
  const table = random.chance(0.7) ? random.pick(['a', 'b', 'A', 'gone'] as const) : nameOf(random, 1);
  const column = random.chance(0.7) ? random.pick(['id', 'name', 'NAME', 'gone'] as const) : nameOf(random, 1);
  const reason = random.pick([
    ' -- because',
    ' -- because',
    ' -- because',
    '',
    ' --',
    ' -- ',
    ' -- \u001b[31m',
    ' -- a -- b',
  ] as const);
  return random.weighted<string>([
    [3, `allow ${random.pick(codes)} ${table}${reason}`],
    [3, `allow ${random.pick(codes)} ${table}.${column}${reason}`],
    [
      5,
      `assume ${table}.${column} ${random.pick(['is not null', 'is unique', 'is valid json', 'is integer', 'is positive', 'has parent', 'IS UNIQUE', ''] as const)}${reason}`,
    ],
    [
      3,
      `assume ${table}.${column} has parent ${random.pick(['b.id', 'a.id', 'gone.id', 'b', 'b.', '.id', 'b.gone'] as const)}${reason}`,
    ],
    [
      2,
      random.pick([
        'foreign_keys=off',
        'foreign_keys = off',
        'FOREIGN_KEYS=OFF',
        'foreign_keys=on',
        'foreign_keys=',
        'foreign_keys=off -- x',
      ] as const),
    ],
    [1, ''],
    [1, unusual(random)],
    [1, 'x'.repeat(random.int(1, 5000))],
    [1, `allow ${' '.repeat(random.int(1, 20000))}x`],
    [1, `assume ${'a.'.repeat(random.int(1, 3000))} is unique -- x`],
  ]);
};

/** Comments that say what a migration claims and assumes, most of them not quite. */
export const directives: Kind = {
  name: 'directives',
  tries: { worker: 600, command: 6 },
  generate: (random) => {
    const line = (): string =>
      `${random.pick(['-- rowproof: ', '-- rowproof: ', '-- rowproof: ', '--rowproof:', '  -- rowproof:  ', '-- Rowproof: ', '/* rowproof: */ -- rowproof: ', '-- rowproof : ', '\ufeff-- rowproof: '] as const)}${bodyOf(random)}${random.pick(['\n', '\n', '\n', '\r\n', '\r', ' \n', ''] as const)}`;
    const statements = random.pick([
      'DELETE FROM a;\n',
      'CREATE UNIQUE INDEX by_name ON a (name);\n',
      "UPDATE a SET name = json_extract(name, '$.x');\n",
      'CREATE TABLE c (id INTEGER PRIMARY KEY, name TEXT NOT NULL);\nINSERT INTO c SELECT id, name FROM a;\nDROP TABLE a;\nALTER TABLE c RENAME TO a;\n',
      'ALTER TABLE b ADD COLUMN a_id REFERENCES a(id);\n',
      'DROP TABLE a;\n',
      '',
    ] as const);
    const lines = random.times(1, 3, line).join('');
    const migration = random.chance(0.9) ? lines + statements : statements + lines;
    const config = random.chance(0.2)
      ? {
          'rowproof.config.mjs': `export default { directives: { ${JSON.stringify(random.pick(['2_b', '1_a', '2_b.sql', '__proto__', 'gone'] as const))}: [${JSON.stringify(bodyOf(random))}] } };`,
        }
      : {};
    return {
      files: {
        'm/1_a.sql': 'CREATE TABLE a (id INTEGER PRIMARY KEY, name TEXT);\nCREATE TABLE b (id INTEGER PRIMARY KEY);\n',
        'm/2_b.sql': migration,
        ...config,
      },
      args: ['check', 'm', '--rows', '3', ...(random.chance(0.3) ? ['--format', 'json'] : [])],
    };
  },
};
