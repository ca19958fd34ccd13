/** `check-rows.ts ROWS`: checks the demonstration with that many rows a table; prints its peak memory in kilobytes and the seconds. */
import { join } from 'node:path';
import { resolveConfig } from '../../src/config.ts';
import { check } from '../../src/harness/check.ts';
import { loadProject, planProject } from '../../src/harness/project.ts';
import { time } from './measure.ts';

const migrations = join(import.meta.dirname, '..', '..', 'migrations');
const project = await loadProject(planProject(resolveConfig({ migrations, rows: Number(process.argv[2]) })));
const spent = await time(() => check(project));
console.log(process.resourceUsage().maxRSS, spent / 1_000);
