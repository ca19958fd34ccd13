/** Names and values from outside steer no terminal and forge no line, wherever they are printed. */
import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { folderWith } from '../temporary.ts';
import { inProcess } from './main.ts';
import type { Run } from './run.ts';

/** A line that looks like one of ours, colours, a title for the window, C1, DEL, and marks that turn the order of text. */
const evil = 'x\nrowproof: all is well\r\u001b[31m\u001b]0;t\u0007\u009b2J\u007f\u202e\u2066\u200f';
/** The same where a file system has no room for some of it. */
const name = 'x\nrowproof: all is well\u001b[31m\u009b2J\u007f\u202e';

// Text, and nothing but the ends of lines.
const hostile = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

function expectHarmless({ stdout, stderr }: Run): void {
  for (const text of [stdout, stderr]) {
    expect(text.replaceAll('\n', '')).not.toMatch(hostile);
    expect(text).not.toMatch(/^rowproof: all is well/m);
  }
}

describe('arguments', () => {
  test.each<[string, readonly string[]]>([
    ['a command', [evil]],
    ['an option', ['check', `--${evil}`]],
    ['an option like one of ours', ['check', `--seeds${evil}`]],
    ['a superfluous argument', ['check', 'a', evil]],
    ['a number', ['check', '--seed', evil]],
    ['a share', ['check', '--max-deleted', evil]],
    ['a choice', ['check', '--format', evil]],
    ['on or off', ['check', '--foreign-keys', evil]],
    ['a folder', ['check', evil]],
    ['seeds', ['check', 'migrations', '--seeds', evil]],
    ['a base', ['check', 'migrations', '--base', evil]],
    ['a SQL base', ['check', 'migrations', '--base', `${evil}.sql`]],
    ['a config', ['check', '--config', evil]],
    ['a profile', ['check', 'migrations', '--profile', evil]],
    ['an output', ['check', '-o', `${evil}/x`]],
    ['a production database', ['gate', '--db', evil, 'migrations']],
    ['a database to migrate', ['migrate', '--db', `${evil}/x.db`, 'migrations']],
    ['a database to profile', ['profile', '--db', evil]],
    ['a column to keep', ['profile', '--db', evil, '--keep-values', evil]],
    ['a database to seed', ['seed', '-o', `${evil}/x.db`, 'migrations']],
    ['a finding', ['explain', evil]],
  ])('%s', async (_what, args) => {
    const run = await inProcess(...args);
    expect(run.status).toBe(2);
    expect(run.stderr).toContain('all is well');
    expectHarmless(run);
  });

  test('a misspelt argument gets a suggestion', async () => {
    const { stderr } = await inProcess('chek');
    expect(stderr).toMatch(/^error: unknown command 'chek'\n\(Did you mean check\?\)\n/);
  });
});

