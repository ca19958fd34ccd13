/** Faults that need a process: limits, permissions, files that go away, signals, and a SIGKILL of run and guardian. */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { build, childrenOf, type Ending, leftIn, processesWith, type Run, run } from './command.ts';
import { fingerprint, makeProject, type Project, seededWrong, stateOf } from './project.ts';
import { createTallies } from './tally.ts';

/** Printed, so that a failure can be had again: FAULT_SEED=… */
const seedNumber = Number(process.env['FAULT_SEED'] ?? 9);
const home = mkdtempSync(join(tmpdir(), 'rowproof faults '));
const tallies = createTallies();
let project: Project;
let bin: string;

beforeAll(async () => {
  chmodSync(home, 0o755);
  project = await makeProject(join(home, 'project'));
  bin = build(home);
});
afterAll(() => {
  rmSync(home, { recursive: true, force: true });
  console.log(`seed ${seedNumber}\n${tallies.table()}`);
});

type Job = 'check' | 'gate' | 'profile' | 'migrate' | 'seed';
const jobs: readonly Job[] = ['check', 'gate', 'profile', 'migrate', 'seed'];

/** Where a try has its files. */
interface Place {
  /** The file that the command writes, alone in its folder. */
  readonly target: string;
  readonly temporary: string;
}

function argsOf(job: Job, { target }: Place): string[] {
  const out = ['-o', join(target, 'out.json')];
  return {
    check: ['check', project.migrations, '--rows', '10', ...out],
    gate: ['gate', project.migrations, '--db', project.database, ...out],
    profile: ['profile', project.migrations, '--db', project.database, ...out],
    migrate: ['migrate', project.migrations, '--db', join(target, 'app.db')],
    seed: ['seed', project.migrations, '--rows', '10', '-o', join(target, 'dev.db')],
  }[job];
}

let made = 0;

function newPlace(job: Job, parent = home): Place {
  made += 1;
  const place = { target: join(parent, `target ${made}`), temporary: join(parent, `temporary ${made}`) };
  mkdirSync(place.target);
  mkdirSync(place.temporary);
  if (job === 'migrate') project.fresh(place.target);
  return place;
}

/** The fault in the ending of a run; null when it held. */
/** Arguments with another option, in the place of the same one where it is there. */
function withOption(args: readonly string[], [name, value]: readonly string[]): string[] {
  if (name === undefined || value === undefined) return [...args];
  const at = args.indexOf(name);
  return at < 0 ? [...args, name, value] : args.with(at + 1, value);
}

function endsWrong({ end, stdout, stderr }: Ending, mayEndBy: readonly (number | string)[]): string | null {
  if (!mayEndBy.includes(end)) return `ended with ${end}: ${stderr}`;
  const said = stdout + stderr;
  if (/^\s+at .+:\d+:\d+\)?$/m.test(said) || said.includes('this is a bug of rowproof'))
    return `printed a stack: ${said}`;
  if (end === 2 && !/^rowproof: \S/m.test(stderr)) return `said nothing: ${said}`;
  return null;
}

