/** A sample of `pnpm drill`: 500 of its faults, over the same projects and kinds. */
import { expect, test } from 'vitest';
import { runDrills } from '../../scripts/drill/run.ts';

test('500 faults of pnpm drill', async () => {
  const { groups, violations, missed } = await runDrills(500);
  expect(violations).toEqual([]);
  expect(missed).toEqual([]);
  const faults = [...groups.values()].reduce((sum, count) => sum + count.faults, 0);
  expect(faults).toBeGreaterThanOrEqual(500);
  expect([...groups.values()].filter((count) => count.faults === 0)).toEqual([]);
});
