import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { check, migrate } from '../src/api.ts';
import type { Config } from '../src/config.ts';
import { inProcess } from './cli/main.ts';
import { gate } from './gate-source.ts';
import { folderWith } from './temporary.ts';

/** The findings of a history on the empty database alone: `code/cause`, table, statement, message. */
async function found(migrations: readonly string[], config: Config = {}): Promise<string[]> {
  const files = Object.fromEntries(migrations.map((sql, i) => [`${i + 1}_step.sql`, sql]));
  const { findings } = await check({ migrations: folderWith(files), dataset: ['one-row'], ...config });
  return findings
    .filter(({ severity }) => severity !== 'note')
    .map(({ code, cause, table, statement, migration, message }) => {
      return `${migration.split('_')[0]} ${code === cause ? code : `${code}/${cause}`} ${table} ${statement}: ${message}`;
    });
}

const shop = 'CREATE TABLE goods (id INTEGER PRIMARY KEY, name TEXT, price REAL);';

describe('objects that follow a table that is renamed to make room for its successor', () => {
  const crews = `CREATE TABLE crews (id INTEGER PRIMARY KEY, name TEXT);
    CREATE TABLE boats (id INTEGER PRIMARY KEY, crew_id INTEGER REFERENCES crews (id));
    CREATE VIEW manned AS SELECT b.id FROM boats b JOIN crews c ON c.id = b.crew_id;
    CREATE TABLE log (x); CREATE TRIGGER note AFTER INSERT ON crews BEGIN INSERT INTO log VALUES (1); END;`;
  const renamed = `ALTER TABLE crews RENAME TO crews_old;
    CREATE TABLE crews (id INTEGER PRIMARY KEY, name TEXT, colour TEXT);`;
  const copied = 'INSERT INTO crews (id, name) SELECT id, name FROM crews_old;';

  test('are reported where the old table stays', async () => {
    expect(await found([crews, renamed + copied])).toEqual([
      `2 object-broken/followed-the-old-table boats 1: the foreign key of boats: it leads to crews_old now, and not to the new crews; view manned: it reads crews_old now, and not the new crews; trigger note: it stands on crews_old now, and not on the new crews`,
    ]);
  });

  test.each<[string, string]>([
    ['where the new table has another purpose', renamed],
    [
      'where all of them are created again',
      `${renamed}${copied} DROP VIEW manned; DROP TRIGGER note; DROP TABLE boats;
       CREATE VIEW manned AS SELECT id FROM crews;
       CREATE TRIGGER note AFTER INSERT ON crews BEGIN INSERT INTO log VALUES (1); END;`,
    ],
    ['where it gives its name back', `${renamed}${copied} DROP TABLE crews; ALTER TABLE crews_old RENAME TO crews;`],
    [
      'where a copy is kept',
      'CREATE TABLE crews_old AS SELECT * FROM crews; ALTER TABLE crews ADD COLUMN colour TEXT;',
    ],
  ])('are not reported %s', async (_name, sql) => {
    expect((await found([crews, sql])).filter((each) => each.includes('followed'))).toEqual([]);
  });

  test('are the triggers alone in legacy mode', async () => {
    expect(await found([crews, renamed + copied], { legacyAlterTable: true, foreignKeys: false })).toEqual([
      '2 object-broken/followed-the-old-table crews_old 1: trigger note: it stands on crews_old now, and not on the new crews',
    ]);
  });
});