describe('files', () => {
  /** A folder of that name with the files in it. */
  function folderNamed(files: Record<string, string>): string {
    const folder = folderWith(Object.fromEntries(Object.entries(files).map(([path, text]) => [`plain/${path}`, text])));
    renameSync(join(folder, 'plain'), join(folder, name));
    return join(folder, name);
  }

  const init = 'CREATE TABLE a (id INTEGER PRIMARY KEY, b TEXT);';
  const unique = 'CREATE UNIQUE INDEX u ON a (b); DROP TABLE nothing;';

  test.each<[string, Record<string, string>, number]>([
    ['a history with a finding', { 'm/1_a.sql': init, [`m/2_${name}.sql`]: unique }, 1],
    ['a history with none', { 'm/1_a.sql': init, [`m/2_${name}.sql`]: 'SELECT 1;' }, 0],
    [
      'the ignored files',
      { 'm/1_a.sql': init, [`m/${name}.sql`]: '', [`m/${name}/1_b.sql`]: '', [`m/1_a.sql.${name}`]: '' },
      0,
    ],
    ['two of one version', { 'm/1_a.sql': init, [`m/1_${name}.sql`]: '' }, 0],
    ['a program', { 'm/1_a.sql': init, [`m/2_${name}.js`]: '' }, 0],
    ['a seed that does not fit', { 'm/1_a.sql': init, [`seeds/1_${name}.sql`]: 'INSERT INTO a VALUES (1);' }, 2],
    [
      'a seed that throws',
      {
        'm/1_a.sql': init,
        [`seeds/1_${name}.mjs`]: `export default () => { throw new Error(${JSON.stringify(evil)}); }`,
      },
      2,
    ],
    ['a seed without a version', { 'm/1_a.sql': init, [`seeds/${name}.sql`]: '' }, 2],
    ['an invariant', { 'm/1_a.sql': init, [`seeds/invariants/1_${name}.sql`]: 'SELECT * FROM z' }, 2],
    ['a directive', { 'm/1_a.sql': `-- rowproof: ${evil.replaceAll(/[\n\r]/g, '')}\n${init}` }, 2],
    [
      'a table, a column and a text',
      {
        'm/1_a.sql': `CREATE TABLE "${evil}" (id INTEGER PRIMARY KEY, "${evil}" TEXT DEFAULT '${evil}');`,
        'm/2_b.sql': `DELETE FROM "${evil}"; CREATE UNIQUE INDEX u ON "${evil}" ("${evil}");`,
      },
      0,
    ],
    [
      'a profile',
      { 'm/1_a.sql': init, 'seeds/production.profile.json': JSON.stringify({ [evil]: evil, tables: [{ [evil]: 1 }] }) },
      2,
    ],
  ])('%s', async (_what, files, status) => {
    const folder = folderNamed(files);
    for (const format of ['terminal', 'json']) {
      const run = await inProcess('check', join(folder, 'm'), '--format', format);
      expect(run.status, run.stderr + run.stdout).toBe(status);
      expectHarmless(run);
      if (format === 'json' && status < 2) expect(JSON.parse(run.stdout)).toMatchObject({ directory: `${folder}/m` });
    }
  });

  test.each<[string, string]>([
    ['a key', `{ [evil]: 1 }`],
    ['a maker', `{ makers: { [evil]: 1 } }`],
    ['a maker of nothing', `{ makers: { [evil]: () => ({}) } }`],
    ['directives', `{ directives: { [evil]: [] } }`],
    ['a directive', `{ directives: { '1_a': [evil] } }`],
    ['a value', `{ engine: evil }`],
    ['the error that it throws', `(() => { throw new Error(evil); })()`],
  ])('%s of a config', async (_what, config) => {
    const folder = folderNamed({
      'm/1_a.sql': init,
      'c.mjs': `const evil = ${JSON.stringify(evil)};\nexport default ${config};`,
    });
    const run = await inProcess('check', join(folder, 'm'), '--config', join(folder, 'c.mjs'));
    expect(run.status).toBe(2);
    expectHarmless(run);
  });

  test('of gate, migrate, seed and profile', async () => {
    const folder = folderNamed({ 'm/1_a.sql': init, [`m/2_${name}.sql`]: 'CREATE TABLE b (c);' });
    mkdirSync(join(folder, 'out'));
    const [file, other] = [join(folder, `${name}.db`), join(folder, 'other.db')];
    const runs = [
      await inProcess('migrate', '--db', file, '--dry-run', join(folder, 'm')),
      await inProcess('migrate', '--db', file, '--to', '1', join(folder, 'm')),
      await inProcess('gate', '--db', file, join(folder, 'm')),
      await inProcess('gate', '--db', file, '--format', 'json', join(folder, 'm')),
      await inProcess('migrate', '--db', file, join(folder, 'm')),
      await inProcess('migrate', '--db', file, join(folder, 'm')),
      await inProcess('seed', '-o', join(folder, 'out', `${name}.db`), join(folder, 'm')),
    ];
    for (const run of runs) {
      expect(run.status, run.stderr).toBe(0);
      expectHarmless(run);
    }
    const db = new Sqlite(other);
    db.exec(
      `CREATE TABLE "${evil}" ("${evil}" TEXT); ${`INSERT INTO "${evil}" VALUES ('${JSON.stringify({ [evil]: 1 })}');`.repeat(6)}`,
    );
    db.close();
    const run = await inProcess(
      'profile',
      '--db',
      other,
      '--keep-values',
      `${evil}.${evil}`,
      '--keep-keys',
      `${evil}.${evil}`,
    );
    expect(run.status, run.stderr).toBe(0);
    expectHarmless(run);
    expect(JSON.parse(run.stdout)).toMatchObject({ tables: [{ name: evil, columns: [{ name: evil }] }] });
  });
});