/** The fault in the remains of a run at its target; null when it held. */
function leavesWrong(job: Job, { end }: Ending, { target }: Place): string | null {
  if (job === 'migrate') {
    const state = project.states.indexOf(stateOf(join(target, 'app.db')));
    if (state < 0) return 'migrate left a half of a migration';
    return end === 0 && state < 3 ? 'migrate said that it was done' : null;
  }
  if (job === 'seed') return seededWrong(join(target, 'dev.db'));
  const names = readdirSync(target);
  if (names.length === 0) return end === 0 || end === 1 ? 'no report was written' : null;
  if (names.join() !== 'out.json') return `left ${names.join(', ')}`;
  const text = readFileSync(join(target, 'out.json'), 'utf8');
  // A profile is JSON, a report ends with its last line.
  return job === 'profile' && !isJson(text)
    ? 'half a profile was written'
    : text.endsWith('\n')
      ? null
      : 'half a report';
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Milliseconds in which the guardian of a run that was killed has cleared up, on a machine that is busy too. */
const patience = 15_000;

/** Options of a try. */
interface Fault extends Omit<Partial<Run>, 'bin' | 'args'> {
  readonly kind: string;
  readonly job: Job;
  readonly place: Place;
  readonly mayEndBy?: readonly (number | string)[];
  /** An option with its value, in the place of the same one of the job. */
  readonly more?: readonly string[];
  /** Whether files of a killed run may stay until the next one. */
  readonly sweeps?: boolean;
  /** Whether the source or the target are what the fault is about, so that their state says nothing. */
  readonly spares?: boolean;
}

/** Runs the command under a fault, then once more in peace where something may be left, and counts how it went. */
async function under(fault: Fault): Promise<Ending> {
  const { kind, job, place, mayEndBy = [0, 1, 2], more = [], sweeps = false, spares = false } = fault;
  const source = fingerprint(dirname(project.database));
  const temporary = fault.temporary ?? place.temporary;
  const ending = await run({ ...fault, bin, args: withOption(argsOf(job, place), more), temporary });
  let wrong = endsWrong(ending, mayEndBy);
  let left = existsSync(place.temporary) ? await leftIn(place.temporary, sweeps ? 0 : patience) : [];
  if (sweeps) {
    // The next output there removes the remains beside an output.
    const next = join(place.target, 'next.json');
    const args = ['profile', project.migrations, '--db', project.database, '-o', next];
    wrong ??= endsWrong(await run({ bin, args, temporary: place.temporary }), [0]);
    rmSync(next, { force: true });
    left = await leftIn(place.temporary, patience);
  } else if (existsSync(place.target)) {
    await leftIn(place.target, patience, '.rowproof-');
  }
  if (left.length > 0) wrong ??= `left ${left.join(', ')} in TMPDIR`;
  if (!spares) {
    wrong ??= leavesWrong(job, ending, place);
    if (fingerprint(dirname(project.database)) !== source) wrong ??= 'the source has changed';
  }
  tallies.count(kind, String(ending.end), wrong === null ? null : `${job}: ${wrong}`);
  for (const each of [place.target, place.temporary]) {
    if (existsSync(each)) chmodSync(each, 0o755);
    rmSync(each, { recursive: true, force: true });
  }
  return ending;
}

/** Runs tries side by side, as many as there are processors. */
async function eachOf<T>(list: readonly T[], work: (item: T, index: number) => Promise<unknown>): Promise<void> {
  const waiting = [...list.entries()];
  const lanes = Array.from({ length: availableParallelism() }, async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await work(next[1], next[0]);
  });
  await Promise.all(lanes);
}

/** A number from 0 to 1 for each place in a list. https://prng.di.unimi.it/splitmix64.c, of 32 bits */
function chance(index: number): number {
  let mixed = (seedNumber * 0x9e3779b9 + index * 0x85ebca6b) >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
}

const isRoot = process.getuid?.() === 0;
const isLinux = process.platform === 'linux';

describe.skipIf(!isLinux)('limits of a process', () => {
  test('the size of files', async () => {
    const sizes = [0, 1, 2, 4, 8, 16, 32, 64, 100];
    const tries = sizes.flatMap((size) => jobs.map((job) => ({ size, job })));
    await eachOf(tries, ({ size, job }) =>
      under({ kind: 'EFBIG by ulimit -f', job, place: newPlace(job), before: `ulimit -f ${size}` }),
    );
  });

  test('the number of files', async () => {
    const { temporary } = newPlace('check');
    // With fewer, Node itself does not start.
    let least = 16;
    const starts = async (): Promise<boolean> =>
      (await run({ bin, args: ['--version'], temporary, before: `ulimit -n ${least}` })).end === 0;
    while (!(await starts())) least += 1;
    const tries = Array.from({ length: 9 }, (_, i) => least + i).flatMap((number) =>
      jobs.map((job) => ({ number, job })),
    );
    await eachOf(tries, ({ number, job }) =>
      under({ kind: 'EMFILE by ulimit -n', job, place: newPlace(job), before: `ulimit -n ${number}` }),
    );
  });
});

