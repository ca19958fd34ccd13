import { globSync, readFileSync } from 'node:fs';
import { configDefaults, defineConfig } from 'vitest/config';

/** Where `.ci/run` wants the results to count them, as JSON beside what is printed. */
const { TEST_RESULTS: results } = process.env;

/** What takes long because it is exhaustive: thousands of inputs, faults at every point, installed packages. */
const deep = 'test/**/*.deep.test.ts';

/** What needs packages of its own, which `pnpm test:tools` installs first. */
const realTools = 'test/real-tools/*.test.ts';

/** Tests that `pnpm test` runs for some of their cases and `pnpm test:deep` for all: they ask `test/breadth.ts`. */
const ofTwoBreadths = globSync('test/**/*.test.ts', { cwd: import.meta.dirname }).filter((file) =>
  readFileSync(new URL(file, import.meta.url), 'utf8').includes("/breadth.ts';"),
);

/**
 * What another Node cannot change: rows that we make and judge on better-sqlite3, which brings its own SQLite. `pnpm
 * test:core` leaves it out; what is left opens files, loads modules, starts processes and asks node:sqlite, for all cases.
 */
const sameOnEveryNode = [
  'test/actual.test.ts',
  'test/awkward.test.ts',
  'test/compare/**',
  'test/docs.test.ts',
  'test/profile/{columns,few-rows,round,rules-out,secrets,tables}.test.ts',
  'test/profile-dataset.test.ts',
  'test/report/**',
  'test/safe.test.ts',
  'test/seed/**',
  'test/specimens.test.ts',
];

/** Tests that start a process for nearly each of their cases; `pnpm test` has a few of the command and of vitest elsewhere. */
const processes = [
  'test/cli/{command,formats,limits,migrate,outputs,seed,special-files,user-code}.test.ts',
  'test/database/{copy,damage,races,workspace}.test.ts',
  'test/drill/drill.test.ts',
  'test/files/{signals,temporary}.test.ts',
  'test/load/module.test.ts',
  'test/{engines,fix,init,replay,several-runs,suite}.test.ts',
  'test/profile/command.test.ts',
  'test/programs/samples.test.ts',
  'test/supervise/*.test.ts',
  'test/vitest.test.ts',
];

/** Deep tests that another Node can change, and that take seconds. */
const deepOnEveryNode = ['test/{node-too-old,package}.deep.test.ts', 'test/programs/*.deep.test.ts'];

const modes = {
  narrow: { include: ['test/**/*.test.ts'], exclude: [...configDefaults.exclude, deep, realTools, ...processes] },
  core: {
    include: ['test/**/!(*.deep).test.ts', ...deepOnEveryNode],
    exclude: [...configDefaults.exclude, realTools, ...sameOnEveryNode],
  },
  deep: { include: [deep, ...processes, ...ofTwoBreadths] },
  tools: { include: [realTools] },
};

export default defineConfig(({ mode }) => {
  const narrow = !isWide(mode);
  const timeout = narrow ? 60_000 : 600_000;
  return {
    test: {
      ...modes[isWide(mode) ? mode : 'narrow'],
      // One less than there are cores by default, which is half of them on a small machine.
      maxWorkers: '100%',
      // Loading the sources once a worker, and not once a file, takes a third of the time.
      isolate: false,
      globalSetup: ['test/compiled.ts'],
      setupFiles: ['test/setup.ts'],
      env: { TEST_BREADTH: narrow ? 'narrow' : 'wide' },
      // The last lines of CI hold a failure's message alone, so that a list in it is whole.
      chaiConfig: { truncateThreshold: 2000 },
      testTimeout: timeout,
      hookTimeout: timeout,
      // Signals, locks and watchdogs depend on the load of a shared machine. What fails twice is a fault; a retry is printed.
      retry: results === undefined ? 0 : 1,
      ...(results === undefined ? {} : { reporters: ['default', 'json'], outputFile: { json: results } }),
    },
  };
});

/** Whether a mode is one that runs all cases. */
function isWide(mode: string): mode is Exclude<keyof typeof modes, 'narrow'> {
  return mode in modes && mode !== 'narrow';
}
