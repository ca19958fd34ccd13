import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { documents, renderParts } from '../scripts/made-parts.ts';

test.each(documents.measured)('the measured parts of %s are up to date (pnpm docs)', async (name) => {
  const text = readFileSync(join(import.meta.dirname, '..', name), 'utf8');
  expect(await renderParts(name, text, 'measured')).toBe(text);
});