describe('unexpected folders and files', () => {
  const cases: readonly (readonly [string, (place: Place, job: Job) => Partial<Fault>])[] = [
    ['no TMPDIR', (place) => ({ temporary: join(place.temporary, 'gone') })],
    [
      'a file as TMPDIR',
      (place) => {
        writeFileSync(`${place.temporary}.file`, '');
        return { temporary: `${place.temporary}.file` };
      },
    ],
    [
      'a folder as output',
      (place, job) => {
        mkdirSync(join(place.target, job === 'seed' ? 'dev.db' : 'out.json'), { recursive: true });
        return { spares: true };
      },
    ],
    [
      'a folder as the database',
      (place, job) => {
        const folder = join(place.target, 'folder.db');
        mkdirSync(folder);
        return {
          more: job === 'gate' || job === 'profile' || job === 'migrate' ? ['--db', folder] : ['--base', folder],
          spares: true,
        };
      },
    ],
    [
      'a link that leads to itself',
      (place, job) => {
        const link = join(place.target, 'loop');
        symlinkSync(link, link);
        return {
          more: job === 'gate' || job === 'profile' || job === 'migrate' ? ['--db', link] : ['-o', link],
          spares: true,
        };
      },
    ],
    [
      'no folder for the output',
      (place, job) => {
        rmSync(place.target, { recursive: true });
        return job === 'migrate' ? { spares: true } : { spares: true };
      },
    ],
  ];
  test.each(cases)('%s', async (kind, make) => {
    await eachOf(jobs, (job) => {
      const place = newPlace(job);
      return under({ kind, job, place, ...make(place, job) });
    });
    rmSync(join(home, 'temporary.file'), { force: true });
  });

  /** Becomes the user who owns nothing, who may read what was built. */
  const nobody = 'data:text/javascript,process.setgid(65534);process.setuid(65534)';
  test.skipIf(!isRoot)('EACCES: another user, to whom folders are closed (skipped unless root)', async () => {
    const closings: readonly ((place: Place) => void)[] = [
      ({ temporary }) => chmodSync(temporary, 0o555),
      ({ target }) => chmodSync(target, 0o555),
      ({ temporary, target }) => {
        chmodSync(temporary, 0o000);
        chmodSync(target, 0o777);
      },
      ({ temporary, target }) => {
        chmodSync(temporary, 0o777);
        chmodSync(target, 0o111);
      },
      ({ temporary, target }) => {
        for (const each of [temporary, target]) chmodSync(each, 0o777);
      },
    ];
    const tries = closings.flatMap((close) => jobs.map((job) => ({ close, job })));
    await eachOf(tries, ({ close, job }) => {
      const place = newPlace(job);
      close(place);
      return under({ kind: 'EACCES as another user', job, place, before: `export NODE_OPTIONS='--import=${nobody}'` });
    });
  });
});

/**
 * Does something to the files of a run, a share of the time that it takes after it has made the first of them: what comes
 * before that is Node's own start.
 */
function onceBegun(
  { target, temporary }: Place,
  share: number,
  job: Job,
  work: () => void,
): NonNullable<Fault['during']> {
  return async (child) => {
    const before = readdirSync(target).length;
    const began = (): boolean => readdirSync(temporary).length > 0 || readdirSync(target).length > before;
    while (child.exitCode === null && !began()) await setTimeout(1);
    await setTimeout(share * (usual.get(job) ?? 500));
    try {
      work();
    } catch {
      // The target of the removal or the kill is already gone.
    }
  };
}

/** Milliseconds that each job takes here, undisturbed. */
const usual = new Map<Job, number>();

