import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { check } from '../src/api.ts';
import type { Config } from '../src/config.ts';
import type { Finding } from '../src/model/finding.ts';
import type { Profile } from '../src/model/profile.ts';
import type { Report } from '../src/model/report.ts';
import { printProfile } from '../src/profile/print.ts';
import { rowproof } from './cli/run.ts';
import { captured } from './profile/capturing.ts';
import { folderWith } from './temporary.ts';

const people = `CREATE TABLE people (id INTEGER PRIMARY KEY, email TEXT, town TEXT);
  CREATE TABLE notes (id INTEGER PRIMARY KEY, person_id INTEGER, body TEXT);`;
const rows = `INSERT INTO people VALUES (1, 'ann@mail.example', 'Here'), (2, 'ann@mail.example', NULL), (3, 'bob@mail.example', 'There');
  INSERT INTO notes VALUES (1, 1, '{}'), (2, 9, '{"a":'), (3, 3, '[1]');`;
const later = 'CREATE TABLE tags (id INTEGER PRIMARY KEY, name TEXT NOT NULL);';

/** The shape of production at a version, or at one that it does not tell. */
function production(at: number | null, sql = people + rows): Profile {
  return captured(sql, { at });
}

function project(migrations: readonly string[], profile: Profile | string): string {
  const files = migrations.map((sql, i) => [`migrations/000${i + 1}_step.sql`, sql]);
  const text = typeof profile === 'string' ? profile : printProfile(profile);
  return folderWith({ ...Object.fromEntries(files), 'seeds/production.profile.json': text });
}

function run(folder: string, config: Config = {}): Promise<Report> {
  return check({ migrations: join(folder, 'migrations'), dataset: ['profile'], ...config });
}

function only({ findings }: Report): Finding {
  const [finding, second] = findings;
  if (finding === undefined || second !== undefined)
    throw new Error(`one finding expected: ${JSON.stringify(findings)}`);
  return finding;
}

describe('what production has not', () => {
  const unique = 'CREATE UNIQUE INDEX people_email ON people (email);';
  const without = people + rows.replace("(2, 'ann@", "(2, 'eve@");

  test.each<[string, Profile, string[], boolean]>([
    ['is left out of the warnings, and that is said', production(1, without), [], true],
    ['is a warning as long as no profile tells', production(2, without), ['warning'], false],
  ])('%s', async (_name, profile, severities, isSaid) => {
    const folder = project([people, unique], profile);
    const report = await run(folder, { dataset: ['awkward'] });
    expect(report.findings.map(({ severity }) => severity)).toEqual(severities);
    expect(
      report.notes.some(({ text }) => /production\.profile\.json shows that production has no such row/.test(text)),
    ).toBe(isSaid);
  });
});

describe('a migration that fails only on rows like those of production', () => {
  test.each<[string, string]>([
    ['UNIQUE over duplicates', 'CREATE UNIQUE INDEX people_email ON people (email);'],
    [
      'NOT NULL over NULL',
      'CREATE TABLE n (id INTEGER PRIMARY KEY, town TEXT NOT NULL); INSERT INTO n SELECT id, town FROM people;',
    ],
    [
      'a foreign key over orphans',
      'CREATE TABLE n (id INTEGER PRIMARY KEY, person_id INTEGER REFERENCES people(id)); INSERT INTO n SELECT id, person_id FROM notes;',
    ],
    ['a JSON function over malformed JSON', `CREATE INDEX notes_a ON notes (json_extract(body, '$.a'));`],
  ])('%s', async (_name, sql) => {
    const folder = project([people, later, sql], production(2));
    const finding = only(await run(folder));
    expect([finding.code, finding.severity, finding.migration, finding.datasets]).toEqual([
      'fails-on-rows',
      'error',
      '0003_step',
      ['profile'],
    ]);
    // Plain rows do not show it.
    expect((await run(folder, { dataset: ['one-row', 'typical'] })).findings).toEqual([]);
  });

  test('its values are not shown, unless they are asked for', async () => {
    const rebuild =
      'CREATE TABLE n (id TEXT PRIMARY KEY, note TEXT NOT NULL); INSERT INTO n SELECT id, town FROM people;';
    const folder = project(['CREATE TABLE people (id TEXT PRIMARY KEY, town TEXT);', rebuild], {
      ...captured(`CREATE TABLE people (id TEXT PRIMARY KEY, town TEXT); INSERT INTO people VALUES ('p-1', NULL);`, {
        at: 1,
      }),
    });
    const held = (report: Report) => JSON.stringify(only(report).facts);
    expect(held(await run(folder))).toContain('"key":null');
    expect(held(await run(folder, { includeValues: true }))).not.toContain('"key":null');
  });
});

