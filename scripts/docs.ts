/** `pnpm docs`: brings the made parts of the README up to date. A test fails when that was forgotten. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderReadme } from './readme.ts';

const readme = join(import.meta.dirname, '..', 'README.md');
writeFileSync(readme, await renderReadme(readFileSync(readme, 'utf8')));