describe('object-broken', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    [
      'a view whose table is dropped, and one over that view: named at the drop',
      [
        `${shop} CREATE VIEW dear AS SELECT id FROM goods WHERE price > 9; CREATE VIEW dearest AS SELECT max(id) FROM dear;`,
        'CREATE TABLE other (id INTEGER); DROP TABLE goods;',
      ],
      [
        '2 object-broken dear 2: view dear cannot be read: no such table: main.goods; view dearest cannot be read: no such table: main.goods',
      ],
    ],
    [
      'a view that is dropped and created again around the change',
      [
        `${shop} CREATE VIEW dear AS SELECT id FROM goods;`,
        'DROP VIEW dear; DROP TABLE goods; CREATE VIEW dear AS SELECT 1;',
      ],
      [],
    ],
    [
      'a trigger by another on the same table, which alone is reported',
      [
        `${shop} CREATE TABLE log (x); CREATE TABLE sums (x);
        CREATE TRIGGER a AFTER INSERT ON goods BEGIN INSERT INTO log VALUES (1); END;
        CREATE TRIGGER b AFTER INSERT ON goods BEGIN INSERT INTO sums VALUES (1); END;
        CREATE TRIGGER c AFTER UPDATE OF name ON goods BEGIN DELETE FROM sums; END;`,
        'DROP TABLE sums;',
      ],
      [
        '2 object-broken goods 1: trigger b on goods fails every write that fires it: no such table: main.sums; trigger c on goods fails every write that fires it: no such table: main.sums',
      ],
    ],
    [
      'a new trigger that stops writes which worked',
      [shop, 'CREATE TRIGGER a AFTER INSERT ON goods BEGIN INSERT INTO nowhere VALUES (1); END;'],
      ['2 object-broken goods 1: trigger a on goods fails every write that fires it: no such table: main.nowhere'],
    ],
    [
      'an INSTEAD OF trigger of a view',
      [
        `${shop} CREATE TABLE log (x); CREATE VIEW v AS SELECT id, name FROM goods;
        CREATE TRIGGER a INSTEAD OF INSERT ON v BEGIN INSERT INTO log VALUES (new.id); END;`,
        'DROP TABLE log;',
      ],
      ['2 object-broken v 1: trigger a on v fails every write that fires it: no such table: main.log'],
    ],
    [
      'a parent whose key is unique no more, at the statement that puts it in place',
      [
        'CREATE TABLE p (id INTEGER PRIMARY KEY, code TEXT UNIQUE); CREATE TABLE c (code TEXT REFERENCES p(code));',
        'PRAGMA user_version = 2; CREATE TABLE n (id INTEGER PRIMARY KEY, code TEXT); DROP TABLE p; ALTER TABLE n RENAME TO p;',
      ],
      [
        '2 object-broken/parent-key-gone c 4: c cannot be written where foreign keys are enforced: foreign key mismatch - "c" referencing "p"',
        '2 rows-lost/recreated p 3: p lost 1 of 1 row',
      ],
    ],
    [
      'objects that the same migration repairs',
      [
        `${shop} CREATE TABLE c (g INTEGER REFERENCES goods(id));`,
        'DROP TABLE c; DROP TABLE goods; CREATE TABLE goods (id INTEGER PRIMARY KEY);',
      ],
      [],
    ],
    [
      'objects that were broken before',
      [
        'CREATE TABLE c (g INTEGER REFERENCES nowhere(id)); CREATE VIEW v AS SELECT * FROM nothing;',
        'ALTER TABLE c ADD COLUMN x; CREATE TABLE other (x);',
      ],
      [],
    ],
    [
      'a table that refers to one of a later migration',
      ['CREATE TABLE c (g INTEGER REFERENCES goods(id)); CREATE VIEW v AS SELECT * FROM goods;', shop],
      [],
    ],
  ])('%s', async (_name, migrations, expected) => {
    expect(await found(migrations, { foreignKeys: false })).toEqual(
      expected.length > 0 ? expected : expect.not.arrayContaining([expect.stringContaining('object-broken')]),
    );
  });

  test('unregistered functions do not count as broken objects', async () => {
    const before = `${shop} CREATE VIEW v AS SELECT own_function(name) FROM goods;`;
    expect(await found([before, 'ALTER TABLE goods ADD COLUMN x;'])).toEqual([]);
  });

  test('a broken key is reported once, not as rows without a parent too', async () => {
    const before = 'CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (p_id INTEGER NOT NULL REFERENCES p(id));';
    const after =
      'ALTER TABLE p RENAME TO old; CREATE TABLE p (id INTEGER PRIMARY KEY); INSERT INTO p SELECT id FROM old; DROP TABLE old;';
    expect(await found([before, after], { foreignKeys: false })).toEqual([
      '2 object-broken/parent-gone c 4: c cannot be written where foreign keys are enforced: no such table: main.old',
    ]);
  });

  test('it is found in each step, although most of the schema is unchanged', async () => {
    const views = Array.from(
      { length: 9 },
      (_, i) => `CREATE TABLE t${i} (a); CREATE VIEW v${i} AS SELECT a FROM t${i};`,
    );
    const drops = Array.from({ length: 9 }, (_, i) => `DROP TABLE t${i};`);
    const lines = await found([views.join(' '), ...drops]);
    expect(lines.map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual(
      drops.map((_, i) => `${i + 2} object-broken v${i}`),
    );
  });

  test('it can be allowed for its table', async () => {
    const before = `${shop} CREATE VIEW dear AS SELECT id FROM goods;`;
    const claim = '-- rowproof: allow object-broken dear -- nobody reads it, and the next release drops it\n';
    expect(await found([before, `${claim}DROP TABLE goods;`])).toEqual([]);
  });
});

