import {
  chmodSync,
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { copyDatabase } from '../../src/database/copy.ts';
import { isWide } from '../breadth.ts';
import { launch } from './launch.ts';
import { anotherUser, copyElsewhere, place, removePlaces, rest } from './sources.ts';

afterAll(removePlaces);

describe.concurrent('copyDatabase', () => {
  // These two last as long as the busy timeout.
  it.runIf(isWide)('says that another process holds the database locked', async () => {
    const { source, destination } = place();
    rest(source, 'DELETE');
    const holder = launch('holder', source);
    expect(await holder.line()).toBe('ready');
    expect(await copyElsewhere(source, destination)).toMatch(/^database-locked: .* is locked by another process/);
    await holder.stop();
  });

  it.runIf(isWide)('says that another process keeps writing to the file without a lock', async () => {
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

  it.for([
    { source: 'a missing file', make: () => {}, says: 'does not exist' },
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
      source: 'an encrypted database',
      says: 'file is not a database',
      make: (file: string) => {
        rest(file, 'WAL');
        writeFileSync(file, Buffer.alloc(100, 0xa5), { flag: 'r+' });
      },
    },
    {
      source: 'an encrypted database with a -wal',
      says: 'file is not a database',
      make: (file: string) => {
        writeFileSync(file, Buffer.alloc(8192, 0xa5));
        writeFileSync(`${file}-wal`, Buffer.alloc(8192, 0x5a));
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

  it('says that a truncated database is damaged', async () => {
    const { source, destination } = place();
    rest(source, 'WAL');
    truncateSync(source, 4096);
    await expect(copyDatabase(source, destination)).rejects.toMatchObject({
      code: 'database-damaged',
      message: expect.stringContaining('malformed'),
      facts: { file: source },
    });
    expect(readdirSync(dirname(source))).toEqual(['source.db']);
  });

  it('says that a name ends in white space, and does not open the file of the shorter name', async () => {
    const { source, destination } = place();
    rest(source, 'DELETE');
    renameSync(source, `${source} `);
    rest(source, 'DELETE');
    await expect(copyDatabase(`${source} `, destination)).rejects.toMatchObject({ code: 'database-unreadable' });
  });

  it('says that the user may not read the file', async () => {
    const { source, destination } = place();
    rest(source, 'WAL');
    chmodSync(source, 0o000);
    const said = await copyElsewhere(source, destination, ...anotherUser);
    expect(said).toBe(`database-unreadable: ${source} cannot be read: unable to open database file.`);
  });
});
