import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect } from 'vitest';
import { launch } from './launch.ts';

/** The folder of all places, for the tests of one file. */
let root: string | null = null;

/** Removes all places, and forgets what lies in them: to be called when the tests of a file are over. */
export function removePlaces(): void {
  if (root !== null) rmSync(root, { recursive: true });
  root = null;
  crashed.clear();
}

function rootFolder(): string {
  if (root !== null) return root;
  root = mkdtempSync(join(tmpdir(), 'copy-test-'));
  // So that the other user of `copier` may enter.
  chmodSync(root, 0o755);
  return root;
}

/** A new folder, and in it a path for the source and, in a folder of its own, one for the copy. */
export function place(name = 'source.db'): { source: string; destination: string } {
  const folder = mkdtempSync(join(rootFolder(), 'case-'));
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, 'in'));
  mkdirSync(join(folder, 'out'));
  chmodSync(join(folder, 'out'), 0o777);
  return { source: join(folder, 'in', name), destination: join(folder, 'out', 'copy.db') };
}

/** The files beside each other in the folder of a database, and the content of those that must not change. */
export function fingerprint(file: string): unknown {
  const path = realpathSync(file);
  const contents = ['', '-wal', '-journal']
    .map((ending) => path + ending)
    .filter((name) => existsSync(name))
    .map((name) => createHash('sha256').update(readFileSync(name)).digest('hex'));
  return { files: readdirSync(dirname(path)).sort(), contents };
}

/** The contents of the tables of a source or of its copy. */
export interface Amounts {
  readonly debits: readonly unknown[];
  readonly credits: readonly unknown[];
}

/** The remains of `rest` and `crash`. */
export const bothTransfers: Amounts = { debits: [1, 2], credits: [1, 2] };

/** The contents of a copy, after it was found to be sound and to need no other file. */
export function amounts(copy: string): Amounts {
  expect(readdirSync(dirname(copy))).toEqual(['copy.db']);
  const db = new Sqlite(copy, { readonly: true });
  try {
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    const read = (table: string): unknown[] => db.prepare(`SELECT amount FROM ${table} ORDER BY amount`).pluck().all();
    return { debits: read('debits'), credits: read('credits') };
  } finally {
    db.close();
  }
}

/** Makes a database that its owner has closed. */
export function rest(file: string, journalMode: string): void {
  const db = new Sqlite(file);
  db.pragma(`journal_mode = ${journalMode}`);
  db.exec(`
    CREATE TABLE debits (amount, note);
    CREATE TABLE credits (amount, note);
    INSERT INTO debits VALUES (1, NULL), (2, NULL);
    INSERT INTO credits VALUES (1, NULL), (2, NULL);
  `);
  db.close();
}

/** Makes a database whose owner was killed, by copying one that was. */
export async function crash(file: string, journalMode: string): Promise<void> {
  const left = crashed.get(journalMode) ?? leaveBehind(journalMode);
  crashed.set(journalMode, left);
  for (const path of await left) copyFileSync(path, file + path.slice(path.lastIndexOf('.db') + '.db'.length));
}

const crashed = new Map<string, Promise<readonly string[]>>();

async function leaveBehind(journalMode: string): Promise<readonly string[]> {
  const { source } = place();
  const { process, stop } = launch('crash', source, `journal_mode = ${journalMode}`);
  await stop();
  expect(process.signalCode).toBe('SIGKILL');
  return readdirSync(dirname(source)).map((name) => join(dirname(source), name));
}

/** Who a test that is about permissions runs `copier` as: root is bound by none. */
export const anotherUser: readonly string[] = process.getuid?.() === 0 ? ['65534'] : [];

/** Copies in a process of its own. Returns `copied`, or the code and the message of the error. */
export async function copyElsewhere(...args: string[]): Promise<string> {
  const copier = launch('copier', ...args);
  const said = await copier.line();
  expect(await copier.stop()).toEqual({ code: 0, errors: '' });
  return said;
}
