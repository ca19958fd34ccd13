/** Where `-o` may write. Whatever is refused must be as it was, in bytes, times and names. */
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { share } from '../breadth.ts';
import { folderWith } from '../temporary.ts';
import { inProcess } from './main.ts';
import { command, rowproof } from './run.ts';

/** A project whose files are all inputs of one command or another. */
function project(): string {
  const folder = folderWith({
    'm/1_a.sql': 'CREATE TABLE a (b);',
    'm/2_b.sql': 'INSERT INTO a VALUES (1);',
    'seeds/1_rows.sql': 'INSERT INTO a VALUES (2);',
    'seeds/invariants/1_few.sql': 'SELECT * FROM a WHERE b > 9',
    'config.mjs': 'export default { seed: 2 }',
    'package.json': '{ "name": "app" }',
    'old.json': '{}',
    'notes.json': 'SQLite format 3\0, says this text, and more',
  });
  const db = new Sqlite(join(folder, 'p.db'));
  db.exec(
    "CREATE TABLE a (b); CREATE TABLE _migrations (version INTEGER PRIMARY KEY, applied_at TEXT NOT NULL); INSERT INTO _migrations VALUES (1, '')",
  );
  db.close();
  for (const name of ['other.dat', 'base.db']) {
    const other = new Sqlite(join(folder, name));
    other.exec('PRAGMA user_version = 3');
    other.close();
  }
  linkSync(join(folder, 'p.db'), join(folder, 'hard.json'));
  symlinkSync('p.db', join(folder, 'soft.json'));
  symlinkSync('soft.json', join(folder, 'softer.json'));
  linkSync(join(folder, 'm/1_a.sql'), join(folder, 'hard-migration.json'));
  symlinkSync('m', join(folder, 'linked'));
  return folder;
}

/** Every file with its content, the time of its last write and where it leads. */
function everything(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => {
      const path = join(folder, name);
      const stats = lstatSync(path, { bigint: true });
      const content = stats.isSymbolicLink()
        ? readlinkSync(path)
        : stats.isFile()
          ? createHash('sha256').update(readFileSync(path)).digest('hex')
          : '';
      return `${name} ${stats.mtimeNs} ${stats.mode} ${content}`;
    });
}

const commands: Readonly<Record<string, (folder: string) => string[]>> = {
  check: (folder) => ['check', join(folder, 'm'), '--config', join(folder, 'config.mjs')],
  gate: (folder) => ['gate', join(folder, 'm'), '--db', join(folder, 'p.db'), '--config', join(folder, 'config.mjs')],
  profile: (folder) => ['profile', join(folder, 'm'), '--db', join(folder, 'p.db')],
};

/** What `-o` may not write over, by what it is called. */
const inputs: readonly (readonly [what: string, name: string, says: RegExp])[] = [
  ['a database', 'p.db', /it is a database|an input of this command/],
  ['a link to a database', 'soft.json', /it is a database|an input of this command/],
  ['a link to a link to a database', 'softer.json', /it is a database|an input of this command/],
  ['another name of a database', 'hard.json', /it is a database|an input of this command/],
  ['a database of another name', 'other.dat', /it is a database/],
  ['a text that begins as databases do', 'notes.json', /it is a database/],
  ['the log of a database', 'p.db-wal', /as a part of the database .*p\.db/],
  ['the journal of a linked database', 'soft.json-journal', /as a part of the database .*soft\.json/],
  ['the board of a database, in upper case', 'p.db-SHM', /as a part of the database .*p\.db/],
  ['a migration', 'm/1_a.sql', /an input of this command|source file/],
  ['a migration by way of a linked folder', 'linked/2_b.sql', /an input of this command|source file/],
  ['another name of a migration', 'hard-migration.json', /an input of this command/],
  ['a seed', 'seeds/1_rows.sql', /an input of this command|source file/],
  ['an invariant', 'seeds/invariants/1_few.sql', /an input of this command|source file/],
  ['the config', 'config.mjs', /an input of this command|source file/],
  ['the manifest', 'package.json', /source file/],
  ['a folder', 'm', /it is a folder/],
];