describe.skipIf(!isLinux)('changes during a run', () => {
  beforeAll(async () => {
    for (const job of jobs) {
      const begun = performance.now();
      await under({ kind: 'no fault', job, place: newPlace(job), mayEndBy: [0] });
      usual.set(job, performance.now() - begun);
    }
  });

  const disturbances: readonly (readonly [string, (place: Place) => void])[] = [
    ['the temporary folder is removed', ({ temporary }) => rmSync(temporary, { recursive: true, force: true })],
    [
      'the copies are removed',
      ({ temporary }) => {
        for (const name of readdirSync(temporary)) rmSync(join(temporary, name), { recursive: true, force: true });
      },
    ],
    [
      'the copies are cut off',
      ({ temporary }) => {
        for (const name of readdirSync(temporary, { recursive: true, encoding: 'utf8' })) {
          if (/\.db$/.test(name)) truncateSync(join(temporary, name), 5000);
        }
      },
    ],
    [
      'the copies are closed to all',
      ({ temporary }) => {
        for (const name of readdirSync(temporary)) chmodSync(join(temporary, name), 0o000);
      },
    ],
    ['the folder of the output is moved', ({ target }) => renameSync(target, `${target}.moved`)],
  ];
  test.each(disturbances)('%s', async (kind, disturb) => {
    const tries = [0, 0.02, 0.04, 0.08, 0.12, 0.2].flatMap((share) =>
      (['check', 'gate', 'profile', 'seed'] as const).map((job) => ({ share, job })),
    );
    await eachOf(tries, async ({ share, job }) => {
      const place = newPlace(job);
      const during = onceBegun(place, share, job, () => disturb(place));
      // A folder that was moved away took along what it held; one that nobody else can enter stays closed.
      await under({ kind, job, place, during, spares: true });
      rmSync(`${place.target}.moved`, { recursive: true, force: true });
    });
  });

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s to the whole group, as a terminal does', async (signal) => {
    const tries = Array.from({ length: 5 }, (_, i) => i).flatMap((i) => jobs.map((job) => ({ i, job })));
    await eachOf(tries, ({ job }, index) => {
      const place = newPlace(job);
      const wait = chance(index) * (usual.get(job) ?? 500);
      const during: Fault['during'] = async (child) => {
        await setTimeout(wait);
        if (child.pid !== undefined && child.exitCode === null) killGroup(child.pid, signal);
      };
      const numbers = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };
      return under({ kind: signal, job, place, during, mayEndBy: [0, 1, signal, numbers[signal]] });
    });
  });

  test('SIGKILL of the run and its guardian, then the next run', async () => {
    const tries = Array.from({ length: 10 }, (_, i) => i).flatMap((i) => jobs.map((job) => ({ i, job })));
    await eachOf(tries, ({ job }, index) => {
      const place = newPlace(job);
      const wait = chance(1000 + index) * (usual.get(job) ?? 500);
      const during: Fault['during'] = async (child) => {
        await setTimeout(wait);
        // Guardians carry the number of the process that they watch over at the start of an argument.
        const watched = child.pid === undefined ? [] : [child.pid, ...childrenOf(child.pid)];
        const guardians = (): number[] => watched.flatMap((pid) => processesWith(`\0${pid}-`));
        for (const pid of guardians()) kill(pid);
        if (child.pid !== undefined && child.exitCode === null) killGroup(child.pid, 'SIGKILL');
        for (const pid of guardians()) kill(pid);
      };
      return under({ kind: 'SIGKILL of both', job, place, during, mayEndBy: [0, 1, 'SIGKILL'], sweeps: true });
    });
  });
});

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has gone by itself.
  }
}

function killGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // It has gone by itself.
  }
}

describe.skipIf(!isRoot || !isLinux)('ENOSPC for the built command (skipped unless root can mount)', () => {
  const disk = join(home, 'disk');
  beforeAll(() => {
    mkdirSync(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', disk]);
  });
  afterAll(() => execFileSync('umount', ['-l', disk]));

  test('in TMPDIR and at the target at once', async () => {
    for (const job of jobs) {
      for (const pages of [0, 1, 3, 8, 20, 30, 45, 70]) {
        const place = newPlace(job, disk);
        const { bavail, bsize } = statfsSync(disk);
        writeFileSync(join(disk, 'filler'), Buffer.alloc(Math.max(0, bavail - pages) * bsize));
        await under({ kind: 'ENOSPC everywhere', job, place });
        rmSync(join(disk, 'filler'));
      }
    }
  });
});

test('no fault broke the law', () => {
  expect(tallies.violations.slice(0, 20)).toEqual([]);
  expect(tallies.tries).toBeGreaterThan(300);
});
