import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { breadth } from '../breadth.ts';
import { folderWith } from '../temporary.ts';
import { type Launched, launch } from './launch.ts';
import { rows, run } from './migrating.ts';
import type { Finish, Lane } from './processes/racer.ts';

const rounds = breadth(5, 25);

/** Processes that are started once and race in every round. */
let racers: Racer[] = [];

interface Racer {
  readonly process: ChildProcess;
  tell(message: Lane | 'go'): void;
  /** Waits for the next message; it is an error when the process ends without one. */
  hear(): Promise<unknown>;
}

beforeAll(() => {
  racers = Array.from({ length: 8 }, startRacer);
});

afterAll(() => {
  for (const racer of racers) racer.process.disconnect();
});

function startRacer(): Racer {
  const program = join(import.meta.dirname, 'processes', 'racer.ts');
  const process = fork(program, { execArgv: ['--disable-warning=ExperimentalWarning'] });
  const end = new AbortController();
  process.on('exit', () => end.abort());
  return {
    process,
    tell: (message) => void process.send(message),
    hear: async () => {
      const [message] = await once(process, 'message', { signal: end.signal });
      return message;
    },
  };
}

/** Lets every racer migrate at the same moment; returns how each of them fared. */
async function race(lanes: (racer: number) => Lane, meanwhile = async (): Promise<void> => {}): Promise<Finish[]> {
  const ready = Promise.all(racers.map(({ hear }) => hear()));
  for (const [i, { tell }] of racers.entries()) tell(lanes(i));
  await ready;
  const finished = Promise.all(racers.map(({ hear }) => hear()));
  for (const { tell } of racers) tell('go');
  await meanwhile();
  // The message that `racer.ts` sends after its run.
  return (await finished) as Finish[];
}

/** Each migration has an effect that shows when it was applied twice. */
const migrations = {
  '0001_init.sql': `CREATE TABLE effects (migration INTEGER); CREATE TABLE pairs (a INTEGER PRIMARY KEY, b INTEGER);
    INSERT INTO pairs VALUES (1, 0); INSERT INTO effects VALUES (1);`,
  '0002_column.sql': 'ALTER TABLE pairs ADD COLUMN c TEXT; INSERT INTO effects VALUES (2);',
  '0003_rebuild.sql': `-- rowproof: foreign_keys=off
    CREATE TABLE new (a INTEGER PRIMARY KEY, b INTEGER, c TEXT); INSERT INTO new SELECT * FROM pairs;
    DROP TABLE pairs; ALTER TABLE new RENAME TO pairs; INSERT INTO effects VALUES (3);`,
  '0004_count.sql': 'UPDATE pairs SET b = b + 1; INSERT INTO effects VALUES (4);',
};

/** The same with transactions of their own, which do not take the lock when they begin. */
const ownTransactions = Object.fromEntries(
  Object.entries(migrations).map(([name, sql]) => [name, sql.replace(/^(--.*\n)?/, '$1BEGIN;').concat(' COMMIT;')]),
);

function expectEachAppliedOnce(file: string, finishes: readonly Finish[]): void {
  expect(finishes.filter(({ error }) => error !== null)).toEqual([]);
  const names = Object.keys(migrations).map((name) => name.replace('.sql', ''));
  expect(finishes.flatMap(({ applied }) => applied).sort()).toEqual(names);
  expect(rows(file, 'SELECT version, name FROM _migrations')).toEqual(names.map((name, i) => [i + 1, name]));
  expect(rows(file, 'SELECT migration FROM effects')).toEqual([[1], [2], [3], [4]]);
  expect(rows(file, 'SELECT a, b, c FROM pairs')).toEqual([[1, 1, null]]);
  expect(rows(file, 'PRAGMA integrity_check')).toEqual([['ok']]);
}

interface Course {
  readonly what: string;
  readonly files: Readonly<Record<string, string>>;
  /** The action of another program on the file before; null when there is no file. */
  readonly before: string | null;
  /** The journal mode that every other racer sets on its connections. */
  readonly mode?: string;
}

const courses: readonly Course[] = [
  { what: 'is not there', files: migrations, before: null },
  { what: 'is not there, and is put into WAL mode by some', files: migrations, before: null, mode: 'WAL' },
  { what: 'is in WAL mode', files: migrations, before: 'PRAGMA journal_mode = WAL' },
  {
    what: 'is in rollback mode, with the ledger of another runner',
    files: migrations,
    before: 'CREATE TABLE _migrations (version INTEGER PRIMARY KEY, applied_at TEXT NOT NULL)',
  },
  { what: 'is not there, with transactions in the files', files: ownTransactions, before: null },
  {
    what: 'is in WAL mode, with transactions in the files',
    files: ownTransactions,
    before: 'PRAGMA journal_mode = WAL',
  },
];

test.each(courses)(`8 processes migrate a file that $what, ${rounds} times`, async ({ files, before, mode }) => {
  const directory = folderWith(files);
  const databases = folderWith();
  for (let round = 1; round <= rounds; round++) {
    const file = join(databases, `${round}.db`);
    if (before !== null) run(file, before);
    const lane = (racer: number): Lane => ({ file, directory, mode: racer % 2 === 0 ? null : (mode ?? null) });
    expectEachAppliedOnce(file, await race(lane));
  }
});

/** Writes more than the cache holds, so that some of it is in the file or its log when the victim is killed. */
const dangerous = `PRAGMA cache_size = 2; CREATE TABLE large (n INTEGER, filling TEXT);
  WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)
  INSERT INTO large SELECT i, hex(zeroblob(500)) FROM n;
  SELECT stop_here();`;

test.each(['DELETE', 'WAL'])(
  '8 processes continue when another is killed during a migration, in %s mode',
  async (mode) => {
    const directory = folderWith({
      ...migrations,
      '0002_column.sql': `${migrations['0002_column.sql']} ${dangerous}`,
    });
    const databases = folderWith();
    const start = (round: number): { file: string; victim: Launched } => {
      const file = join(databases, `${round}.db`);
      run(file, `PRAGMA journal_mode = ${mode}`);
      return { file, victim: launch('victim', file, directory) };
    };
    for (const [round, { file, victim }] of Array.from({ length: breadth(2, 6) }, (_, round) =>
      start(round),
    ).entries()) {
      expect(await victim.line()).toBe('inside');

      const finishes = await race(
        () => ({ file, directory, mode: null }),
        async () => {
          await setTimeout(round);
          victim.process.kill('SIGKILL');
        },
      );

      await victim.stop();
      expect(victim.process.signalCode).toBe('SIGKILL');
      expectEachAppliedOnce(file, [{ applied: ['0001_init'], error: null }, ...finishes]);
      expect(rows(file, 'SELECT count(*) FROM large')).toEqual([[200]]);
    }
  },
);
