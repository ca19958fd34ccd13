/** `pnpm docs`: brings the made parts of the documents up to date. Tests fail when that was forgotten. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { documents, renderParts } from './made-parts.ts';

for (const kind of ['quick', 'measured'] as const) {
  for (const name of documents[kind]) {
    const file = join(import.meta.dirname, '..', name);
    writeFileSync(file, await renderParts(name, readFileSync(file, 'utf8'), kind));
  }
}