/** A rebuild of `goods` with a new text and more statements. */
const rebuild = (columns: string, more = '', copied = 'id'): string =>
  `CREATE TABLE n (${columns}; INSERT INTO n (${copied}) SELECT ${copied} FROM goods; DROP TABLE goods; ALTER TABLE n RENAME TO goods; ${more}`;

describe('parts that a rebuild loses', () => {
  const wares = `CREATE TABLE owners (id INTEGER PRIMARY KEY);
    CREATE TABLE goods (id INTEGER PRIMARY KEY AUTOINCREMENT, code TEXT NOT NULL UNIQUE COLLATE NOCASE,
      price REAL CHECK (price > 0), owner INTEGER REFERENCES owners(id), old TEXT) STRICT;
    CREATE INDEX goods_old ON goods(old); CREATE INDEX goods_price ON goods(price, code);
    CREATE INDEX goods_lower ON goods(lower(code)); CREATE UNIQUE INDEX goods_two ON goods(owner, price);
    CREATE TRIGGER touch AFTER UPDATE ON goods BEGIN SELECT 1; END;
    CREATE TRIGGER of_old AFTER UPDATE OF old ON goods BEGIN SELECT new.old; END;`;
  const full =
    'id INTEGER PRIMARY KEY AUTOINCREMENT, code TEXT NOT NULL UNIQUE COLLATE NOCASE, price REAL CHECK (price > 0), owner INTEGER REFERENCES owners(id)';
  const parts =
    'CREATE INDEX i ON goods(price, code, id); CREATE INDEX j ON goods(lower(code)); CREATE UNIQUE INDEX k ON goods(price, owner); CREATE TRIGGER touched AFTER UPDATE ON goods BEGIN SELECT 2; END;';

  const lost = async (sql: string, name = '2_step'): Promise<string[]> => {
    const folder = folderWith({ 'm/1_step.sql': wares, [`m/${name}.sql`]: sql });
    const { findings } = await check({ migrations: join(folder, 'm'), dataset: ['one-row'], foreignKeys: false });
    return (
      findings
        // What stands with a table; the values of a column that goes are another matter.
        .filter(({ code }) => code.endsWith('-dropped') && code !== 'values-dropped')
        .map(({ code, message, statement }) => `${code} ${statement}: ${message}`)
    );
  };

  test.each<[string, string, readonly string[]]>([
    [
      'nothing, where every part is repeated under any name, except those about a lost column',
      rebuild(`${full}) STRICT`, parts),
      [],
    ],
    [
      'indexes and triggers that nothing repeats',
      rebuild(`${full}) STRICT`),
      ['index-dropped 3: goods lost goods_price, goods_lower and goods_two', 'trigger-dropped 3: goods lost touch'],
    ],
    [
      'nothing that is dropped by name',
      `DROP INDEX goods_price; DROP INDEX goods_lower; DROP INDEX IF EXISTS goods_two; DROP TRIGGER touch; ${rebuild(`${full}) STRICT`)}`,
      [],
    ],
    [
      'table options, CHECK, UNIQUE, COLLATE and foreign keys, where a column is dropped too',
      rebuild('id INTEGER PRIMARY KEY, code TEXT NOT NULL, price REAL, owner INTEGER)', parts),
      [
        'constraint-dropped 1: goods lost UNIQUE (code), FOREIGN KEY (owner) REFERENCES owners, CHECK (price > 0), COLLATE NOCASE of code, STRICT and AUTOINCREMENT',
      ],
    ],
    [
      'no NOT NULL that the text omits, and no part in another form',
      rebuild(
        'id INTEGER PRIMARY KEY AUTOINCREMENT, code TEXT UNIQUE COLLATE NOCASE, price REAL CHECK (price >= 0), owner INTEGER REFERENCES owners(id) ON DELETE SET NULL) STRICT',
        parts,
      ),
      [],
    ],
    [
      'everything by CREATE TABLE … AS SELECT',
      `CREATE TABLE n AS SELECT id, code, price, owner FROM goods; DROP TABLE goods; ALTER TABLE n RENAME TO goods; ${parts}`,
      [
        'constraint-dropped 1: goods lost PRIMARY KEY (id), UNIQUE (code), NOT NULL of code, FOREIGN KEY (owner) REFERENCES owners, CHECK (price > 0), COLLATE NOCASE of code, STRICT and AUTOINCREMENT',
      ],
    ],
    ['nothing of a table that stays dropped', 'DROP TABLE goods;', []],
  ])('%s', async (_name, sql, expected) => {
    expect(await lost(sql)).toEqual(expected);
  });

  const sole = `${full}, old TEXT)`;

  test('a part that is the only change of a rebuild is intended', async () => {
    expect(
      await lost(
        rebuild(
          sole,
          `${parts} CREATE INDEX o ON goods(old); CREATE TRIGGER oo AFTER UPDATE ON goods BEGIN SELECT 3; END;`,
        ),
      ),
    ).toEqual([]);
  });

  test('a file name that mentions the part shows intent', async () => {
    expect(await lost(rebuild(`${full})`, parts))).toEqual(['constraint-dropped 1: goods lost STRICT']);
    expect(await lost(rebuild(`${full})`, parts), '2_no_more_strict')).toEqual([]);
  });

  const stock = `CREATE TABLE goods (id INTEGER PRIMARY KEY, code TEXT, sold TEXT, shelf INTEGER REFERENCES shelves DEFERRABLE INITIALLY DEFERRED, bin INTEGER, FOREIGN KEY (bin) REFERENCES bins DEFERRABLE INITIALLY DEFERRED);
    CREATE TABLE shelves (id INTEGER PRIMARY KEY); CREATE TABLE bins (id INTEGER PRIMARY KEY);
    CREATE UNIQUE INDEX by_code ON goods (code COLLATE NOCASE) WHERE sold IS NULL;`;
  const keys =
    'shelf INTEGER REFERENCES shelves DEFERRABLE INITIALLY DEFERRED, bin INTEGER REFERENCES bins DEFERRABLE INITIALLY DEFERRED';
  const restock = (columns: string, index: string): string =>
    `CREATE TABLE n (id INTEGER PRIMARY KEY, code TEXT, sold TEXT, ${columns}, weight REAL); INSERT INTO n SELECT id, code, sold, shelf, bin, NULL FROM goods; DROP TABLE goods; ALTER TABLE n RENAME TO goods; ${index}`;

  test.each<[what: string, sql: string, name: string, lost: readonly string[]]>([
    [
      'the time at which keys are checked',
      restock(
        'shelf INTEGER REFERENCES shelves, bin INTEGER REFERENCES bins NOT DEFERRABLE INITIALLY DEFERRED',
        'CREATE UNIQUE INDEX by_code ON goods (code COLLATE nocase) WHERE (sold IS NULL);',
      ),
      '2_step',
      [
        'goods lost DEFERRABLE INITIALLY DEFERRED of FOREIGN KEY (shelf) and DEFERRABLE INITIALLY DEFERRED of FOREIGN KEY (bin)',
      ],
    ],
    [
      'the collation of an index',
      restock(keys, 'CREATE UNIQUE INDEX by_code ON goods (code) WHERE "sold" IS NULL;'),
      '2_step',
      ['goods lost COLLATE NOCASE of by_code'],
    ],
    [
      'the condition of an index',
      restock(keys, 'CREATE UNIQUE INDEX by_code ON goods (code COLLATE NOCASE);'),
      '2_step',
      ['goods lost WHERE sold IS NULL of by_code'],
    ],
    [
      'nothing where another condition is written',
      restock(keys, 'CREATE UNIQUE INDEX by_code ON goods (code COLLATE NOCASE) WHERE sold IS NOT NULL;'),
      '2_step',
      [],
    ],
    [
      'nothing that the name of the file speaks of',
      restock(keys, 'CREATE UNIQUE INDEX by_code ON goods (code);'),
      '2_codes_by_case',
      [],
    ],
    [
      'nothing of an index that is dropped by name',
      `DROP INDEX by_code; ${restock(keys, 'CREATE UNIQUE INDEX by_code ON goods (code);')}`,
      '2_step',
      [],
    ],
  ])('a rebuild loses %s', async (_what, sql, name, expected) => {
    const { findings } = await check({
      migrations: folderWith({ '1.sql': stock, [`${name}.sql`]: sql }),
      dataset: ['one-row'],
    });
    expect(findings.filter(({ code }) => code.endsWith('-dropped')).map(({ message }) => message)).toEqual(expected);
  });

  test('triggers of a view, and those that use a removed column, are reported as lost', async () => {
    const files = {
      '1.sql': `CREATE TABLE goods (id INTEGER PRIMARY KEY, code TEXT, old TEXT, worn TEXT); CREATE TABLE log (x);
        CREATE VIEW coded AS SELECT id, code FROM goods;
        CREATE TRIGGER put INSTEAD OF INSERT ON coded BEGIN INSERT INTO goods (code) VALUES (new.code); END;
        CREATE TRIGGER kept AFTER DELETE ON goods BEGIN INSERT INTO log VALUES (old.code || old.old); END;
        CREATE TRIGGER watched AFTER UPDATE OF old, worn ON goods BEGIN INSERT INTO log VALUES (new.old); END;`,
      '2.sql': `CREATE TABLE n (id INTEGER PRIMARY KEY, code TEXT); INSERT INTO n SELECT id, code FROM goods;
        DROP VIEW coded; DROP TABLE goods; ALTER TABLE n RENAME TO goods; CREATE VIEW coded AS SELECT id, code FROM goods;`,
    };
    const { findings } = await check({ migrations: folderWith(files), dataset: ['one-row'] });
    expect(findings.filter(({ code }) => code === 'trigger-dropped').map(({ message }) => message)).toEqual([
      'coded lost put; goods lost kept',
    ]);
  });

  test('NOT NULL of a key other than the rowid is not reported as lost', async () => {
    const { findings } = await check({
      migrations: folderWith({
        '1.sql': 'CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT NOT NULL);',
        '2.sql':
          'CREATE TABLE n (id TEXT PRIMARY KEY, a TEXT, b); INSERT INTO n SELECT id, a, NULL FROM t; DROP TABLE t; ALTER TABLE n RENAME TO t;',
      }),
      dataset: ['one-row'],
    });
    expect(findings.map(({ message }) => message)).toEqual(['t lost NOT NULL of id']);
  });

  test('a key that may not hold NULL anyway loses nothing with its NOT NULL', async () => {
    const before = 'CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY, a TEXT NOT NULL);';
    const copy = 'INSERT INTO n SELECT id, a, NULL FROM t; DROP TABLE t; ALTER TABLE n RENAME TO t;';
    for (const after of ['(id INTEGER PRIMARY KEY, a TEXT, b)', '(id INT PRIMARY KEY, a TEXT, b) WITHOUT ROWID']) {
      const files = { '1.sql': before, '2.sql': `CREATE TABLE n ${after}; ${copy}` };
      expect((await check({ migrations: folderWith(files), dataset: ['one-row'] })).findings).toEqual([]);
    }
  });

  test('a longer text does not justify a lost UNIQUE', async () => {
    const files = {
      '1.sql': 'CREATE TABLE t (id INTEGER PRIMARY KEY, a VARCHAR(20) UNIQUE CHECK (length(a) < 20));',
      '2.sql':
        'CREATE TABLE n (id INTEGER PRIMARY KEY, a VARCHAR(80)); INSERT INTO n SELECT id, a FROM t; DROP TABLE t; ALTER TABLE n RENAME TO t;',
    };
    const { findings } = await check({ migrations: folderWith(files), dataset: ['one-row'] });
    expect(findings.map(({ message }) => message)).toEqual(['t lost UNIQUE (a)']);
  });

  test.each<[what: string, after: string, name: string, lost: readonly string[]]>([
    ['beside another change', 'a TEXT NOT NULL, b INT DEFAULT 0, c TEXT, d', '2_step', ["t lost DEFAULT 'x' of a"]],
    ['of two columns', 'a TEXT NOT NULL, b INT, c TEXT, d', '2_step', ["t lost DEFAULT 'x' of a and DEFAULT 0 of b"]],
    ['of a column that is optional now', 'a TEXT, b INT DEFAULT 0, c TEXT, d', '2_step', []],
    ['of a column with another type', "a TEXT NOT NULL DEFAULT 'x', b REAL, c TEXT, d", '2_step', []],
    [
      'and replaced by another one',
      'a TEXT NOT NULL DEFAULT 1, b INT DEFAULT NULL, c TEXT DEFAULT 2, d',
      '2_step',
      ['t lost DEFAULT 0 of b'],
    ],
    ['as the only change', 'a TEXT NOT NULL, b INT, c TEXT', '2_step', []],
    ['under a file name that mentions defaults', 'a TEXT NOT NULL, b INT, c TEXT, d', '2_no_defaults', []],
    ['under a file name that mentions the column', 'a TEXT NOT NULL, b INT DEFAULT 0, c TEXT, d', '2_set_a', []],
  ])('a default that is lost %s', async (_, after, name, lostDefaults) => {
    const files = {
      '1.sql':
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL DEFAULT 'x', b INT DEFAULT 0, c TEXT DEFAULT NULL);",
      [`${name}.sql`]: `CREATE TABLE n (id INTEGER PRIMARY KEY, ${after}); INSERT INTO n (id, a, b, c) SELECT id, a, b, c FROM t; DROP TABLE t; ALTER TABLE n RENAME TO t;`,
    };
    const { findings } = await check({ migrations: folderWith(files), dataset: ['one-row'] });
    const dropped = findings.filter(({ code }) => code.endsWith('-dropped'));
    expect(dropped.map(({ message }) => message)).toEqual(lostDefaults);
    expect(dropped.map(({ code, cause, severity }) => [code, cause, severity])).toEqual(
      lostDefaults.map(() => ['constraint-dropped', 'default-dropped', 'warning']),
    );
  });

  test('CREATE TABLE … AS SELECT loses every default, and each can be allowed by its column', async () => {
    const sql = 'CREATE TABLE n AS SELECT * FROM t; DROP TABLE t; ALTER TABLE n RENAME TO t;';
    const before = "CREATE TABLE t (a TEXT DEFAULT 'x', b INT DEFAULT 0);";
    const messages = async (text: string): Promise<string[]> => {
      const migrations = folderWith({ '1.sql': before, '2.sql': text });
      return (await check({ migrations, dataset: ['one-row'] })).findings.map(({ message }) => message);
    };
    expect(await messages(sql)).toEqual(["t lost DEFAULT 'x' of a and DEFAULT 0 of b"]);
    expect(await messages(`-- rowproof: allow constraint-dropped t.a -- every writer says it\n${sql}`)).toEqual([
      't lost DEFAULT 0 of b',
    ]);
  });

  test.each<[what: string, after: string, name: string, lost: readonly string[]]>([
    [
      'is lost beside another change',
      'p_id INT REFERENCES p(id), d',
      '2_step',
      ['ON DELETE CASCADE', 'ON UPDATE SET NULL'],
    ],
    ['is lost in part', 'p_id INT REFERENCES p(id) ON DELETE CASCADE, d', '2_step', ['ON UPDATE SET NULL']],
    ['is replaced by another', 'p_id INT REFERENCES p(id) ON UPDATE CASCADE ON DELETE SET NULL, d', '2_step', []],
    ['is RESTRICT now', 'p_id INT REFERENCES p(id) ON UPDATE RESTRICT ON DELETE RESTRICT, d', '2_step', []],
    ['is the only change', 'p_id INT REFERENCES p(id)', '2_step', []],
    ['is lost with its key', 'p_id INT', '2_step', []],
    ['is lost with its key beside another change', 'p_id INT, d', '2_step', ['FOREIGN KEY']],
    ['is lost under a file name that mentions it', 'p_id INT REFERENCES p(id), d', '2_no_cascade', []],
  ])('the action of a foreign key that %s', async (_, after, name, words) => {
    const files = {
      '1.sql':
        'CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE t (id INTEGER PRIMARY KEY, p_id INT REFERENCES p(id) ON DELETE CASCADE ON UPDATE SET NULL);',
      [`${name}.sql`]: `CREATE TABLE n (id INTEGER PRIMARY KEY, ${after}); INSERT INTO n (id, p_id) SELECT id, p_id FROM t; DROP TABLE t; ALTER TABLE n RENAME TO t;`,
    };
    const { findings } = await check({ migrations: folderWith(files), dataset: ['one-row'] });
    const dropped = findings.flatMap((finding) => (finding.code === 'constraint-dropped' ? finding.facts.parts : []));
    expect(dropped.map((part) => part.name.replace(/ (?:of|\(p_id\)).*/, ''))).toEqual(words);
  });

  test('triggers go with a view', async () => {
    const { findings } = await check({
      migrations: folderWith({
        '1.sql':
          'CREATE TABLE t (a); CREATE VIEW v AS SELECT a FROM t; CREATE TRIGGER i INSTEAD OF INSERT ON v BEGIN INSERT INTO t VALUES (new.a); END;',
        '2.sql': 'DROP VIEW v; CREATE VIEW v AS SELECT a, 1 AS b FROM t;',
      }),
      dataset: ['one-row'],
    });
    expect(findings.map(({ code, table, statement, message }) => [code, table, statement, message])).toEqual([
      ['trigger-dropped', 'v', 1, 'v lost i'],
    ]);
  });

  test('each can be allowed by table, a constraint by column too', async () => {
    const claims = `-- rowproof: allow index-dropped goods -- it is small
      -- rowproof: allow trigger-dropped GOODS -- the application does it
      -- rowproof: allow constraint-dropped goods.code -- codes may repeat\n`;
    const sql = rebuild(
      'id INTEGER PRIMARY KEY AUTOINCREMENT, code TEXT NOT NULL COLLATE NOCASE, price REAL, owner INTEGER REFERENCES owners(id)) STRICT',
    );
    expect(await lost(`${claims}${sql}`)).toEqual(['constraint-dropped 1: goods lost CHECK (price > 0)']);
  });
});

