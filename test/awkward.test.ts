import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { check, render } from '../src/api.ts';
import type { Config } from '../src/config.ts';
import type { Finding } from '../src/model/finding.ts';
import type { HazardLabel } from '../src/model/hazard.ts';
import type { Report } from '../src/model/report.ts';
import { isWide, seedNumbers, some } from './breadth.ts';
import { fixedConfig, placesOf, specimens, tells } from './specimens.ts';
import { folderWith } from './temporary.ts';

const both = { dataset: ['one-row', 'awkward'] } satisfies Config;

/** The warnings of corrected specimens. Each was read, and is right: the correction answers another question. */
const warnedWhenFixed: Readonly<Record<string, readonly string[]>> = {
  // It parses less often, and still parses everything.
  'anti-join-parses-json-for-every-pair': [
    'malformed-json: malformed-json calls.transcript, empty-text calls.transcript',
  ],
  // The new format is NULL for what is no date in the old one, and the column is NOT NULL.
  'every-table-rebuilt-children-first': [
    'not-null-meets-null: empty-text farms.recorded_at, epoch-date farms.recorded_at',
  ],
  // badge becomes UNIQUE, and nothing kept two workers from having one.
  'half-applied-run-cannot-be-repeated': ['unique-meets-duplicates: duplicate workers.badge'],
  // Of rows with one barcode it still keeps one, as it says.
  'de-duplicating-copy-groups-by-an-optional-barcode': ['narrowed: duplicate pantry_items.household_id+barcode'],
  // The copy says DISTINCT and IS NOT NULL.
  'primary-key-added-to-a-join-table-with-repeats': [
    'narrowed: null concert_musicians.concert_id, null concert_musicians.musician_id, duplicate concert_musicians.concert_id+musician_id',
  ],
  // It renames the keys as before, and somebody may have written one by hand.
  'settings-key-renamed-but-json-quotes-stay': ['made-equal: taken-key kiosk_options.kiosk_id+name'],
  // The trigger marks the forecasts of the stations that are corrected, as it did before.
  'trigger-searches-the-forecasts-for-each-reading': [
    'set-by-trigger: empty-text readings.station and empty-text forecasts.station',
  ],
  // The table is rebuilt, and its counter goes back to the newest row that is left.
  'new-foreign-key-to-a-natural-key-meets-strays': ['autoincrement-reset: deleted-last-row readings.id'],
  // What is no number may be among the gates.
  'postcodes-copied-into-an-integer-column': [
    'cast-loses-value: word-for-number depots.gates, empty-text depots.gates, leading-zeros depots.gates',
  ],
  // It leaves the rows without a number out, as it says.
  'null-key-gets-an-invented-id-that-collides': ['narrowed: null staff_portraits.staff_id'],
  'new-column-in-the-copy-list-becomes-literal-text': ['autoincrement-reset: deleted-last-row programme.id'],
};

function describeWarning({ cause, hazards }: Pick<Finding, 'cause' | 'hazards'>): string {
  return `${cause}: ${hazards.map(describeHazard).join(', ')}`;
}

function describeHazard({ kind, table, columns, and = [] }: HazardLabel): string {
  return [`${kind} ${table}.${columns.join('+')}`, ...and.map(describeHazard)].join(' and ');
}

async function run(files: Readonly<Record<string, string>>, config: Config = both): Promise<Report> {
  const placed = Object.entries(files).map(([name, text]) => [name.includes('/') ? name : `m/${name}`, text]);
  return check({ migrations: join(folderWith(Object.fromEntries(placed)), 'm'), rewrites: false, ...config });
}

function warnings({ findings }: Report): string[] {
  return findings.flatMap(placesOf).map((place) => `${place.severity} ${place.statement} ${describeWarning(place)}`);
}

