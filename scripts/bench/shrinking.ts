import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, resolveConfig } from '../../src/config.ts';
import { check } from '../../src/harness/check.ts';
import { loadProject, planProject } from '../../src/harness/project.ts';
import { tryLimit } from '../../src/reproduce/reproduce.ts';
import { time } from './measure.ts';

const folder = join(import.meta.dirname, '..', '..', 'test', 'specimens');

/** The milliseconds of a check without scripts and with them, and the most runs for one finding. */
interface Cost {
  readonly name: string;
  readonly without: number;
  readonly beside: number;
  readonly tries: number;
}

/** The cost of finding the smallest scripts: of all specimens that plain rows show, and of the dearest with ten thousand rows. */
export async function run(): Promise<void> {
  const names = readdirSync(folder).filter((name) => needsOf(name) !== 'many-rows');
  const costs: Cost[] = [];
  for (const name of names) costs.push(await costOf(name, 20));
  const dearest = costs.toSorted((a, b) => b.tries - a.tries).slice(0, 2);
  console.log(`specimens: ${names.length}; runs for one finding, at most: ${dearest[0]?.tries ?? 0}`);
  for (const { name } of dearest) {
    const { tries, without, beside } = await costOf(name, 10_000);
    const isKept = tries <= tryLimit;
    if (!isKept) process.exitCode = 1;
    const shown = `${String(tries).padStart(4)} runs (limit ${tryLimit}) ${isKept ? 'ok' : 'TOO MANY'}`;
    const spent = `${beside.toFixed(0)} ms beside a check of ${without.toFixed(0)} ms`;
    console.log(`10000 rows  ${shown}  ${spent}  ${name}`);
  }
}

function needsOf(name: string): unknown {
  const facts: unknown = JSON.parse(readFileSync(join(folder, name, 'case.json'), 'utf8'));
  return typeof facts === 'object' && facts !== null && 'needs' in facts ? facts.needs : null;
}

async function costOf(name: string, rows: number): Promise<Cost> {
  const config: Config = {
    ...{ tool: 'rowproof', migrations: join(folder, name, 'migrations'), seeds: join(folder, name, 'seeds') },
    ...{ rows, dataset: ['typical'] },
  };
  const resolved = resolveConfig(config);
  const plain = await loadProject(planProject(resolved));
  const without = await time(() => check(plain));
  const wanted = await loadProject(planProject({ ...resolved, reproductions: true }));
  let tries = 0;
  const withScripts = await time(async () => {
    const { findings } = await check(wanted);
    tries = Math.max(0, ...findings.map(({ reproduction }) => reproduction?.tries ?? 0));
  });
  return { name, without, beside: Math.max(0, withScripts - without), tries };
}
