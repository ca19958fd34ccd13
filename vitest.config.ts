import { configDefaults, defineConfig } from 'vitest/config';

/** Where `.ci/run` wants the results to count them, as JSON beside what is printed. */
const { TEST_RESULTS: results } = process.env;

/** What takes long because it is exhaustive: thousands of inputs, faults at every point. `pnpm test:deep` runs these alone. */
const deep = 'test/**/*.deep.test.ts';

/** What needs packages of its own, which `pnpm test:tools` installs first. */
const realTools = 'test/real-tools/*.test.ts';

/**
 * What another Node cannot change: rows that we make and judge on better-sqlite3, which brings its own SQLite. `pnpm
 * test:core` leaves it out; what is left opens files, loads modules, starts processes and asks node:sqlite.
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

export default defineConfig(({ mode }) => ({
  test: {
    // One less than there are cores by default, which is half of them on a small machine.
    maxWorkers: '100%',
    setupFiles: ['test/setup.ts'],
    ...(mode === 'deep' || mode === 'tools'
      ? { include: [mode === 'deep' ? deep : realTools], testTimeout: 600_000, hookTimeout: 600_000 }
      : {
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, deep, realTools, ...(mode === 'core' ? sameOnEveryNode : [])],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        }),
    ...(results === undefined ? {} : { reporters: ['default', 'json'], outputFile: { json: results } }),
  },
}));