describe('specimens', () => {
  const hazardous = specimens.flatMap(({ expected: { hazard, ...expected }, ...specimen }) =>
    hazard === undefined ? [] : [{ ...specimen, expected, hazard }],
  );

  test.each(some(hazardous, 15))(
    '$name is a warning that names its hazard, with every seed number',
    async (specimen) => {
      const { config, expected, hazard, place } = specimen;
      for (const seed of seedNumbers(place)) {
        // By itself it shows as an error what its plain rows show.
        const { findings } = await check({ ...config, dataset: ['awkward'], seed });
        const main = findings
          .flatMap(placesOf)
          .find((place) => tells(place, expected.finding) && place.statement === expected.statement);
        expect(main).toMatchObject({ table: expected.table, severity: 'warning', datasets: ['awkward'] });
        expect(main?.hazards).toContainEqual(expect.objectContaining(hazard));
        expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
      }
    },
  );

  test.each(some(specimens, 15))('$name shows no error beyond those on plain rows', async ({ config }) => {
    const errors = async (dataset: NonNullable<Config['dataset']>): Promise<unknown[]> =>
      (await check({ ...config, dataset })).findings
        .filter(({ severity }) => severity === 'error')
        .map(({ code, message }) => [code, message]);
    // By itself it shows what its plain rows show.
    expect(await errors(['awkward'])).toEqual(await errors(['one-row']));
  });

  test.each(some(specimens, 15))('$name in its corrected form raises only known warnings', async (specimen) => {
    const { findings } = await check({ ...fixedConfig(specimen), ...both });
    const allowed = (specimen.fixed_also ?? []).map(({ finding }) => finding);
    expect(findings.filter(({ code, severity }) => severity === 'error' && !allowed.includes(code))).toEqual([]);
    // Orphans under declared keys are one question for the whole history, whatever its last migration is.
    const isStray = ({ cause }: Finding): boolean => cause === 'orphans-under-declared-key';
    expect(findings.filter(isStray).length).toBeLessThan(2);
    const warned = findings.filter((found) => found.datasets.join() === 'awkward' && !isStray(found));
    expect(warned.map(describeWarning)).toEqual(warnedWhenFixed[specimen.name] ?? []);
  });
});

test('the demonstration history and that of a published application raise no warning', async () => {
  const root = join(import.meta.dirname, '..');
  const own = await check({
    migrations: join(root, 'migrations'),
    seeds: join(root, 'seeds'),
    tool: 'rowproof',
    ...both,
  });
  expect(own.findings).toEqual([]);
  const dist = dirname(fileURLToPath(import.meta.resolve('@actual-app/api')));
  const actual = await check({ migrations: join(dist, 'migrations'), base: join(dist, 'default-db.sqlite'), ...both });
  expect(actual.findings.filter(({ datasets }) => datasets.join() === 'awkward')).toEqual([]);
});

