/** Truth beside emulation: the tools themselves over the samples, the same rows, the same counts. */
import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { file, renderDocument } from './document.ts';
import { measure } from './measure.ts';
import { realTools } from './real-tools.ts';
import type { Row } from './table.ts';

const measured: Row[] = [];

describe.each(realTools)('$name', (tool) => {
  test('leaves the emulated rows, which the gate foresees from its ledger', async () => {
    const found = await measure(tool);
    measured.push({ ...found, name: tool.name, sample: tool.sample });
    expect(found).toMatchObject({ emulated: found.real, pending: 1, foreseen: found.real !== '2/2/3' });
  });
});

// After all, not a test of its own: it needs every row, and a single test must run alone.
afterAll(() => {
  if (measured.length === realTools.length)
    expect(renderDocument(measured), 'pnpm tools').toBe(readFileSync(file, 'utf8'));
});
