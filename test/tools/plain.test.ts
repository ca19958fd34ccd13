import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { HarnessError, type HarnessErrorCode } from '../../src/errors.ts';
import { readHistory } from '../../src/tools/history.ts';
import { folderWith } from '../temporary.ts';

const table = 'CREATE TABLE a (b);';

function refusal(work: () => unknown): HarnessError {
  try {
    work();
  } catch (error) {
    if (error instanceof HarnessError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('readHistory', () => {
  test('orders by number, with any digits; gaps are allowed', () => {
    const folder = folderWith({
      '10_c.sql': table,
      '0002-b.sql': table,
      '1.sql': table,
      '1700000000000_d.up.sql': table,
    });
    const { migrations } = readHistory(folder);
    expect(migrations.map(({ position, id, name }) => [position, id, name])).toEqual([
      [1, '1', '1'],
      [2, '0002', '0002-b'],
      [3, '10', '10_c'],
      [4, '1700000000000', '1700000000000_d'],
    ]);
    expect(migrations[1]?.file).toBe(`${folder}/0002-b.sql`);
  });

  test('down files and files without a number are ignored and listed', () => {
    const folder = folderWith({
      '1_a.up.sql': table,
      '1_a.down.sql': 'DROP TABLE a;',
      'schema.sql': table,
      'README.md': '',
      'old/0001_x.sql': table,
    });
    const { migrations, ignored } = readHistory(folder);
    expect(migrations).toHaveLength(1);
    expect(ignored.map(({ file, reason }) => [file.split('/').at(-1), reason])).toEqual([
      ['1_a.down.sql', 'it is a down migration'],
      ['old', 'it is a folder, and the 1 SQL file in it is not read'],
      ['schema.sql', 'its name does not begin with a number'],
    ]);
  });

  test('endings are read in letters of any case', () => {
    const folder = folderWith({
      '0001_a.sql': table,
      '0002_b.SQL': table,
      '0003_c.Up.Sql': table,
      '0003_c.DOWN.SQL': 'DROP TABLE a;',
      '0004_d.TS': 'export {}',
      '0004_d.D.TS': '',
      'Schema.SQL': table,
    });
    const { migrations, ignored } = readHistory(folder);
    expect(migrations.map(({ name, kind, statements }) => [name, kind, statements.length])).toEqual([
      ['0001_a', 'sql', 1],
      ['0002_b', 'sql', 1],
      ['0003_c', 'sql', 1],
      ['0004_d', 'code', 0],
    ]);
    expect(ignored.map(({ file }) => file.split('/').at(-1))).toEqual(['0003_c.DOWN.SQL', 'Schema.SQL']);
  });

  test('files that look like SQL and are not read are listed with the reason', () => {
    const names = ['0002_b.sql.bak', '0002_b.sql~', '0003_c.sql ', '.0004_d.sql.swp', '0005_e.psql', '0006_f.SQL.txt'];
    const folder = folderWith({
      '0001_a.sql': table,
      ...Object.fromEntries(names.map((name) => [name, table])),
      '0007_g.sql/keep': '',
      'archive/0001_x.SQL': table,
      'archive/0002_y.sql': table,
      'notes/a.md': '',
      'app.sqlite': '',
    });
    const reasons = Object.fromEntries(
      readHistory(folder).ignored.map(({ file, reason }) => [file.slice(folder.length + 1), reason]),
    );
    expect(reasons).toEqual({
      ...Object.fromEntries(names.map((name) => [name, 'its name does not end in .sql'])),
      '0007_g.sql': 'it is a folder',
      archive: 'it is a folder, and the 2 SQL files in it are not read',
    });
  });

  test('programs are kept as code, type declarations are not kept', () => {
    const folder = folderWith({ '1_a.sql': table, '2_b.js': 'export {}', '2_b.d.ts': 'export {}' });
    expect(readHistory(folder).migrations.map(({ kind }) => kind)).toEqual(['sql', 'code']);
  });

  test('an empty file is a migration without statements', () => {
    const folder = folderWith({ '1_a.sql': '', '2_b.sql': '-- nothing yet\n' });
    expect(readHistory(folder).migrations.map(({ statements }) => statements.length)).toEqual([0, 0]);
  });

  test('a byte order mark and CRLF change neither statements nor hash', () => {
    const unix = readHistory(folderWith({ '1_a.sql': 'CREATE TABLE a (\n  b\n);\nDROP TABLE a;\n' })).migrations[0];
    const windows = readHistory(folderWith({ '1_a.sql': '\ufeffCREATE TABLE a (\r\n  b\r\n);\r\nDROP TABLE a;\r\n' }))
      .migrations[0];
    expect(windows?.hash).toBe(unix?.hash);
    expect(windows?.statements.map(({ line }) => line)).toEqual([1, 4]);
    expect(windows?.statements[0]?.head.verb).toBe('create-table');
  });

  test('rowproof comments do not change the hash, others do', () => {
    const hashOf = (sql: string): string | undefined => readHistory(folderWith({ '1_a.sql': sql })).migrations[0]?.hash;
    expect(hashOf(`-- rowproof: foreign_keys=off\n${table}`)).toBe(hashOf(table));
    expect(hashOf(`-- why\n${table}`)).not.toBe(hashOf(table));
  });

  test('distinguishes a file that begins its own transaction from one that relies on ours', () => {
    const own = (sql: string): boolean | undefined =>
      readHistory(folderWith({ '1_a.sql': sql })).migrations[0]?.ownTransaction;
    expect(own(`PRAGMA foreign_keys=OFF; BEGIN; ${table} COMMIT;`)).toBe(true);
    expect(own(`COMMIT; PRAGMA foreign_keys=OFF; BEGIN; ${table}`)).toBe(false);
    expect(own('CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; END;')).toBe(false);
  });

  test('runs files of one number in the order of their names, unless its own ledger of numbers is to hold them', () => {
    const folder = folderWith({ '0001_b.up.sql': table, '0001_a.up.sql': table, '0002_c.up.sql': table });
    const ids = readHistory(folder).migrations.map(({ id }) => id);
    expect(ids).toEqual(['0001_a', '0001_b', '0002']);
    const code = (): string => {
      try {
        readHistory(folder, null, { tool: 'rowproof', driver: null });
        return 'read';
      } catch (error) {
        return error instanceof HarnessError ? error.code : String(error);
      }
    };
    expect(code()).toBe('duplicate-version');
  });

  test.each<[string, Record<string, string | Uint8Array>, HarnessErrorCode, RegExp]>([
    [
      'two files of one version',
      { '0001_a.sql': table, '1_b.sql': table },
      'duplicate-version',
      /0001_a\.sql and .*1_b\.sql both have version 1/,
    ],
    [
      'a program and a file of one version',
      { '1_a.sql': table, '1_b.ts': '' },
      'duplicate-version',
      /1_a\.sql and .*1_b\.ts/,
    ],
    [
      'names that differ in the case of letters alone',
      { '0002_b.sql': table, '0002_B.SQL': table },
      'duplicate-version',
      /0002_B\.SQL and .*0002_b\.sql both have version 2/,
    ],
    ['no file at all', {}, 'folder-empty', /it is empty/],
    ['no file with a number', { 'a.sql': table }, 'folder-empty', /none of its 1 files has a name like 0001_name\.sql/],
    ['programs alone', { '1_a.ts': '', '2_b.ts': '' }, 'folder-empty', /its 2 numbered files are programs/],
    ['a number beyond 2^53', { '99999999999999999999_a.sql': table }, 'version-too-large', /99999999999999999999/],
    [
      'Latin-1 text',
      { '1_a.sql': Buffer.from("INSERT INTO a VALUES ('caf\xe9');", 'latin1') },
      'file-not-utf8',
      /1_a\.sql is not UTF-8 text \(byte 27\)/,
    ],
    ['UTF-16 text', { '1_a.sql': Buffer.from(`\ufeff${table}`, 'utf16le') }, 'file-not-utf8', /but UTF-16/],
    ['a NUL byte', { '1_a.sql': 'CREATE TABLE a (b);\0 DROP TABLE a;' }, 'file-not-utf8', /byte 20/],
    ['a malformed journal', { '0000_a.sql': table, 'meta/_journal.json': '{}' }, 'bad-journal', /no list of entries/],
    ['a journal that is not JSON', { '0000_a.sql': table, 'meta/_journal.json': '{' }, 'bad-journal', /is not JSON/],
    [
      'a journal that lists a missing file',
      { '0000_a.sql': table, 'meta/_journal.json': '{"dialect":"sqlite","entries":[{"idx":0,"tag":"0001_b"}]}' },
      'bad-journal',
      /lists 0001_b\.sql, which does not exist/,
    ],
    [
      'a journal of another database',
      { '0000_a.sql': table, 'meta/_journal.json': '{"dialect":"postgresql","entries":[{"idx":0,"tag":"0000_a"}]}' },
      'bad-journal',
      /"postgresql" instead of sqlite/,
    ],
    [
      'a snapshot of drizzle-kit 1.0 for another database',
      { '20240101000000_a/migration.sql': table, '20240101000000_a/snapshot.json': '{"dialect":"postgresql"}' },
      'bad-journal',
      /snapshot\.json has the dialect "postgresql" instead of sqlite/,
    ],
    [
      'a snapshot of drizzle-kit 1.0 that is broken',
      { '20240101000000_a/migration.sql': table, '20240101000000_a/snapshot.json': '{"dialect":' },
      'bad-journal',
      /snapshot\.json is not JSON with a dialect/,
    ],
    [
      'a folder of drizzle-kit 1.0 with the journal of 0.x',
      {
        '20240101000000_a/migration.sql': table,
        '20240101000000_a/snapshot.json': '{"dialect":"sqlite"}',
        'meta/_journal.json': '{"dialect":"sqlite","entries":[]}',
      },
      'folder-of-another-tool',
      /drizzle-kit 0\.x .* and of drizzle-kit 1\.0/,
    ],
    [
      'two files of dbmate with one version',
      { '1_a.sql': `-- migrate:up\n${table}`, '01_b.sql': `-- migrate:up\n${table}` },
      'duplicate-version',
      /both have version 1\./,
    ],
    [
      'two files of Flyway with one version',
      { 'V1.2__a.sql': table, 'V1_2__b.sql': table },
      'duplicate-version',
      /both have version 1\.2\./,
    ],
    [
      'migrations of Prisma for another database',
      { '20240101000000_a/migration.sql': table, 'migration_lock.toml': 'provider = "postgresql"' },
      'folder-of-another-tool',
      /for postgresql, not SQLite/,
    ],
    [
      'folders of both Prisma and drizzle',
      { '20240101000000_a/migration.sql': table },
      'folder-of-another-tool',
      /of Prisma or of drizzle/,
    ],
    [
      'the files of two tools',
      { '1_a.sql': `-- +goose Up\n${table}`, '2_b.sql': `-- migrate:up\n${table}\n-- migrate:down\n` },
      'folder-of-another-tool',
      /goose .* and of dbmate/,
    ],
    ['numbered folders without an up.sql', { '1-a/down.sql': table }, 'folder-empty', /it is empty/],
    [
      'a directive without a reason',
      { '1_a.sql': `-- rowproof: allow rows-lost a\n${table}` },
      'bad-directive',
      /1_a\.sql:1/,
    ],
    [
      'an unknown directive',
      { '1_a.sql': `\n-- rowproof: foreign_keys=maybe\n${table}` },
      'bad-directive',
      /1_a\.sql:2.*foreign_keys=maybe/,
    ],
    [
      'a directive below the first statement',
      { '1_a.sql': `${table}\n-- rowproof: foreign_keys=off\n` },
      'bad-directive',
      /1_a\.sql:2/,
    ],
  ])('%s', (_name, files, code, message) => {
    const error = refusal(() => readHistory(folderWith(files)));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(error.remedy).not.toBeNull();
  });

  test('a missing folder and a file in its place are refused', () => {
    const folder = folderWith({ 'a.sql': table });
    expect(refusal(() => readHistory(join(folder, 'gone'))).code).toBe('folder-missing');
    expect(refusal(() => readHistory(join(folder, 'a.sql'))).message).toMatch(/is a file, not a folder/);
  });

  test('reads every directive', () => {
    const sql = [
      '-- rowproof: foreign_keys=off',
      '-- rowproof: allow rows-lost runs -- nobody reads them',
      '-- rowproof: allow values-changed runs.status -- renamed states',
      '-- rowproof: assume users.email is unique -- the service checks it',
      '-- rowproof: assume runs.user_id has parent users.id -- enforced since 2019',
      table,
    ].join('\n');
    expect(readHistory(folderWith({ '1_a.sql': sql })).migrations[0]?.directives).toEqual([
      { kind: 'foreign-keys-off', line: 1 },
      { kind: 'allow', code: 'rows-lost', table: 'runs', column: null, reason: 'nobody reads them', line: 2 },
      { kind: 'allow', code: 'values-changed', table: 'runs', column: 'status', reason: 'renamed states', line: 3 },
      {
        kind: 'assume',
        table: 'users',
        column: 'email',
        assumption: 'is unique',
        parent: null,
        reason: 'the service checks it',
        line: 4,
      },
      {
        kind: 'assume',
        table: 'runs',
        column: 'user_id',
        assumption: 'has parent',
        parent: { table: 'users', column: 'id' },
        reason: 'enforced since 2019',
        line: 5,
      },
    ]);
  });
});