describe('one hazard does not hide another', () => {
  const table = 'CREATE TABLE a (id INTEGER PRIMARY KEY, name TEXT, code TEXT, payload_json TEXT);';

  test('several hazards are found at later statements and at the same one', async () => {
    const report = await run({
      '1.sql': table,
      '2.sql': `CREATE TABLE n (id INTEGER PRIMARY KEY, name TEXT NOT NULL, code TEXT UNIQUE, payload_json TEXT);
        INSERT INTO n SELECT id, name, code, payload_json FROM a;
        UPDATE a SET name = json_extract(payload_json, '$.x');
        DROP TABLE a; ALTER TABLE n RENAME TO a;`,
    });
    expect(warnings(report)).toEqual([
      'warning 2 not-null-meets-null: null a.name',
      'warning 2 unique-meets-duplicates: duplicate a.code',
      'warning 3 malformed-json: malformed-json a.payload_json, empty-text a.payload_json',
    ]);
  });

  test('hazards that violate one CHECK are one finding, the most plausible first', async () => {
    const report = await run({
      '1.sql': table,
      '2.sql': `CREATE TABLE n (id INTEGER PRIMARY KEY, name TEXT, code TEXT CHECK (length(trim(code)) > 5), payload_json TEXT);
        INSERT INTO n SELECT * FROM a; DROP TABLE a; ALTER TABLE n RENAME TO a;`,
    });
    expect(warnings(report)).toEqual(['warning 2 check-meets-rows: empty-text a.code, leading-zeros a.code']);
  });

  test('two columns that fail one statement are one finding with both messages', async () => {
    const report = await run({
      '1.sql': table,
      '2.sql': `CREATE TABLE n (id INTEGER PRIMARY KEY, name TEXT NOT NULL, code TEXT NOT NULL);
        INSERT INTO n SELECT id, name, code FROM a; DROP TABLE a; ALTER TABLE n RENAME TO a;`,
    });
    // The rebuild leaves columns out, which is no matter of hazards.
    expect(warnings(report)).toEqual([
      'warning 2 not-null-meets-null: null a.name, null a.code',
      'note 3 values-dropped: ',
    ]);
    expect(report.findings[0]?.details).toContain('Also: NOT NULL constraint failed: n.code.');
  });

  test('each of several keys has its own duplicate, although a copy of the whole row fails at the first', async () => {
    const report = await run({
      '1.sql': 'CREATE TABLE a (id INTEGER PRIMARY KEY, name TEXT, code TEXT, phone TEXT, state TEXT, gone INTEGER);',
      '2.sql': `CREATE UNIQUE INDEX a_name ON a (name);
        CREATE UNIQUE INDEX a_code ON a (code);
        CREATE UNIQUE INDEX a_phone ON a (phone) WHERE state = 'open' -- only those
          AND gone IS NULL;`,
    });
    expect(warnings(report)).toEqual([
      'warning 1 unique-meets-duplicates: duplicate a.name',
      'warning 2 unique-meets-duplicates: duplicate a.code',
      'warning 3 unique-meets-duplicates: duplicate a.phone',
    ]);
    expect(report.findings.flatMap(placesOf)[2]?.hazards[0]?.query).toContain(
      "WHERE (state = 'open' AND gone IS NULL) AND",
    );
  });

  test('a value in other case is tried where another key refuses a copy of the row', async () => {
    const report = await run({
      '1.sql': table,
      '2.sql':
        'UPDATE a SET code = lower(code); CREATE UNIQUE INDEX a_name ON a (name); CREATE UNIQUE INDEX a_code ON a (code);',
    });
    expect(warnings(report)).toEqual([
      'warning 2 unique-meets-duplicates: duplicate a.name',
      'warning 3 unique-meets-duplicates: duplicate a.code, case-variant a.code',
    ]);
  });

  test('a fault that needs several rows is found', async () => {
    const report = await run({
      '1.sql': 'CREATE TABLE a (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, m INTEGER NOT NULL);',
      '2.sql':
        'CREATE TABLE c (ok INTEGER CHECK (ok)); INSERT INTO c SELECT NOT (sum(n < 0) > 0 AND sum(m = 0) > 0) FROM a;',
    });
    expect(warnings(report)).toEqual(['warning 2 check-meets-rows: negative a.n and state a.m']);
  });
});

describe('rows outside a partial unique index', () => {
  const table = (columns: string, condition: string): string =>
    `CREATE TABLE keepers (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
      CREATE TABLE addresses (id INTEGER PRIMARY KEY, keeper_id INTEGER NOT NULL REFERENCES keepers (id), street TEXT NOT NULL, ${columns});
      CREATE UNIQUE INDEX one_main ON addresses (keeper_id) WHERE ${condition};`;
  const conditions = [
    ['is_main INTEGER NOT NULL DEFAULT 1', 'is_main = 1'],
    ['is_main BOOLEAN NOT NULL', 'is_main'],
    ["kind TEXT NOT NULL CHECK (kind IN ('home', 'work'))", "kind = 'home'"],
    ['ended_at TEXT', 'ended_at IS NULL'],
    ["state TEXT NOT NULL DEFAULT 'open', gone_on TEXT", "gone_on IS NULL AND state <> 'spam'"],
  ] as const;

  test.each(conditions)('hazards outside it repeat values that are unique inside: %s', async (columns, condition) => {
    const report = await run({
      '1.sql': table(columns, condition),
      '2.sql': 'CREATE UNIQUE INDEX one_each ON addresses (keeper_id);',
    });
    expect(warnings(report)).toEqual(['warning 1 unique-meets-duplicates: duplicate addresses.keeper_id']);
  });

  test.each(conditions)('they do not violate a new partial index: %s', async (columns, condition) => {
    const report = await run(
      {
        '1.sql': table(columns, condition),
        '2.sql': `CREATE UNIQUE INDEX another ON addresses (street) WHERE ${condition};`,
      },
      { dataset: ['one-row', 'typical', 'awkward'] },
    );
    expect(warnings(report)).toEqual(['warning 1 unique-meets-duplicates: duplicate addresses.street']);
  });
});

