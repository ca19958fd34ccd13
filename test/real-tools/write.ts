/** `pnpm tools`: runs the tools themselves over the samples and brings docs/tools.md up to date. */
import { writeFileSync } from 'node:fs';
import { file, measureAll, renderDocument } from './document.ts';
import { programDrivers } from './programs/list.ts';
import { isThere, measureProgram, type ProgramRow, renderProgramsIn } from './programs/table.ts';

const programs: ProgramRow[] = [];
for (const tool of programDrivers.filter(isThere)) programs.push(await measureProgram(tool));
writeFileSync(file, renderProgramsIn(renderDocument(await measureAll()), programs, programDrivers));
