/** The three steps of each sample, run by rowproof and by the tool itself: the same tables, rows and ledger come out. */
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { check, seed } from '../../src/api.ts';
import { readHistory } from '../../src/tools/history.ts';
import { some } from '../breadth.ts';
import { contentOf } from './content.ts';
import { rowsAfterFirst, sampleWith, standsInForMissing } from './project.ts';
import { knex, kysely, kyselyOf028, mikroOrm, type RealStep, typeorm, typeormOf03, umzug } from './real-tools.ts';

/** Names of packages here, by those in the project. */
type Versions = Readonly<Record<string, string>>;

/** [title, sample, folder, the tool itself (null where it needs a driver that is not installed here), rows of users/posts/comments after step 3, the line of the user's that loses them, packages of an earlier version] */
const samples: readonly (readonly [string, string, string, RealStep | null, string, string | null, Versions])[] = [
  ['Knex', 'knex', 'migrations', knex, '2/0/0', '20260103000000_display_name_required.js:2', {}],
  ['Kysely 0.29', 'kysely', 'migrations', kysely, '2/2/3', null, {}],
  ['Kysely 0.28', 'kysely', 'migrations', kyselyOf028, '2/2/3', null, { kysely: 'kysely-0-28' }],
  ['TypeORM 1', 'typeorm', 'src/migrations', typeorm, '2/2/3', null, {}],
  ['TypeORM 0.3', 'typeorm', 'src/migrations', typeormOf03, '2/2/3', null, { typeorm: 'typeorm-0-3' }],
  [
    'MikroORM',
    'mikro-orm',
    'src/migrations',
    mikroOrm,
    '2/0/0',
    'Migration20261129202408_display_name_required.ts:11',
    {},
  ],
  ['Umzug', 'umzug', 'migrations', umzug, '2/0/0', '2026.01.03T00.00.00.display-name-required.ts:8', {}],
  ['sequelize-cli', 'sequelize-cli', 'migrations', null, '2/0/0', '20260103000000-display-name-required.js:4', {}],
];

/** A loss, and the PRAGMA inside of a transaction that was to prevent it. */
const known: ReadonlySet<string> = new Set(['rows-lost', 'pragma-without-effect']);

describe.each(
  some(
    samples.filter(([, tool]) => tool !== 'sequelize-cli' || standsInForMissing),
    3,
  ),
)('%s', (_title, tool, place, runReal, expected, line, versions) => {
  const project = (): string => {
    const first = readHistory(join(import.meta.dirname, 'samples', tool, place)).migrations[0]?.id ?? '1';
    return sampleWith(tool, `${first}_rows`, versions);
  };

  test('leaves the rows and the ledger that the tool itself leaves', async () => {
    const folder = project();
    const [ours, theirs] = [join(folder, 'ours.db'), join(folder, 'theirs.db')];
    const config = { migrations: join(folder, place), seeds: join(folder, 'rows'), programs: true };
    await seed(config, { dataset: ['fixture'], file: ours });
    if (runReal !== null) {
      await runReal(folder, theirs);
      const db = new Sqlite(theirs);
      db.exec(rowsAfterFirst);
      db.close();
      await runReal(folder, theirs);
      await runReal(folder, theirs);
      expect(contentOf(ours)).toEqual(contentOf(theirs));
    }
    const counts = new Sqlite(ours, { readonly: true });
    const rows = ['users', 'posts', 'comments'].map((table) =>
      counts.prepare(`SELECT count(*) FROM ${table}`).pluck().get(),
    );
    counts.close();
    expect(rows.join('/')).toBe(expected);
  });

  test('shows what the history loses, at the line of the user’s that loses it', async () => {
    const folder = project();
    const { findings, steps } = await check({
      ...{ migrations: join(folder, place), seeds: join(folder, 'rows'), programs: true },
      dataset: ['fixture', 'one-row', 'typical'],
    });
    expect(steps.map(({ outcome }) => outcome)).not.toContain('skipped');
    const lost = findings.filter(({ code }) => code === 'rows-lost');
    expect(lost.map(({ file, line: at }) => `${file?.slice(folder.length + place.length + 2)}:${at}`)).toEqual(
      line === null ? [] : [line],
    );
    expect(findings.filter(({ code, severity }) => severity === 'error' && !known.has(code))).toEqual([]);
  });
});