describe('equal rows', () => {
  test('both have children, although a composite key takes only one', async () => {
    const report = await run({
      '1.sql': `CREATE TABLE songs (id INTEGER PRIMARY KEY, title TEXT NOT NULL, artist TEXT NOT NULL);
        CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
        CREATE TABLE plays (song_id INTEGER NOT NULL REFERENCES songs (id), user_id INTEGER NOT NULL REFERENCES users (id),
          PRIMARY KEY (song_id, user_id));`,
      '2.sql': `UPDATE plays SET song_id = (SELECT min(b.id) FROM songs a JOIN songs b USING (title, artist) WHERE a.id = plays.song_id);
        DELETE FROM songs WHERE id NOT IN (SELECT min(id) FROM songs GROUP BY title, artist);`,
    });
    expect(warnings(report)).toEqual(['warning 1 made-equal: duplicate songs.title+artist']);
  });

  test('rows that are equal in NULL count for GROUP BY and for a window', async () => {
    const report = await run({
      '1.sql': `CREATE TABLE marks (id INTEGER PRIMARY KEY, pupil TEXT NOT NULL, topic TEXT, mark INTEGER NOT NULL, UNIQUE (pupil, topic));
        CREATE TABLE remarks (id INTEGER PRIMARY KEY, mark_id INTEGER NOT NULL REFERENCES marks (id) ON DELETE CASCADE, body TEXT);`,
      '2.sql': `DELETE FROM marks WHERE id IN (SELECT id FROM (
          SELECT id, row_number() OVER (PARTITION BY pupil, topic ORDER BY id) AS place FROM marks) WHERE place > 1);
        CREATE TABLE best AS SELECT pupil, topic, max(mark) AS mark FROM marks GROUP BY pupil, topic;`,
    });
    expect(warnings(report)).toEqual(['warning 1 cascade-on-delete: duplicate marks.pupil+topic']);
    expect(report.findings[0]?.hazards[0]?.query).toContain('PARTITION BY pupil, topic');
  });

  test('rows become equal when a word replaces NULL', async () => {
    const report = await run({
      '1.sql': 'CREATE TABLE prefs (owner TEXT NOT NULL, scope TEXT, value TEXT, UNIQUE (owner, scope));',
      '2.sql': "UPDATE prefs SET scope = 'global' WHERE scope IS NULL;",
    });
    expect(warnings(report)).toEqual(['warning 1 made-equal: duplicate prefs.owner+scope']);
  });
});