describe.each(Object.keys(commands))('%s -o', (command) => {
  const place = Object.keys(commands).indexOf(command);
  const run = (folder: string, ...more: string[]) => inProcess(...(commands[command]?.(folder) ?? []), ...more);

  test.each(share(inputs, place, 2))('does not write over %s', async (_what, name, message) => {
    const folder = project();
    const before = everything(folder);
    const { status, stderr } = await run(folder, '-o', join(folder, name));
    expect([status, stderr]).toEqual([2, expect.stringMatching(message)]);
    expect(stderr).toMatch(/^rowproof: .* cannot be written: .*\n {2}\S.*\n$/);
    expect(everything(folder)).toEqual(before);
  });

  test.each([
    ['a new file', 'new.json', 'new.json'],
    ['the report of last time', 'old.json', 'old.json'],
    ['an empty file, whatever its name', 'empty.db', 'empty.db'],
    ['a link to a report', 'to-old.json', 'old.json'],
    ['a link to nothing yet', 'to-new.json', 'new.json'],
  ])('writes %s, and nothing beside it', async (_what, name, real) => {
    const folder = project();
    writeFileSync(join(folder, 'empty.db'), '');
    chmodSync(join(folder, 'old.json'), 0o640);
    symlinkSync('old.json', join(folder, 'to-old.json'));
    symlinkSync('new.json', join(folder, 'to-new.json'));
    const before = readdirSync(folder);
    await run(folder, '--format', 'json', '-o', join(folder, name)).then(async ({ status }) => {
      // `profile` has one format.
      if (status === 2) await run(folder, '-o', join(folder, name));
    });
    expect(JSON.parse(readFileSync(join(folder, real), 'utf8'))).toHaveProperty('rowproof');
    expect(readdirSync(folder)).toEqual([...new Set([...before, real])].sort());
    expect(lstatSync(join(folder, 'to-old.json')).isSymbolicLink()).toBe(true);
    expect(statSync(join(folder, 'old.json')).mode & 0o777).toBe(0o640);
  });
});

test('what a check reads by flags is an input too', async () => {
  const folder = project();
  const profile = join(folder, 'shape.json');
  expect((await inProcess('profile', join(folder, 'm'), '--db', join(folder, 'p.db'), '-o', profile)).status).toBe(0);
  // The profile of last time may be replaced by the one of today.
  expect((await inProcess('profile', join(folder, 'm'), '--db', join(folder, 'p.db'), '-o', profile)).status).toBe(0);
  const before = everything(folder);
  for (const flags of [
    ['--profile', profile, '-o', profile],
    ['--base', join(folder, 'base.db'), '-o', join(folder, 'base.db')],
  ]) {
    const { status, stderr } = await inProcess('check', join(folder, 'm'), ...flags);
    expect([status, stderr]).toEqual([2, expect.stringMatching(/an input of this command/)]);
  }
  expect(everything(folder)).toEqual(before);
});

describe('seed -o', () => {
  test.each([
    ['the base', ['--base', 'base.db'], 'base.db', /an input of this command/],
    ['a migration', [], 'm/1_a.sql', /an input of this command/],
    ['another name of a migration', [], 'hard-migration.json', /an input of this command/],
    ['the manifest', [], 'package.json', /source file/],
    ['the log of a database', [], 'p.db-wal', /as a part of the database/],
    ['a device', [], '/dev/null', /a pipe, a socket or a device/],
  ])('does not write over %s, even with --force', async (_what, flags, name, message) => {
    const folder = project();
    const before = everything(folder);
    const paths = flags.map((flag) => (flag.startsWith('--') ? flag : join(folder, flag)));
    const file = name.startsWith('/') ? name : join(folder, name);
    const { status, stderr } = await inProcess('seed', join(folder, 'm'), '-o', file, '--force', ...paths);
    expect([status, stderr]).toEqual([2, expect.stringMatching(message)]);
    expect(everything(folder)).toEqual(before);
  });
});

