/** The table of docs/tools.md on tools whose migrations are programs is what they do. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { standsInForMissing } from './project.ts';
import { measurePrograms, renderProgramsIn } from './table.ts';

const file = join(import.meta.dirname, '../../docs/tools.md');

test.runIf(standsInForMissing)('each tool and rowproof leave the same, as docs/tools.md says', async () => {
  const rows = await measurePrograms();
  expect(rows.flatMap(({ differences }) => differences)).toEqual([]);
  const document = readFileSync(file, 'utf8');
  expect(renderProgramsIn(document, rows), 'pnpm tools').toBe(document);
});
