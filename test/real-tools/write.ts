/** `pnpm tools`: runs the tools themselves over the samples and brings docs/tools.md up to date. */
import { writeFileSync } from 'node:fs';
import { measurePrograms, renderProgramsIn } from '../programs/table.ts';
import { file, measureAll, renderDocument } from './document.ts';

writeFileSync(file, renderProgramsIn(renderDocument(await measureAll()), await measurePrograms()));