describe.skipIf(process.platform === 'win32')('what is no file', () => {
  const check = (folder: string, ...more: string[]) => ['check', join(folder, 'm'), '--format', 'json', ...more];

  test('the null device takes the report', async () => {
    const { status, stdout, stderr } = await inProcess(...check(project(), '-o', '/dev/null'));
    expect([status, stdout, stderr]).toEqual([0, '', '']);
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  test('/dev/stdout is the standard output, a file that a shell appends to as well', () => {
    const folder = project();
    expect(JSON.parse(rowproof(check(folder, '-o', '/dev/stdout')).stdout)).toHaveProperty('rowproof');
    const log = join(folder, 'log.txt');
    writeFileSync(log, 'yesterday\n');
    const script = `"$@" --format json -o /dev/stdout >> "$0"`;
    execFileSync('bash', ['-c', script, log, process.execPath, ...command, 'check', join(folder, 'm')]);
    expect(readFileSync(log, 'utf8')).toMatch(/^yesterday\n\{/);
  });

  test('a pipe takes the report when somebody reads it, and is refused else', async () => {
    const folder = project();
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const { status, stderr } = await inProcess(...check(folder, '-o', pipe));
    expect([status, stderr]).toEqual([2, expect.stringMatching(/no process reads the pipe/)]);
    const reader = spawn('cat', [pipe]);
    const read = text(reader.stdout);
    // Until cat has opened it, no process reads the pipe.
    let written = await inProcess(...check(folder, '-o', pipe));
    while (written.status === 2) written = await inProcess(...check(folder, '-o', pipe));
    expect(JSON.parse(await read)).toHaveProperty('rowproof');
    if (reader.exitCode === null) await once(reader, 'close');
    expect(lstatSync(pipe).isFIFO()).toBe(true);
  });

  test('other devices are refused', async () => {
    const { status, stderr } = await inProcess(...check(project(), '-o', '/dev/zero'));
    expect([status, stderr]).toEqual([2, expect.stringMatching(/a pipe, a socket or a device/)]);
  });

  test.skipIf(process.platform !== 'linux')('a full disk under -o or the standard output is told in a line', () => {
    const folder = project();
    const output = rowproof(check(folder, '-o', '/dev/full'));
    expect([output.status, output.stderr]).toEqual([
      2,
      expect.stringMatching(/^rowproof: \/dev\/full cannot be written: ENOSPC.*\n {2}\S.*\n$/),
    ]);
    const script = `"$@" > /dev/full 2> "$0"; echo $?`;
    const errors = join(folder, 'errors.txt');
    const words = ['-c', script, errors, process.execPath, ...command, 'check', join(folder, 'm')];
    const code = execFileSync('bash', words, { encoding: 'utf8' });
    expect(readFileSync(errors, 'utf8')).toMatch(
      /^rowproof: The standard output cannot be written: ENOSPC.*\n {2}\S.*\n$/,
    );
    expect(code).toBe('2\n');
  });
});

test('an output is not written through a link that took its place while the work was done', async () => {
  const folder = project();
  mkdirSync(join(folder, 'out'));
  const report = join(folder, 'out', 'report.json');
  const before = readFileSync(join(folder, 'p.db'));
  // The config runs after the flags were read, and before the report is written.
  writeFileSync(
    join(folder, 'config.mjs'),
    `import { symlinkSync } from 'node:fs';
     export default { connect: () => { try { symlinkSync(${JSON.stringify(join(folder, 'p.db'))}, ${JSON.stringify(report)}) } catch {} } }`,
  );
  const flags = ['--config', join(folder, 'config.mjs'), '-o', report];
  const { status, stderr } = await inProcess('gate', join(folder, 'm'), '--db', join(folder, 'p.db'), ...flags);
  expect([status, stderr]).toEqual([2, expect.stringMatching(/an input of this command/)]);
  expect(readFileSync(join(folder, 'p.db')).equals(before)).toBe(true);
  expect(readdirSync(join(folder, 'out'))).toEqual(['report.json']);
});
