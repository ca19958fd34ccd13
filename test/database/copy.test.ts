import {
  chmodSync,
  closeSync,
  futimesSync,
  openSync,
  readdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { copyDatabase } from '../../src/database/copy.ts';
import { some } from '../breadth.ts';
import { launch } from './launch.ts';
import {
  type Amounts,
  amounts,
  anotherUser,
  bothTransfers,
  copyElsewhere,
  crash,
  fingerprint,
  place,
  removePlaces,
  rest,
} from './sources.ts';

afterAll(removePlaces);

interface State {
  readonly state: string;
  readonly files: readonly string[];
  readonly holds: Amounts;
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
    holds: { debits: [1], credits: [1] },
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
  it.for(states)('copies a database $state and leaves it unchanged', async ({ files, holds, make }) => {
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

  it.for(
    some(
      [
        { mode: 'WAL', pragmas: ['journal_mode = WAL'] },
        { mode: 'WAL with frequent checkpoints', pragmas: ['journal_mode = WAL', 'wal_autocheckpoint = 20'] },
        { mode: 'WAL without shared memory', pragmas: ['locking_mode = EXCLUSIVE', 'journal_mode = WAL'] },
        { mode: 'DELETE', pragmas: ['journal_mode = DELETE'] },
        { mode: 'PERSIST', pragmas: ['journal_mode = PERSIST'] },
      ],
      3,
    ),
  )('copies whole transactions while a process writes in $mode mode', async ({ pragmas }) => {
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

  // Between the look at the files and the lock lies an instant that SQLite offers no way to close. A busy machine may stop
  // this process just there.
  it('makes no -wal or -shm when the last process closes the database at that moment', { retry: 2 }, async () => {
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
    { how: 'setting the time back', milliseconds: 200, time: (turn: number) => new Date(turn) },
    { how: 'within a tick of the clock', milliseconds: 15, time: (_: number, begun: Date) => begun },
  ])('waits for a process that writes to the file without a lock, $how', async ({ milliseconds, time }) => {
    const { source, destination } = place();
    rest(source, 'WAL');
    const writing = writeVersions(source, milliseconds, time);
    await copyDatabase(source, destination);
    const copy = new Sqlite(destination, { readonly: true });
    expect(copy.pragma('user_version', { simple: true })).toBe(await writing);
    copy.close();
  });
});

/** Copies as a user who may read the source and its folder and write to neither; root would not be bound by that. */
async function copyWithoutWriting(source: string, destination: string): Promise<string> {
  const folder = dirname(source);
  const files = readdirSync(folder).map((name) => join(folder, name));
  for (const file of files) chmodSync(file, 0o444);
  chmodSync(folder, 0o555);
  try {
    return await copyElsewhere(source, destination, ...anotherUser);
  } finally {
    chmodSync(folder, 0o755);
    for (const file of files) chmodSync(file, 0o644);
  }
}

/**
 * Writes 1, 2, 3 … over the user version, which is at byte 60, on each turn of the event loop, and gives the file the
 * time of modification `time`. Returns the last.
 */
async function writeVersions(
  file: string,
  milliseconds: number,
  time: (turn: number, begun: Date) => Date,
): Promise<number> {
  const descriptor = openSync(file, 'r+');
  const begun = new Date();
  let version = 0;
  while (Date.now() - begun.getTime() < milliseconds) {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(++version);
    writeSync(descriptor, bytes, 0, bytes.length, 60);
    futimesSync(descriptor, time(version, begun), time(version, begun));
    await setImmediate();
  }
  closeSync(descriptor);
  return version;
}