describe('the hazard that a finding blames', () => {
  const table = 'CREATE TABLE a (id INTEGER PRIMARY KEY, name TEXT, code TEXT, key BLOB NOT NULL);';

  test('a duplicate is named by the columns that must be equal', async () => {
    const report = await run({
      '1.sql': table,
      '2.sql':
        "CREATE TABLE n (tag TEXT UNIQUE, label TEXT); INSERT INTO n SELECT 'k' || hex(key), name || code FROM a;",
    });
    expect(warnings(report)).toEqual(['warning 2 unique-meets-duplicates: duplicate a.key']);
    expect(report.findings[0]?.hazards[0]?.query).toContain("GROUP BY ('k' || hex(key))");
  });

  test('a parent without children is blamed where other parents have some', async () => {
    const files = {
      '1.sql': `CREATE TABLE notes (id TEXT PRIMARY KEY, title TEXT); CREATE TABLE links (id TEXT PRIMARY KEY REFERENCES notes (id), url TEXT);
        CREATE TABLE texts (id TEXT PRIMARY KEY REFERENCES notes (id), body TEXT);`,
      '2.sql': `ALTER TABLE notes ADD COLUMN kind TEXT NOT NULL DEFAULT '';
        UPDATE notes SET kind = CASE WHEN EXISTS (SELECT 1 FROM links WHERE links.id = notes.id) THEN 'link'
          WHEN EXISTS (SELECT 1 FROM texts WHERE texts.id = notes.id) THEN 'text' END;`,
    };
    const report = await run(files);
    expect(warnings(report)).toEqual(['warning 2 not-null-meets-null: childless notes.id']);
    expect(report.findings[0]?.hazards[0]?.needs).toBe('a row of notes that no row of links or texts refers to');
  });

  test('a parent without a row in either of two keys of one table is blamed', async () => {
    const report = await run({
      '1.sql': `CREATE TABLE teams (id INTEGER PRIMARY KEY, name TEXT);
        CREATE TABLE matches (id INTEGER PRIMARY KEY, home_id INTEGER NOT NULL REFERENCES teams (id), away_id INTEGER NOT NULL REFERENCES teams (id));`,
      '2.sql': `CREATE TABLE n (team_id INTEGER PRIMARY KEY, match_id INTEGER NOT NULL);
        INSERT INTO n SELECT id, (SELECT min(m.id) FROM matches m WHERE teams.id IN (m.home_id, m.away_id)) FROM teams;`,
    });
    expect(report.findings.flatMap(({ hazards }) => hazards.map(({ needs }) => needs))).toEqual([
      'a row of teams that no row of matches refers to',
    ]);
  });

  test('a value that several kinds describe is one hazard', async () => {
    const report = await run({
      '1.sql': `CREATE TABLE a (id INTEGER PRIMARY KEY, code TEXT, body TEXT);
        CREATE TRIGGER filled BEFORE UPDATE ON a WHEN NEW.code = '' BEGIN SELECT RAISE(ABORT, 'no code'); END;`,
      '2.sql': 'UPDATE a SET body = upper(body);',
    });
    expect(report.findings.map(({ hazards }) => hazards.map(({ query }) => query))).toEqual([
      [`SELECT "id" FROM "a" WHERE ("code" = '')`],
    ]);
  });

  test('a child that fails by itself is not blamed and does not hide the loss', async () => {
    const report = await run({
      '1.sql': `CREATE TABLE authors (id INTEGER PRIMARY KEY, name TEXT); CREATE TABLE books (id INTEGER PRIMARY KEY, author_id INTEGER REFERENCES authors (id));
        CREATE TABLE prizes (id INTEGER PRIMARY KEY, author_id INTEGER NOT NULL REFERENCES authors (id));`,
      '2.sql': `-- rowproof: foreign_keys=off
        CREATE TABLE n (id INTEGER PRIMARY KEY, name TEXT); INSERT INTO n SELECT a.id, a.name FROM authors a JOIN books b ON b.author_id = a.id GROUP BY 1, 2;
        DROP TABLE authors; ALTER TABLE n RENAME TO authors;`,
    });
    expect(report.findings.flatMap(({ hazards }) => hazards.map(({ needs }) => needs))).toContain(
      'a row of authors that no row of books refers to',
    );
  });

  test('a loss is blamed, and its counter that decreases is not', async () => {
    const report = await run({
      '1.sql': 'CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT);',
      '2.sql': `CREATE TABLE n (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT); INSERT INTO n SELECT * FROM a WHERE name IS NOT NULL;
        DROP TABLE a; ALTER TABLE n RENAME TO a;`,
    });
    expect(warnings(report)).toEqual([
      'warning 2 narrowed: null a.name',
      'note 3 autoincrement-reset: deleted-last-row a.id',
    ]);
  });

  test('one awkward value in two tables does not count as a duplicate', async () => {
    const report = await run({
      '1.sql': 'CREATE TABLE b (id TEXT PRIMARY KEY); CREATE TABLE c (id TEXT PRIMARY KEY);',
      '2.sql': 'CREATE TABLE n (id TEXT PRIMARY KEY); INSERT INTO n SELECT id FROM b; INSERT INTO n SELECT id FROM c;',
    });
    expect(warnings(report)).toEqual([]);
  });
});

test('an effect of any second row is not attributed to an awkward value', async () => {
  const report = await run({
    '1.sql': 'CREATE TABLE a (id INTEGER PRIMARY KEY, name TEXT, code TEXT);',
    '2.sql': 'CREATE TABLE n AS SELECT * FROM a LIMIT 1; DROP TABLE a; ALTER TABLE n RENAME TO a;',
  });
  expect(warnings(report)).toEqual(['warning 1 constraint-dropped: ', 'warning 1 narrowed: duplicate a.name+code']);
});

test.runIf(isWide)('the search ends at its budget and says so', async () => {
  const columns = Array.from({ length: 120 }, (_, i) => `c${i}`);
  const report = await run({
    '1.sql': `CREATE TABLE a (id INTEGER PRIMARY KEY, ${columns.map((name) => `${name} INTEGER NOT NULL`).join(', ')});`,
    '2.sql': `CREATE TABLE n (id INTEGER PRIMARY KEY, ${columns.map((name) => `${name} INTEGER CHECK (${name} > 0)`).join(', ')});
      INSERT INTO n SELECT * FROM a; DROP TABLE a; ALTER TABLE n RENAME TO a;`,
  });
  expect(report.findings.map(({ severity, cause }) => [severity, cause])).toEqual([['warning', 'check-meets-rows']]);
  expect(report.notes.map(({ text }) => text)).toEqual([expect.stringMatching(/^awkward: 2 was run 200 times/)]);
});

