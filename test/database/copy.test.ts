import { createHash } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { copyDatabase } from '../../src/database/copy.ts';
import { launch } from './launch.ts';

const root = mkdtempSync(join(tmpdir(), 'copy-test-'));
// For the user of the read-only cases.
chmodSync(root, 0o755);
afterAll(() => rmSync(root, { recursive: true }));

/** A new folder, and in it a path for the source and, in a folder of its own, one for the copy. */
function place(name = 'source.db'): { source: string; destination: string } {
  const folder = mkdtempSync(join(root, 'case-'));
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, 'in'));
  mkdirSync(join(folder, 'out'));
  chmodSync(join(folder, 'out'), 0o777);
  return { source: join(folder, 'in', name), destination: join(folder, 'out', 'copy.db') };
}

/** The files beside each other in the folder of a database, and the content of those that must not change. */
function fingerprint(file: string): unknown {
  const path = realpathSync(file);
  const contents = ['', '-wal', '-journal']
    .map((ending) => path + ending)
    .filter((name) => existsSync(name))
    .map((name) => createHash('sha256').update(readFileSync(name)).digest('hex'));
  return { files: readdirSync(dirname(path)).sort(), contents };
}

/** What a copy holds, after it was found to be sound and to need no other file. */
function amounts(copy: string): { debits: unknown[]; credits: unknown[] } {
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
function rest(file: string, journalMode: string): void {
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

/** Makes a database whose owner was killed. */
async function crash(file: string, journalMode: string): Promise<void> {
  const { process, stop } = launch('crash', file, `journal_mode = ${journalMode}`);
  await stop();
  expect(process.signalCode).toBe('SIGKILL');
}

/** Copies as a user who may read the source and its folder and write to neither; root would not be bound by that. */
async function copyWithoutWriting(source: string, destination: string): Promise<string> {
  const folder = dirname(source);
  const files = readdirSync(folder).map((name) => join(folder, name));
  for (const file of files) chmodSync(file, 0o444);
  chmodSync(folder, 0o555);
  try {
    return await copyElsewhere(source, destination, ...(process.getuid?.() === 0 ? ['65534'] : []));
  } finally {
    chmodSync(folder, 0o755);
    for (const file of files) chmodSync(file, 0o644);
  }
}

/** Copies in a process of its own. Returns `copied`, or the code and the message of the error. */
async function copyElsewhere(...args: string[]): Promise<string> {
  const copier = launch('copier', ...args);
  const said = await copier.line();
  expect(await copier.stop()).toEqual({ code: 0, errors: '' });
  return said;
}

const bothTransfers = { debits: [1, 2], credits: [1, 2] };
const firstTransfer = { debits: [1], credits: [1] };

interface State {
  readonly state: string;
  readonly files: readonly string[];
  readonly holds: { debits: unknown[]; credits: unknown[] };
  readonly make: (file: string) => void | Promise<void>;
}

const states: readonly State[] = [
  {
    state: 'in WAL mode at rest',
    files: ['source.db'],
    holds: bothTransfers,
    make: (file) => rest(file, 'WAL'),
  },
  {
    state: 'left by a crash in WAL mode',
    files: ['source.db', 'source.db-shm', 'source.db-wal'],
    holds: bothTransfers,
    make: (file) => crash(file, 'WAL'),
  },
  {
    state: 'left by a crash in WAL mode and moved without its -shm',
    files: ['source.db', 'source.db-wal'],
    holds: bothTransfers,
    make: async (file) => {
      await crash(file, 'WAL');
      rmSync(`${file}-shm`);
    },
  },
  {
    state: 'left by a crash in WAL mode and moved without its -wal',
    files: ['source.db', 'source.db-shm'],
    holds: firstTransfer,
    make: async (file) => {
      await crash(file, 'WAL');
      rmSync(`${file}-wal`);
    },
  },
  ...['DELETE', 'TRUNCATE', 'PERSIST'].map(
    (mode): State => ({
      state: `in ${mode} mode at rest`,
      files: mode === 'DELETE' ? ['source.db'] : ['source.db', 'source.db-journal'],
      holds: bothTransfers,
      make: (file) => rest(file, mode),
    }),
  ),
  {
    state: 'left by a crash with a journal to roll back',
    files: ['source.db', 'source.db-journal'],
    holds: bothTransfers,
    make: (file) => crash(file, 'DELETE'),
  },
];

describe.concurrent('copyDatabase', () => {
  it.for(states)('copies a database $state and leaves it as it was', async ({ files, holds, make }) => {
    const { source, destination } = place();
    await make(source);
    const before = fingerprint(source);
    expect(readdirSync(dirname(source)).sort()).toEqual(files);

    await copyDatabase(source, destination);

    expect(fingerprint(source)).toEqual(before);
    expect(amounts(destination)).toEqual(holds);
  });

  it.for([
    { state: 'of 0 bytes', make: (file: string) => writeFileSync(file, '') },
    {
      // A reader of SQLite would delete this -wal.
      state: 'cut to 0 bytes beside a -wal',
      make: async (file: string) => {
        await crash(file, 'WAL');
        truncateSync(file);
      },
    },
  ])('copies a database $state as an empty one', async ({ make }) => {
    const { source, destination } = place();
    await make(source);
    const before = fingerprint(source);

    await copyDatabase(source, destination);

    expect(fingerprint(source)).toEqual(before);
    expect(readdirSync(dirname(destination))).toEqual(['copy.db']);
    const copy = new Sqlite(destination, { readonly: true });
    expect(copy.prepare('SELECT name FROM sqlite_schema').all()).toEqual([]);
    copy.close();
  });

  it.for([
    { mode: 'WAL', pragmas: ['journal_mode = WAL'] },
    { mode: 'WAL with frequent checkpoints', pragmas: ['journal_mode = WAL', 'wal_autocheckpoint = 20'] },
    { mode: 'WAL without shared memory', pragmas: ['locking_mode = EXCLUSIVE', 'journal_mode = WAL'] },
    { mode: 'DELETE', pragmas: ['journal_mode = DELETE'] },
    { mode: 'PERSIST', pragmas: ['journal_mode = PERSIST'] },
  ])('copies whole transactions while a process writes in $mode mode', async ({ pragmas }) => {
    const { source, destination } = place();
    const writer = launch('writer', source, ...pragmas);
    expect(await writer.line()).toBe('ready');
    // A -journal comes and goes with every transaction of the writer.
    const files = (): string[] => readdirSync(dirname(source)).filter((name) => !name.endsWith('-journal'));
    const before = files();

    for (let copies = 0, most = 0; copies < 5; copies++) {
      await copyDatabase(source, destination);
      const { debits, credits } = amounts(destination);
      expect(credits).toEqual(debits);
      expect(debits).toEqual(Array.from(debits, (_, index) => index));
      expect(debits.length).toBeGreaterThanOrEqual(Math.max(most, 20));
      most = debits.length;
    }

    expect(files()).toEqual(before);
    expect(await writer.stop()).toEqual({ code: 0, errors: '' });
  });

  it('makes no -wal or -shm when the last process closes the database at that moment', async () => {
    const { source, destination } = place();
    rest(source, 'WAL');
    const visitor = launch('visitor', source);
    expect(await visitor.line()).toBe('ready');
    for (let copies = 0; copies < 25; copies++) {
      await copyDatabase(source, destination);
      const { debits, credits } = amounts(destination);
      expect(credits).toEqual(debits);
    }
    const found = visitor.line();
    expect(await visitor.stop()).toEqual({ code: 0, errors: '' });
    expect(await found).toBe('0');
  });

  it.for([
    { state: 'at rest', make: async (file: string) => rest(file, 'WAL') },
    { state: 'left by a crash', make: (file: string) => crash(file, 'WAL') },
    {
      state: 'left by a crash and without its -shm',
      make: async (file: string) => {
        await crash(file, 'WAL');
        rmSync(`${file}-shm`);
      },
    },
    { state: 'left by a crash with a journal', make: (file: string) => crash(file, 'DELETE') },
  ])('copies a database $state that the user may only read', async ({ make }) => {
    const { source, destination } = place();
    await make(source);
    const before = fingerprint(source);
    expect(await copyWithoutWriting(source, destination)).toBe('copied');
    expect(fingerprint(source)).toEqual(before);
    expect(amounts(destination)).toEqual(bothTransfers);
  });

  it('copies a database in use that the user may only read', async () => {
    const { source, destination } = place();
    const writer = launch('writer', source, 'journal_mode = WAL');
    expect(await writer.line()).toBe('ready');
    expect(await copyWithoutWriting(source, destination)).toBe('copied');
    const { debits, credits } = amounts(destination);
    expect(credits).toEqual(debits);
    expect(debits.length).toBeGreaterThanOrEqual(20);
    expect(await writer.stop()).toEqual({ code: 0, errors: '' });
  });

  it.for([
    'a b',
    "it's",
    'say "so"',
    '100%',
    '%41',
    'who?mode=memory',
    'x#y',
    'größe-日本-🗄',
    'file:name',
    ' x',
    '.db',
  ])('copies a database by the name of <%s>', async (name) => {
    const { source, destination } = place(name);
    await crash(source, 'WAL');
    const before = fingerprint(source);
    await copyDatabase(relative(process.cwd(), source), destination);
    expect(fingerprint(source)).toEqual(before);
    expect(amounts(destination)).toEqual(bothTransfers);
  });

  it('follows links to the -wal beside the real file', async () => {
    const { source, destination } = place();
    await crash(source, 'WAL');
    rmSync(`${source}-shm`);
    const link = join(dirname(source), '..', 'link.db');
    symlinkSync(source, link);
    await copyDatabase(link, destination);
    expect(amounts(destination)).toEqual(bothTransfers);
  });

  it.for([
    { source: 'a file that is not there', make: () => {}, says: 'does not exist' },
    { source: 'a link to nothing', make: (file: string) => symlinkSync(`${file}-gone`, file), says: 'does not exist' },
  ])('says that $source is missing', async ({ make, says }) => {
    const { source, destination } = place();
    make(source);
    await expect(copyDatabase(source, destination)).rejects.toMatchObject({
      code: 'database-missing',
      message: `${source} ${says}.`,
      facts: { file: source },
    });
  });

  it.for([
    { source: 'a folder', says: 'is a folder', make: (file: string) => mkdirSync(file) },
    { source: 'a text', says: 'file is not a database', make: (file: string) => writeFileSync(file, 'id,name\n1,a\n') },
    {
      source: 'a header that is cut off',
      says: 'file is not a database',
      make: (file: string) => writeFileSync(file, 'SQLite format 3\0'),
    },
    {
      source: 'a database with an encrypted header',
      says: 'file is not a database',
      make: (file: string) => {
        rest(file, 'WAL');
        writeFileSync(file, Buffer.alloc(100, 0xa5), { flag: 'r+' });
      },
    },
    {
      source: 'the same with a -wal',
      says: 'file is not a database',
      make: (file: string) => {
        writeFileSync(file, Buffer.alloc(8192, 0xa5));
        writeFileSync(`${file}-wal`, Buffer.alloc(8192, 0x5a));
      },
    },
    {
      source: 'a database that is cut off',
      says: 'malformed',
      make: (file: string) => {
        rest(file, 'WAL');
        truncateSync(file, 4096);
      },
    },
  ])('says that $source cannot be read', async ({ make, says }) => {
    const { source, destination } = place();
    make(source);
    const before = readdirSync(dirname(source));
    await expect(copyDatabase(source, destination)).rejects.toMatchObject({
      code: 'database-unreadable',
      message: expect.stringContaining(says),
      remedy: expect.any(String),
      facts: { file: source },
    });
    expect(readdirSync(dirname(source))).toEqual(before);
  });

  it('says that a name ends in white space rather than open the file of the shorter name', async () => {
    const { source, destination } = place();
    rest(source, 'DELETE');
    renameSync(source, `${source} `);
    rest(source, 'DELETE');
    await expect(copyDatabase(`${source} `, destination)).rejects.toMatchObject({ code: 'database-unreadable' });
  });

  it('says that another process holds the database locked', async () => {
    const { source, destination } = place();
    rest(source, 'DELETE');
    const holder = launch('holder', source);
    expect(await holder.line()).toBe('ready');
    expect(await copyElsewhere(source, destination)).toMatch(/^database-locked: .* is locked by another process/);
    await holder.stop();
  });

  it('says that something never ceased to write to the file without a lock', async () => {
    const { source, destination } = place();
    rest(source, 'WAL');
    const before = readdirSync(dirname(source));
    const descriptor = openSync(source, 'r+');
    const writing = setInterval(() => writeSync(descriptor, 'S', 0), 1);
    try {
      await expect(copyDatabase(source, destination)).rejects.toMatchObject({
        code: 'database-locked',
        message: `${source} was changed by another process during every attempt to copy it.`,
        facts: { file: source },
      });
    } finally {
      clearInterval(writing);
      closeSync(descriptor);
    }
    expect(readdirSync(dirname(source))).toEqual(before);
  });
});