describe('rows go in', () => {
  const failing = 'CREATE UNIQUE INDEX people_email ON people (email);';

  test('at the version of the profile and not before', async () => {
    const report = await run(project([people, failing, 'DROP INDEX people_email;'], production(3)));
    expect(report.findings).toEqual([]);
  });

  test('at the first version that has its tables, where it tells none', async () => {
    const finding = only(await run(project([later, people, failing], production(null))));
    expect(finding.migration).toBe('0003_step');
  });

  test('where its tables are, where its version is none of the history', async () => {
    const report = await run(project([people, failing], production(20240101)));
    expect(only(report).migration).toBe('0002_step');
    expect(report.notes).toContainEqual(
      expect.objectContaining({
        ...{ code: 'profile-of-other-version', dataset: 'profile' },
        facts: { file: expect.stringContaining('production.profile.json'), version: 20240101 },
      }),
    );
  });

  test('as far as profile and schema go together, and the rest is told', async () => {
    const elsewhere = `${people} CREATE TABLE gone (id INTEGER); ALTER TABLE people ADD COLUMN age INTEGER; ${rows.replaceAll(/('Here'|NULL\)|'There')/g, (text) => (text === 'NULL)' ? 'NULL, 3)' : `${text}, 3`))}`;
    const folder = project([people, 'ALTER TABLE notes ADD COLUMN kind TEXT;'], production(null, elsewhere));
    expect((await run(folder)).notes).toMatchObject([
      { code: 'profile-has-more', dataset: 'profile', facts: { names: ['people.age', 'gone'], version: '2' } },
      { code: 'profile-has-less', dataset: 'profile', facts: { names: ['notes.kind'] } },
    ]);
  });

  test('once: what a migration deletes stays away, and new tables get plain rows', async () => {
    const folder = project(
      [people, `DELETE FROM notes; ${later}`, 'DELETE FROM notes; DELETE FROM tags;'],
      production(1),
    );
    const report = await run(folder);
    expect(report.findings.map(({ table, migration, facts }) => [migration, table, JSON.stringify(facts)])).toEqual([
      ['0002_step', 'notes', expect.stringContaining('3')],
      ['0003_step', 'tags', expect.stringContaining('10')],
    ]);
  });

  test('as many as the scale says', async () => {
    const folder = project([people, 'DELETE FROM people;'], production(1));
    const lost = async (scale: number) => JSON.stringify(only(await run(folder, { scale })).facts);
    expect(await lost(100)).toContain('300');
    expect(await lost(0.01)).toContain('1');
    const { notes } = await run(folder, { scale: 0.01 });
    const facts = { scale: 0.01, tables: ['people', 'notes'] };
    expect(notes).toContainEqual(expect.objectContaining({ code: 'scale-too-small', dataset: 'profile', facts }));
  });
});

describe('input', () => {
  test('a profile in the seeds is a dataset of its own accord', async () => {
    const folder = project([people], production(1));
    const { datasets } = await check({ migrations: join(folder, 'migrations') });
    expect(datasets).toContain('profile');
    expect((await check({ migrations: join(folder, 'migrations'), dataset: ['one-row'] })).datasets).not.toContain(
      'profile',
    );
  });

  test('the command line names another one, and a scale', () => {
    const folder = project([people, 'DELETE FROM people;'], '{}');
    const other = folderWith({ 'shape.json': printProfile(production(1)) });
    const flags = [
      '--dataset',
      'profile',
      '--profile',
      join(other, 'shape.json'),
      '--scale',
      '0.5',
      '--format',
      'json',
    ];
    const { stdout } = rowproof(['check', join(folder, 'migrations'), ...flags]);
    expect(stdout).toContain('2 of 2 rows');
  });

  test.each<[string, Config, string]>([
    ['none', { seeds: 'empty' }, 'bad-config'],
    ['one that is not there', { profile: 'nowhere.json' }, 'file-unreadable'],
    ['one that is no profile', {}, 'bad-profile'],
    ['a scale that is none', { scale: 0 }, 'bad-config'],
  ])('%s', async (_name, config, code) => {
    const folder = project([people], '{}');
    const empty = folderWith({ 'notes.txt': '' });
    const placed = config.seeds === undefined ? config : { ...config, seeds: empty };
    await expect(run(folder, placed)).rejects.toMatchObject({ code });
  });

  test('the file of a profile is no hand-written seed', async () => {
    const folder = project([people], production(1));
    expect(readFileSync(join(folder, 'seeds/production.profile.json'), 'utf8')).not.toContain('mail.example');
    expect((await check({ migrations: join(folder, 'migrations') })).datasets).not.toContain('fixture');
  });
});