describe('severity', () => {
  const files = {
    '1.sql': 'CREATE TABLE a (id INTEGER PRIMARY KEY, name TEXT);',
    '2.sql': `CREATE TABLE n (id INTEGER PRIMARY KEY, name TEXT NOT NULL); INSERT INTO n SELECT id, name FROM a;
      DROP TABLE a; ALTER TABLE n RENAME TO a;`,
  };

  test('seeds with such rows make it an error with their numbers', async () => {
    const seeded = folderWith({ 'seeds/1.sql': 'INSERT INTO a VALUES (7, NULL);' });
    const report = await run(files, { seeds: join(seeded, 'seeds'), dataset: ['fixture', 'one-row', 'awkward'] });
    expect(report.findings).toEqual([
      expect.objectContaining({ severity: 'error', datasets: ['fixture', 'awkward'], hazards: [] }),
    ]);
    expect(report.findings[0]?.details.join()).toContain('1 row of a is in the way: id 7.');
  });

  test('a loss that the migration intends is not reported', async () => {
    expect((await run({ ...files, '2.sql': 'DELETE FROM a WHERE name IS NULL;' })).findings).toEqual([]);
  });

  test('a copy with a condition needs rows that the condition excludes', async () => {
    const sql = files['2.sql'].replace('FROM a;', 'FROM a WHERE name IS NOT NULL;');
    expect(warnings(await run({ ...files, '2.sql': sql }))).toEqual(['warning 2 narrowed: null a.name']);
  });

  test('allow accepts it', async () => {
    const claim = '-- rowproof: allow fails-on-rows a -- every name is there since 2020\n';
    const report = await run({ ...files, '2.sql': claim + files['2.sql'] });
    expect(report.findings).toEqual([]);
    expect(report.notes.map(({ kind }) => kind)).toEqual(['allowed']);
  });

  test('a failure on plain rows is reported alone, with the hazards that fail before it', async () => {
    const report = await run({
      ...files,
      '2.sql': `${files['2.sql']} ALTER TABLE a ADD COLUMN c INTEGER NOT NULL;`,
    });
    expect(report.findings.map(({ severity, statement, datasets }) => [severity, statement, datasets])).toEqual([
      ['error', 5, ['one-row', 'awkward']],
      ['warning', 2, ['awkward']],
    ]);
  });
});

describe('reports', () => {
  const files = {
    '1.sql': 'CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);',
    '2.sql': `CREATE TABLE n (id INTEGER PRIMARY KEY, email TEXT NOT NULL); INSERT INTO n SELECT id, email FROM users;
      DROP TABLE users; ALTER TABLE n RENAME TO users;`,
  };

  test('the terminal shows the required rows and the query for them', async () => {
    const text = render(await run(files), 'terminal');
    expect(text).toContain('It needs a row of users whose email is NULL.');
    expect(text).toContain('Ask     SELECT "id" FROM "users" WHERE email IS NULL');
    expect(text).toMatch(/2 +✓ +✓ +!$/m);
    expect(text).toContain('0 errors, 1 warning, 0 notes');
  });

  test('JSON has the hazards', async () => {
    const { findings }: { findings: { hazards: unknown }[] } = JSON.parse(render(await run(files), 'json'));
    expect(findings.map(({ hazards }) => hazards)).toEqual([
      [
        {
          kind: 'null',
          table: 'users',
          columns: ['email'],
          needs: 'a row of users whose email is NULL',
          query: 'SELECT "id" FROM "users" WHERE email IS NULL',
          listsRows: true,
        },
      ],
    ]);
  });

  test('the terminal shows three of many hazards, and JSON all', async () => {
    const columns = ['a', 'b', 'c', 'd', 'e'];
    const report = await run({
      '1.sql': `CREATE TABLE t (id INTEGER PRIMARY KEY, ${columns.map((name) => `${name} TEXT`).join(', ')});`,
      '2.sql': `CREATE TABLE n (id INTEGER PRIMARY KEY, ${columns.map((name) => `${name} TEXT NOT NULL`).join(', ')});
        INSERT INTO n SELECT * FROM t; DROP TABLE t; ALTER TABLE n RENAME TO t;`,
    });
    expect(report.findings.map(({ hazards }) => hazards.length)).toEqual([5]);
    const text = render(report, 'terminal');
    expect(text.match(/^ +Ask /gm)).toHaveLength(3);
    expect(text).toMatch(/or one of 2 other\s+conditions\./);
  });
});

