/** Every twentieth specimen, and every tenth that is due as a warning; the deep tests take all of them. */
import { describe, expect, test } from 'vitest';
import { holdToTheLaw, ruleOutWarnings, whyNot } from './gate-law.ts';
import { type Specimen, specimens } from './specimens.ts';

const some = specimens.filter((_, i) => i % 20 === 0);
/** Those that are due as a warning, so that one specimen more or less changes little. */
const warned = specimens.filter(({ expected }) => expected.hazard !== undefined).filter((_, i) => i % 10 === 0);

describe('the gate finds on a file what check finds on the same rows', () => {
  test.for<Specimen>(some)('$name', async (specimen, { skip }) => {
    const reason = whyNot(specimen);
    if (reason !== null) skip(reason);
    await holdToTheLaw(specimen.config);
  });
});

test('a file with plain rows alone rules out every warning of check', async () => {
  let ruledOut = 0;
  for (const specimen of warned) if (whyNot(specimen) === null) ruledOut += await ruleOutWarnings(specimen);
  expect(ruledOut).toBeGreaterThan(2);
});
