import { defineConfig } from 'vitest/config';

/** Where `.ci/run` wants the results to count them, as JSON beside what is printed. */
const { TEST_RESULTS: results } = process.env;

export default defineConfig({
  test: {
    // One less than there are cores by default, which is half of them on a small machine.
    maxWorkers: '100%',
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    ...(results === undefined ? {} : { reporters: ['default', 'json'], outputFile: { json: results } }),
  },
});