test('a key that a later migration builds from a number hides nothing', async () => {
  const report = await run(
    {
      '1.sql': 'CREATE TABLE a (number INTEGER, name TEXT);',
      '2.sql': `CREATE TABLE n (number INTEGER PRIMARY KEY, name TEXT); INSERT INTO n SELECT number, name FROM a;
        DROP TABLE a; ALTER TABLE n RENAME TO a;`,
    },
    { dataset: ['awkward'] },
  );
  expect(warnings(report)).toEqual([
    'warning 2 key-invented: null a.number',
    'warning 2 unique-meets-duplicates: null a.number, duplicate a.number',
    'warning 2 type-mismatch: text-in-number a.number',
  ]);
});

describe('a duplicate is reported with the columns that must be equal', () => {
  const files = {
    '1.sql': `CREATE TABLE p (id INTEGER PRIMARY KEY);
      CREATE TABLE a (id INTEGER PRIMARY KEY, p_id INTEGER REFERENCES p (id), code TEXT, name TEXT);`,
    '2.sql': `CREATE TABLE n (id INTEGER PRIMARY KEY, p_id INTEGER REFERENCES p (id), code TEXT, name TEXT);
      INSERT INTO n SELECT min(id), p_id, code, name FROM a GROUP BY p_id, code;
      DROP TABLE a; ALTER TABLE n RENAME TO a;`,
  };

  test('another parent and another text narrow those columns', async () => {
    const stray = 'warning 2 orphans-under-declared-key: orphan a.p_id';
    expect(warnings(await run(files))).toEqual(['warning 2 narrowed: duplicate a.p_id+code', stray]);
    const byCode = { ...files, '2.sql': files['2.sql'].replace('p_id, code;', 'code;') };
    expect(warnings(await run(byCode))).toEqual(['warning 2 narrowed: null a.code, duplicate a.code', stray]);
  });

  test('GROUP BY counts NULLs as equal', async () => {
    const { findings } = await run(files);
    expect(findings[0]?.hazards[0]?.query).toBe(
      'SELECT "id" FROM "a" WHERE "id" NOT IN (SELECT min("id") FROM "a" GROUP BY p_id, code)',
    );
  });
});

describe('a recursive query that counts up to a value ends', () => {
  const plays =
    'CREATE TABLE plays (id INTEGER PRIMARY KEY, play_count INTEGER NOT NULL); CREATE TABLE play_dates (play_id INTEGER, n INTEGER);';
  const steps = `WITH steps(id, n, last) AS
    (SELECT id, 1, play_count FROM plays UNION ALL SELECT id, n + 1, last FROM steps WHERE n < last)`;

  test.each<[where: string, before: string, step: string]>([
    ['the migration', '', `${steps} INSERT INTO play_dates SELECT id, n FROM steps;`],
    [
      'a view',
      `CREATE VIEW every_play AS ${steps} SELECT id, n FROM steps;`,
      'INSERT INTO play_dates SELECT * FROM every_play;',
    ],
    [
      'a view that a trigger reads when a row is inserted',
      `CREATE VIEW every_play AS ${steps} SELECT id, n FROM steps;
       CREATE TRIGGER note AFTER INSERT ON plays BEGIN INSERT INTO play_dates SELECT * FROM every_play; END;`,
      'UPDATE plays SET id = id;',
    ],
  ])('in %s', async (_, before, step) => {
    const report = await run({ '1.sql': plays + before, '2.sql': step });
    expect(report.summary.migrations).toBe(2);
  });
});

