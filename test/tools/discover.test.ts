/** Pointed at a repository, rowproof finds the folder of migrations in it. */
import { describe, expect, test } from 'vitest';
import { discoverMigrations } from '../../src/tools/discover.ts';
import { folderWith } from '../temporary.ts';

const sql = 'CREATE TABLE a (b);';

/** The folders found, relative to the repository. */
function found(files: Readonly<Record<string, string>>): string[] {
  const root = folderWith(files);
  return discoverMigrations(root).map((path) => path.slice(root.length + 1));
}

describe('a repository', () => {
  test.each([
    ['a usual place', { 'migrations/0001_a.sql': sql, 'src/index.ts': '' }, ['migrations']],
    ['a package of several', { 'packages/api/src/db/migrations/1_a.sql': sql }, ['packages/api/src/db/migrations']],
    ['a place of its own', { 'server/store/schema/001_a.sql': sql }, ['server/store/schema']],
    ['a folder that a tool recognises', { 'state/x/up.sql': sql, 'state/1-a/up.sql': sql }, ['state']],
    ['itself', { '0001_a.sql': sql }, ['']],
    ['programs', { 'db/migrate/20200101000000_create_a.rb': '' }, ['db/migrate']],
    ['two of them', { 'a/migrations/1_a.sql': sql, 'b/migrations/1_a.sql': sql }, ['a/migrations', 'b/migrations']],
  ] as const)('with %s', (_, files, expected) => {
    expect(found(files)).toEqual(expected);
  });

  test.each([
    [
      'a usual name before numbered files elsewhere',
      { 'db/migrations/1_a.sql': sql, 'queries/1_b.sql': sql },
      'db/migrations',
    ],
    ['its own before those of tests', { 'test/migrations/1_b.sql': sql, 'sql/1_a.sql': sql }, 'sql'],
    ['its own before those of packages', { 'node_modules/x/migrations/1_b.sql': sql, 'sql/1_a.sql': sql }, 'sql'],
    [
      'the folder of a database below a usual name',
      { 'store/migrations/sqlite/1_a.sql': sql },
      'store/migrations/sqlite',
    ],
    [
      'its own before those that test migrations',
      {
        'src/migrations/1_a.sql': sql,
        'src/migration-tests/1_a.sql': sql,
        'client/testfixture/migrations/1_a.sql': sql,
      },
      'src/migrations',
    ],
    [
      'SQL before programs that no tool claims',
      { 'migrations/1_a.sql': sql, 'src/jobs/migrations/00001-tidy.ts': 'export const run = () => {};' },
      'migrations',
    ],
    [
      'its own before those for a server on Postgres',
      { 'crates/app/migrations/1_a.sql': sql, 'crates/cloud/migrations/1_a.sql': 'CREATE TABLE a (b TIMESTAMPTZ);' },
      'crates/app/migrations',
    ],
    [
      'its own before a journal of another dialect',
      {
        'app/drizzle/0000_a.sql': sql,
        'app/drizzle/meta/_journal.json': '{ "dialect": "sqlite", "entries": [] }',
        'web/drizzle/0000_a.sql': sql,
        'web/drizzle/meta/_journal.json': '{ "dialect": "postgresql", "entries": [] }',
      },
      'app/drizzle',
    ],
    [
      'words of another database in comments for nothing',
      { 'migrations/1_a.sql': `-- a TIMESTAMPTZ in the cloud\n${sql}` },
      'migrations',
    ],
    ['its own before the rows beside it', { 'seeds/0001_b.sql': sql, 'schema/0001_a.sql': sql }, 'schema'],
  ] as const)('takes %s', (_, files, expected) => {
    expect(found(files)).toEqual([expected]);
  });

  test.each([
    ['numbered scripts', { 'scripts/01-build.ts': '' }],
    ['notes that begin with a year', { '2024-plan.md': '', 'docs/0001-decision.md': '' }],
    ['nothing', {}],
  ] as const)('of %s holds no migrations', (_, files) => {
    expect(found(files)).toEqual([]);
  });
});

test('folders of another database are named where there is nothing else', () => {
  expect(found({ 'migrations/1_a.sql': 'CREATE TABLE a (b BIGSERIAL);' })).toEqual(['migrations']);
});

test('folders of other databases are skipped, deep ones are found', () => {
  const sql = 'CREATE TABLE a (b);';
  const root = folderWith({
    'server/src/flyway/resources/db/migration/mysql/V1__a.sql': sql,
    'server/src/flyway/resources/db/migration/sqlite/V1__a.sql': sql,
    'crates/app-server-postgres/migrations/1_a.sql': sql,
    'pgadmin/PostgreSQL/1_a.sql': sql,
  });
  expect(discoverMigrations(root).map((path) => path.slice(root.length + 1))).toEqual([
    'server/src/flyway/resources/db/migration/sqlite',
  ]);
});
