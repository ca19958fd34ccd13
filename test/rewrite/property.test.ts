/** Random histories with faults: no corrected migration that rowproof offers has a finding on rows that it has not met. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { breadth } from '../breadth.ts';
import { faultyHistories } from './faulty/faulty-histories.ts';
import { tryHistory } from './law.ts';

const numRuns = Number(process.env['LAW_RUNS'] ?? breadth(2, 300));

test(`corrected migrations of ${numRuns} random histories obey the law`, async () => {
  await fc.assert(
    fc.asyncProperty(faultyHistories, async (history) => {
      expect((await tryHistory(history)).violations).toEqual([]);
    }),
    { numRuns },
  );
});
