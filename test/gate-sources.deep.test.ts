import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { resolveConfig } from '../src/config.ts';
import { gate as gateFile } from '../src/harness/gate.ts';
import { readGuardedSources } from '../src/harness/project.ts';
import type { Report } from '../src/model/report.ts';
import type { ExpectedWait } from '../src/model/request.ts';
import { command } from './cli/run.ts';
import { launch } from './database/launch.ts';
import { fingerprintOf } from './gate-source.ts';
import { folderWith } from './temporary.ts';

const dump = `BEGIN;
CREATE TABLE people (id INTEGER PRIMARY KEY, email TEXT);
INSERT INTO people VALUES (1, 'same'), (2, 'same');
CREATE TABLE _migrations (version INTEGER PRIMARY KEY, applied_at TEXT NOT NULL, name TEXT, hash TEXT);
INSERT INTO _migrations VALUES (1, '2026-01-01T00:00:00Z', '1_people', NULL);
COMMIT;
`;

describe('the standard input', () => {
  test.each<[string, Buffer, number, RegExp]>([
    ['a dump', Buffer.from(dump), 1, /2_unique/],
    ['a dump that is packed', gzipSync(dump), 1, /2_unique/],
    ['half a dump', Buffer.from(dump.slice(0, -8)), 2, /the standard input ends inside a transaction/],
    ['a statement that is cut', Buffer.from(dump.slice(0, 95)), 2, /the standard input ends inside a statement/],
    ['a text that is cut', Buffer.from(dump.slice(0, 100)), 2, /the standard input ends inside a statement/],
    ['nothing', Buffer.alloc(0), 2, /the standard input is empty/],
  ])('%s', (_, input, status, words) => {
    const folder = folderWith({
      'm/1_people.sql': 'CREATE TABLE people (id INTEGER PRIMARY KEY, email TEXT);',
      'm/2_unique.sql': 'CREATE UNIQUE INDEX people_email ON people (email);',
    });
    const run = spawnSync(process.execPath, [...command, 'gate', '--db', '-', join(folder, 'm')], {
      input,
      env: { ...process.env, NODE_OPTIONS: '', NO_COLOR: '1', FORCE_COLOR: undefined },
      encoding: 'utf8',
    });
    expect(run.stdout + run.stderr).toMatch(words);
    expect(run.status).toBe(status);
    expect(readdirSync(folder)).toEqual(['m']);
  });
});

test('writers of a large database in rollback-journal mode wait, and the report says so', async () => {
  const folder = folderWith({ 'm/1_a.sql': 'CREATE TABLE t (a);' });
  const file = join(folderWith(), 'app.db');
  const db = new Sqlite(file);
  db.exec('CREATE TABLE t (a); INSERT INTO t VALUES (zeroblob(110000000))');
  db.close();
  const config = resolveConfig({ migrations: join(folder, 'm'), tool: 'rowproof' });
  const waits: ExpectedWait[] = [];
  const run = async (): Promise<Report> => {
    const before = fingerprintOf(file);
    const report = await gateFile(readGuardedSources(config), { file, at: 1, waiting: (wait) => waits.push(wait) });
    expect(fingerprintOf(file)).toEqual(before);
    return report;
  };
  const { notes, copy } = await run();
  // As it is told before, then as it was.
  expect(waits).toEqual([{ file, bytes: statSync(file).size, milliseconds: copy?.writersWaited?.expected }]);
  expect(notes).toMatchObject([{ code: 'writers-waited', facts: { file, ...copy?.writersWaited } }]);
  expect(Math.min(copy?.writersWaited?.milliseconds ?? 0, copy?.writersWaited?.expected ?? 0)).toBeGreaterThan(0);
  const again = new Sqlite(file);
  again.pragma('journal_mode = WAL');
  again.close();
  const inWal = await run();
  expect(waits).toHaveLength(1);
  expect(inWal.copy?.writersWaited).toBeNull();
  expect(inWal.notes.map(({ code }) => code)).not.toContain('writers-waited');
});

/** The tables of the writer. */
const start = 'CREATE TABLE debits (amount, note); CREATE TABLE credits (amount, note);';

describe('a process that writes throughout', () => {
  test.each([
    ['WAL', ['journal_mode = WAL', 'busy_timeout = 30000']],
    ['WAL with frequent checkpoints', ['journal_mode = WAL', 'wal_autocheckpoint = 20', 'busy_timeout = 30000']],
    ['DELETE', ['journal_mode = DELETE', 'busy_timeout = 30000']],
  ])('never fails and loses nothing in %s mode', async (_, pragmas) => {
    const folder = folderWith({
      'm/1_start.sql': start,
      'm/2_rebuild.sql': `-- rowproof: foreign_keys=off
        CREATE TABLE n (amount INTEGER, note BLOB); INSERT INTO n SELECT amount, note FROM credits;
        DROP TABLE credits; ALTER TABLE n RENAME TO credits;`,
    });
    const file = join(folderWith(), 'app.db');
    const db = new Sqlite(file);
    db.exec(start);
    db.close();
    const writer = launch('writer', file, ...pragmas);
    expect(await writer.line()).toBe('ready');
    // A -journal comes and goes with every transaction of the writer.
    const list = (): string[] => readdirSync(dirname(file)).filter((name) => !name.endsWith('-journal'));
    const before = list();
    const config = resolveConfig({ migrations: join(folder, 'm'), tool: 'rowproof' });
    for (let runs = 0; runs < 3; runs++) {
      const { findings, steps } = await gateFile(readGuardedSources(config), { file, at: 1 });
      expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(steps.map(({ outcome }) => outcome)).toEqual(['applied', 'applied']);
    }
    expect(list()).toEqual(before);
    expect(await writer.stop()).toEqual({ code: 0, errors: '' });
    const committed = Number(await writer.line());
    const after = new Sqlite(file, { readonly: true });
    const amounts = after.prepare<[], number>('SELECT amount FROM credits ORDER BY rowid').pluck().all();
    after.close();
    expect(amounts).toEqual(Array.from({ length: committed }, (_amount, i) => i));
    expect(committed).toBeGreaterThan(20);
  });
});

/** The tests of malformed requests, what scripts use too, processes of their own, and what needs packages of its own. */
const apart =
  /^(?:gate-source\.ts|entry-points\.test\.ts|hostile\/leak-run\.ts|report\/demonstration\.ts|real-tools\/)/;

test('every test of the gate proves that its source is untouched', () => {
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !apart.test(file.replaceAll('\\', '/')))
    .filter((file) =>
      /import \{[^}]*\bgate\b[^}]*\} from '[./]*src\/api\.ts'/.test(
        readFileSync(join(import.meta.dirname, file), 'utf8'),
      ),
    );
  expect(files, 'import the gate from gate-source.ts').toEqual([]);
});