test('a lost part fails a strict run, and is folded once it is applied', async () => {
  const folder = folderWith({
    'm/1.sql': 'CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b); CREATE INDEX t_a ON t(a);',
    'm/2.sql':
      'CREATE TABLE n (id INTEGER PRIMARY KEY, a TEXT); INSERT INTO n SELECT id, a FROM t; DROP TABLE t; ALTER TABLE n RENAME TO t;',
  });
  const status = async (...flags: readonly string[]): Promise<number | null> =>
    (await inProcess('check', join(folder, 'm'), '--dataset', 'one-row', ...flags)).status;
  expect(await status()).toBe(0);
  expect(await status('--strict')).toBe(1);
  expect(await status('--fail-on', 'warning')).toBe(1);
  expect(await status('--strict', '--since', '2')).toBe(0);
});

test('one finding lists the datasets that show it', async () => {
  const { findings } = await check({
    migrations: folderWith({
      '1.sql': `${shop} CREATE VIEW dear AS SELECT id FROM goods;`,
      '2.sql': 'DROP TABLE goods;',
    }),
    dataset: ['one-row', 'typical'],
    rows: 5,
  });
  expect(findings.filter(({ code }) => code === 'object-broken').map(({ datasets }) => datasets)).toEqual([
    ['one-row', 'typical', 'empty'],
  ]);
});

test('the gate checks a view that only production has', async () => {
  const folder = folderWith({ 'm/1.sql': shop, 'later/1.sql': shop, 'later/2.sql': 'DROP TABLE goods;' });
  const file = join(folder, 'app.db');
  await migrate({ migrations: join(folder, 'm') }, { file });
  const db = new Sqlite(file);
  db.exec('CREATE VIEW of_mine AS SELECT id FROM goods; CREATE VIEW old AS SELECT * FROM gone_long_ago;');
  db.close();
  const { findings } = await gate({ migrations: join(folder, 'later') }, { file });
  expect(findings.map(({ code, table, statement, datasets }) => [code, table, statement, datasets])).toEqual([
    ['object-broken', 'of_mine', 1, ['copy']],
  ]);
});
