/** Every fourth specimen; the deep tests take all of them. */
import { describe, test } from 'vitest';
import { holdToTheLaw, whyNot } from './gate-law.ts';
import { type Specimen, specimens } from './specimens.ts';

const some = specimens.filter((_, i) => i % 4 === 0);

describe('the gate finds on a file what check finds on the same rows', () => {
  test.for<Specimen>(some)('$name', async (specimen, { skip }) => {
    const reason = whyNot(specimen);
    if (reason !== null) skip(reason);
    await holdToTheLaw(specimen, specimen.config);
  });
});
