/** A disk that is full at each page, and at each size: the commands in this process, thousands of times as fast as by spawning. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { check, migrate, profile, seed } from '../../../src/api.ts';
import type { Config } from '../../../src/config.ts';
import { HarnessError } from '../../../src/errors.ts';
import type { Connection } from '../../../src/model/connection.ts';
import { gate } from '../../gate-source.ts';
import { fingerprint, makeProject, type Project, seededWrong, stateOf } from './project.ts';
import { createTallies } from './tally.ts';

const home = mkdtempSync(join(tmpdir(), 'rowproof faults '));
const tallies = createTallies();
let project: Project;

beforeAll(async () => {
  project = await makeProject(join(home, 'project'));
});
afterAll(() => {
  rmSync(home, { recursive: true, force: true });
  console.log(tallies.table());
});

/** The faults that a full disk may be told as. SQLite says of a temporary file that it cannot be opened. */
const told = new Set(['disk-full', 'disk-failed', 'output-unwritable']);

/** Runs a job on which a fault was laid. Returns how it ended, and what is wrong with that. */
async function endOf(work: () => Promise<unknown>): Promise<[end: string, violation: string | null]> {
  try {
    await work();
    return ['done', null];
  } catch (error) {
    if (!(error instanceof HarnessError))
      return ['bug', error instanceof Error ? (error.stack ?? error.message) : String(error)];
    return [error.code, told.has(error.code) ? null : `told as ${error.code}: ${error.message}`];
  }
}

type Job = 'check' | 'gate' | 'profile' | 'migrate' | 'seed';

/** Runs one job with a config, in a folder, and checks what it left. */
async function attempt(kind: string, job: Job, config: Config, place: string): Promise<string> {
  const source = fingerprint(dirname(project.database));
  const sources: Config = { migrations: project.migrations, tool: 'rowproof', ...config };
  const jobs: Readonly<Record<Job, () => Promise<unknown>>> = {
    check: async () => {
      const { findings } = await check(sources);
      // The history is safe: whatever is found is the fault, taken for one of the rows.
      const errors = findings.filter(({ severity }) => severity === 'error');
      if (errors.length > 0) throw new Error(`found ${errors.map(({ message }) => message).join('; ')}`);
    },
    gate: async () => {
      const { findings } = await gate(sources, { file: project.database });
      if (findings.length > 0) throw new Error(`found ${findings.map(({ message }) => message).join('; ')}`);
    },
    profile: () => profile(sources, { file: project.database }),
    migrate: async () => {
      const { failed } = await migrate(sources, { file: join(place, 'app.db') });
      if (failed !== null) throw new Error(`${failed.migration} was blamed: ${failed.message}`);
    },
    seed: () => seed(sources, { file: join(place, 'dev.db') }),
  };
  const [end, violation] = await endOf(jobs[job]);
  const wrong = fingerprint(dirname(project.database)) === source ? null : 'the source has changed';
  tallies.count(kind, end, violation ?? wrong ?? leftWrong(job, end, place));
  return end;
}

function leftWrong(job: Job, end: string, place: string): string | null {
  if (job === 'seed') return seededWrong(join(place, 'dev.db'));
  if (job !== 'migrate') return null;
  const state = project.states.indexOf(stateOf(join(place, 'app.db')));
  if (state < 0) return 'migrate left a half of a migration';
  return end === 'done' && state < 3 ? 'migrate said that it was done' : null;
}

describe('SQLITE_FULL by max_page_count', () => {
  test.each<[Job, Config['engine'], number, number]>([
    ['check', 'better-sqlite3', 1, 90],
    ['check', 'node', 1, 90],
    ['gate', 'better-sqlite3', 60, 190],
    ['gate', 'node', 60, 190],
    ['migrate', 'better-sqlite3', 60, 190],
    ['migrate', 'node', 60, 190],
    ['seed', 'better-sqlite3', 1, 60],
    ['seed', 'node', 1, 60],
    ['profile', 'better-sqlite3', 1, 20],
  ])('%s on %s, at the pages from %i to %i', async (job, engine, first, last) => {
    const ends: string[] = [];
    for (let pages = first; pages <= last; pages++) {
      const place = join(home, 'place');
      rmSync(place, { recursive: true, force: true });
      mkdirSync(place);
      if (job === 'migrate') project.fresh(place);
      const connect = (db: Connection): void => void db.pragma(`max_page_count = ${pages}`);
      // Fewer rows than by default, so that the last pages are those of the schema too.
      ends.push(await attempt(`${job}, max_page_count (${engine})`, job, { engine, connect, rows: 40 }, place));
    }
    if (job === 'profile') return;
    // The range reaches from no room to enough.
    expect([ends[0], ends.at(-1)]).toEqual(['disk-full', 'done']);
  });
});

const canMount = process.getuid?.() === 0 && process.platform === 'linux' && mounts();

function mounts(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'rowproof mount '));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder], { stdio: 'ignore' });
    execFileSync('umount', [folder]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe.skipIf(!canMount)('ENOSPC on a small disk (skipped where nothing can be mounted)', () => {
  const disk = join(home, 'disk');
  const temporary = process.env['TMPDIR'];
  beforeAll(() => {
    mkdirSync(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', disk]);
  });
  afterAll(() => {
    if (temporary === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = temporary;
    execFileSync('umount', ['-l', disk]);
  });

  /** Leaves this many pages of 4 KiB on the disk. */
  const leave = (pages: number): void => {
    const filler = join(disk, 'filler');
    rmSync(filler, { force: true });
    const { bavail, bsize } = statfsSync(disk);
    writeFileSync(filler, Buffer.alloc(Math.max(0, bavail - pages) * bsize));
  };

  /** Steps of 4 KiB, of which each may hit another write. */
  const sizes = (most: number): number[] => Array.from({ length: most + 1 }, (_, pages) => pages);

  test.each<[Job, number]>([
    ['gate', 110],
    ['profile', 40],
  ])('as TMPDIR of %s, with 0 to %i pages', async (job, most) => {
    const ends: string[] = [];
    for (const pages of sizes(most)) {
      leave(pages);
      process.env['TMPDIR'] = disk;
      ends.push(await attempt(`${job}, ENOSPC in TMPDIR`, job, { rows: 10 }, disk));
      // The folder in which states are kept for the whole process may stay.
      const left = readdirSync(disk).filter((name) => name !== 'filler');
      if (left.length > 1) tallies.count(`${job}, ENOSPC in TMPDIR`, 'left', `left ${left.join(', ')}`);
    }
    expect(ends[0]).toBe('disk-full');
    expect(ends.at(-1)).toBe('done');
  });

  test.each<[Job, number]>([
    ['migrate', 100],
    ['seed', 60],
  ])('as the folder of the target of %s, with 0 to %i pages', async (job, most) => {
    if (temporary === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = temporary;
    const place = join(disk, 'place');
    const ends: string[] = [];
    for (const pages of sizes(most)) {
      rmSync(place, { recursive: true, force: true });
      mkdirSync(place);
      if (job === 'migrate') {
        rmSync(join(disk, 'filler'), { force: true });
        project.fresh(place);
      }
      leave(pages);
      ends.push(await attempt(`${job}, ENOSPC at the target`, job, { rows: 10 }, place));
    }
    expect(ends[0]).toBe('disk-full');
    expect(ends.at(-1)).toBe('done');
    expect(statSync(place).isDirectory()).toBe(true);
  });
});

test('no fault broke the law', () => {
  expect(tallies.violations.slice(0, 20)).toEqual([]);
  expect(tallies.tries).toBeGreaterThan(700);
});
