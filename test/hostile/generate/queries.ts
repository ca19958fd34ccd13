import { type Kind, secret } from '../input.ts';
import { unusual } from './characters.ts';
import { ledgerOf } from './ledger.ts';
import { expressionOf } from './values.ts';

const table = `CREATE TABLE a (id INTEGER PRIMARY KEY, name TEXT UNIQUE, total REAL CHECK (total > -1), b_id INTEGER REFERENCES b (id));
CREATE TABLE b (id INTEGER PRIMARY KEY, name TEXT, "rowid" TEXT, kept TEXT GENERATED ALWAYS AS (upper(name))) ;
CREATE VIEW v AS SELECT * FROM a;
CREATE TRIGGER t BEFORE INSERT ON a WHEN NEW.name = 'odd' BEGIN SELECT RAISE(ROLLBACK, 'odd'); END;
CREATE VIRTUAL TABLE f USING fts5(name);\n`;

/** Statements of an application before and after migrations, in check and in the gate. */
export const queries: Kind = {
  name: 'queries',
  tries: { worker: 500, command: 6 },
  generate: (random) => {
    const columns = ['id', 'name', 'total', 'b_id'] as const;
    const parameter = (): string =>
      random.pick(['?', '?', '?1', '?999999', ':a', '@b', '$c', '$c::d(e)', 'sqlc.arg(x)', "sqlc.slice('y')"] as const);
    const value = (): string => (random.chance(0.6) ? parameter() : expressionOf(random, columns));
    const list = (count: number): string => Array.from({ length: count }, value).join(', ');
    const statement = (): string =>
      random.weighted<string>([
        [
          4,
          `SELECT * FROM a WHERE ${random.pick(columns)} ${random.pick(['=', '>', 'IN', 'LIKE', 'IS NOT'] as const)} (${value()})`,
        ],
        [3, `INSERT INTO a (name, total, b_id) VALUES (${list(3)})`],
        [2, `INSERT INTO a VALUES (${list(random.int(1, 6))})`],
        [
          2,
          `INSERT OR ${random.pick(['ROLLBACK', 'REPLACE', 'FAIL', 'IGNORE'] as const)} INTO a (id, name) VALUES (${list(2)})`,
        ],
        [2, `UPDATE a SET ${random.pick(columns)} = ${value()} WHERE ${value()}`],
        [1, `DELETE FROM a WHERE ${value()} BETWEEN ${value()} AND ${value()}`],
        [1, `WITH x AS (SELECT ${value()}) INSERT INTO b (name) SELECT * FROM x RETURNING *`],
        [1, `INSERT INTO a (name) VALUES ('odd')`],
        [1, `INSERT INTO f (name) VALUES (${value()})`],
        [1, `SELECT * FROM f WHERE f MATCH ${value()}`],
        [1, `INSERT INTO b ("rowid", kept) VALUES (${list(2)})`],
        [1, `INSERT INTO v VALUES (${list(4)})`],
        [1, `INSERT INTO a_new (name) VALUES (${value()}) ON CONFLICT (name) DO UPDATE SET name = ${value()}`],
        [1, `SELECT ${list(random.int(1, 40))}`],
        [1, `SELECT nobody(${value()})`],
        [1, `SELECT load_extension(${value()})`],
        [1, `SELECT * FROM pragma_table_info(${value()})`],
        [1, `REPLACE INTO sqlite_sequence VALUES (${list(2)})`],
        [1, 'ATTACH ? AS other'],
        [1, "VACUUM INTO 'other.db'"],
        [1, 'PRAGMA writable_schema = ON'],
        [1, 'BEGIN; INSERT INTO b (name) VALUES (1); COMMIT'],
        [1, 'DROP TABLE a'],
        [1, 'INSERT INTO'],
        [1, 'SELECT (((((('],
        [1, "SELECT 'no end"],
        [1, ''],
        [1, 'EXPLAIN DELETE FROM a'],
      ]);
    const texts = Array.from({ length: random.int(1, 6) }, statement).map((text) =>
      random.chance(0.1) ? `${text.slice(0, 7)}${unusual(random)}${text.slice(7)}` : text,
    );
    const isGate = random.chance(0.5);
    const flag = random.pick(['--queries', '--both-ways'] as const);
    return {
      files: {
        'm/1_a.sql': table,
        'm/2_b.sql': random.pick([
          'ALTER TABLE a ADD COLUMN more TEXT;',
          'ALTER TABLE a RENAME COLUMN name TO title;',
          'ALTER TABLE a RENAME TO a_new;',
          'DROP VIEW v; DROP TABLE f;',
          'CREATE TRIGGER u BEFORE UPDATE ON a BEGIN SELECT RAISE(ABORT, NEW.name); END;',
          'CREATE UNIQUE INDEX i ON a (total);',
          'DELETE FROM a;',
        ] as const),
        'q/a.sql': texts.join(random.pick([';\n', ';\n', ';', ' ;; '] as const)),
        'seeds/1_a.sql':
          "INSERT INTO b (id) VALUES (1); INSERT INTO a VALUES (1, '{}', 1, 1), (2, NULL, NULL, NULL), (3, '', 9e999, 1);",
        ...(isGate
          ? {
              'p.db': {
                kind: 'database',
                sql: [
                  table,
                  `INSERT INTO b (id, name) VALUES (9223372036854775807, '${secret}')`,
                  `INSERT INTO a VALUES (1, '${secret}', 1, NULL), (9223372036854775807, '$.${secret}', '${secret}', NULL), (3, NULL, NULL, NULL)`,
                  ...ledgerOf([1]),
                ],
              } as const,
            }
          : {}),
      },
      args: [
        ...(isGate ? ['gate', '--db', 'p.db', 'm'] : ['check', 'm', '--rows', '3', '--since', '1']),
        ...[flag, 'q'],
        ...(random.chance(0.3) ? ['--format', 'json'] : []),
      ],
      secrets: isGate,
    };
  },
};