describe('each hazard has a row that meets its trap', () => {
  test.each<[string, string, string, readonly string[]]>([
    [
      'two rows inside the partial index',
      'CREATE TABLE a (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL, street TEXT, is_default INTEGER NOT NULL DEFAULT 0);',
      'CREATE UNIQUE INDEX one ON a (user_id) WHERE is_default = 1;',
      ['warning 1 unique-meets-duplicates: duplicate a.user_id'],
    ],
    [
      'the same by a flag alone',
      'CREATE TABLE a (id TEXT PRIMARY KEY, wallet TEXT NOT NULL, is_primary BOOLEAN NOT NULL DEFAULT FALSE);',
      'CREATE UNIQUE INDEX one ON a (wallet) WHERE is_primary;',
      ['warning 1 unique-meets-duplicates: duplicate a.wallet'],
    ],
    [
      'the same in a table that was renamed',
      "CREATE TABLE a (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL, kind TEXT NOT NULL DEFAULT 'other');",
      "ALTER TABLE a RENAME TO b; CREATE UNIQUE INDEX one ON b (user_id) WHERE b.kind = 'main' AND b.user_id > 0;",
      ['warning 2 unique-meets-duplicates: duplicate a.user_id'],
    ],
    [
      'a child that references it',
      `CREATE TABLE p (id INTEGER PRIMARY KEY, region TEXT);
        CREATE TABLE c (id INTEGER PRIMARY KEY, p_id INTEGER NOT NULL REFERENCES p);`,
      `ALTER TABLE c ADD COLUMN region TEXT;
        UPDATE c SET region = (SELECT region FROM p WHERE p.id = c.p_id);
        ALTER TABLE c ALTER COLUMN region SET NOT NULL;`,
      ['warning 3 not-null-meets-null: null p.region'],
    ],
    [
      'another state beside it',
      `CREATE TABLE a (id INTEGER PRIMARY KEY, slot TEXT, state TEXT NOT NULL DEFAULT 'draft');`,
      `ALTER TABLE a ADD CHECK (state = 'draft' OR slot IS NOT NULL);`,
      ['warning 1 check-meets-rows: null a.slot'],
    ],
    [
      'NULL in the other column too',
      'CREATE TABLE a (id INTEGER PRIMARY KEY, street TEXT, url TEXT);',
      'ALTER TABLE a ADD CHECK (street IS NOT NULL OR url IS NOT NULL);',
      ['warning 1 check-meets-rows: null a.street, null a.url'],
    ],
    [
      'a plain value out of the list that is to be its parent',
      'CREATE TABLE a (id INTEGER PRIMARY KEY, genre TEXT NOT NULL);',
      `CREATE TABLE genres (name TEXT PRIMARY KEY, rank INTEGER); INSERT INTO genres (rank, name) VALUES (1, 'novel'), (2, 'poetry');
        CREATE TABLE n (id INTEGER PRIMARY KEY, genre TEXT NOT NULL REFERENCES genres (name)); INSERT INTO n SELECT * FROM a;
        DROP TABLE a; ALTER TABLE n RENAME TO a;`,
      ['warning 4 foreign-key-meets-rows: empty-text a.genre'],
    ],
    [
      'JSON in plain rows, where a new column computes from it',
      'CREATE TABLE a (id INTEGER PRIMARY KEY, body TEXT NOT NULL);',
      `ALTER TABLE a ADD COLUMN event TEXT NOT NULL AS (json_extract(body, '$.event')) VIRTUAL;`,
      [
        'warning 1 malformed-json: malformed-json a.body, empty-text a.body',
        'warning 1 not-null-meets-null: empty-json a.body',
      ],
    ],
  ])('%s', async (_name, before, sql, expected) => {
    expect(warnings(await run({ '1.sql': before, '2.sql': sql }))).toEqual(expected);
  });

  test('its SELECT asks only for the columns of the index, in its condition', async () => {
    const { findings } = await run({
      '1.sql': 'CREATE TABLE a (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL, ended_on TEXT);',
      '2.sql': 'CREATE UNIQUE INDEX one ON a (user_id) WHERE ended_on IS NULL;',
    });
    expect(findings[0]?.hazards.find(({ kind }) => kind === 'duplicate')?.query).toBe(
      'SELECT "id" FROM "a" WHERE (ended_on IS NULL) AND (user_id IN (SELECT user_id FROM "a" WHERE (ended_on IS NULL) GROUP BY user_id HAVING count(*) > 1))',
    );
  });
});
