import { type Kind, secret } from '../input.ts';
import { unusual } from './characters.ts';
import { ledgerOf } from './ledger.ts';
import { expressionOf } from './values.ts';

const table = 'CREATE TABLE a (id INTEGER PRIMARY KEY, name TEXT, total REAL);\n';

/** Queries of the rows that must not be, in check and in the gate. */
export const invariants: Kind = {
  name: 'invariants',
  tries: { worker: 500, command: 6 },
  generate: (random) => {
    const where = expressionOf(random, ['id', 'name', 'total']);
    const query = random.weighted<string>([
      [8, `SELECT * FROM a WHERE ${where}`],
      [2, `SELECT ${where} FROM a`],
      [1, 'SELECT 1'],
      [1, 'SELECT 1 FROM gone'],
      [1, 'VALUES (1)'],
      [1, 'WITH x AS (SELECT * FROM a) SELECT * FROM x'],
      [1, 'SELECT * FROM a UNION ALL SELECT * FROM a ORDER BY 1 LIMIT 2'],
      [1, 'SELECT * FROM a WHERE name = ?'],
      [1, 'SELECT * FROM a WHERE name = $a(;)'],
      [1, 'SELECT 1, 1, 1 AS x, 2 AS x FROM a'],
      [1, 'SELECT * FROM a, a AS b, a AS c'],
      [1, 'SELECT * FROM a) UNION SELECT * FROM (SELECT 1'],
      [1, "SELECT RAISE(ABORT, 'x') FROM a"],
      [1, 'DELETE FROM a RETURNING *'],
      [1, 'PRAGMA foreign_keys = OFF'],
      [1, "SELECT * FROM pragma_table_info('a')"],
      [1, "SELECT * FROM pragma_journal_mode('WAL')"],
      [1, 'EXPLAIN SELECT 1'],
      [1, 'SELECT nobody(name) FROM a'],
      [1, 'SELECT * FROM a -- no end'],
      [1, 'SELECT * FROM a /* no end'],
      [1, 'SELECT * FROM a; SELECT 1'],
      [1, ''],
      [1, `SELECT json_extract('{}', name), json_extract(name, '$.a') FROM a`],
      [
        1,
        `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${random.int(1, 1000)}) SELECT i FROM n`,
      ],
      [1, `SELECT ${Array.from({ length: random.int(1, 600) }, () => '1').join(', ')} FROM a`],
    ]);
    const text = random.chance(0.2) ? `${query.slice(0, 7)}${unusual(random)}${query.slice(7)}` : query;
    const head = random.pick([
      '',
      '',
      '',
      '-- rowproof: until=2\n',
      '-- rowproof: until=99999999999999999999\n',
      '-- rowproof: until=x\n',
    ] as const);
    const name = random.pick([
      '1_a.sql',
      '1_a.sql',
      '2_b.sql',
      '99_x.sql',
      '1.sql',
      '00000000000000000000001_a.sql',
      '99999999999999999999_a.sql',
      'a.sql',
      '1_\u001b[31m.sql',
      '1_a.SQL',
      '1_a\nb.sql',
    ] as const);
    const isGate = random.chance(0.4);
    return {
      files: {
        'm/1_a.sql': table,
        'm/2_b.sql': random.pick([
          'UPDATE a SET total = total + 1;',
          "INSERT INTO a (name) VALUES ('x');",
          'ALTER TABLE a RENAME COLUMN name TO title;',
          'DROP TABLE a; CREATE TABLE a (id);',
          'DELETE FROM a;',
        ] as const),
        [`seeds/invariants/${name}`]: head + text,
        'seeds/1_a.sql': "INSERT INTO a VALUES (1, '{}', 1), (2, NULL, NULL), (3, '', 9e999);",
        ...(isGate
          ? {
              'p.db': {
                kind: 'database',
                sql: [
                  table,
                  `INSERT INTO a VALUES (1, '${secret}', 1), (2, '$.${secret}', '${secret}'), (3, NULL, NULL)`,
                  ...ledgerOf([1]),
                ],
              } as const,
            }
          : {}),
      },
      args: isGate
        ? ['gate', '--db', 'p.db', 'm']
        : ['check', 'm', '--rows', '3', ...(random.chance(0.3) ? ['--format', 'json'] : [])],
      secrets: isGate,
    };
  },
};
