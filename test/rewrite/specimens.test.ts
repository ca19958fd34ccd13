import { cpSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { check } from '../../src/api.ts';
import type { Config } from '../../src/config.ts';
import { topics } from '../../src/explain/catalogue.ts';
import type { Finding } from '../../src/model/finding.ts';
import { recipes } from '../../src/rewrite/recipes.ts';
import { some } from '../breadth.ts';
import { type Specimen, specimens, tells } from '../specimens.ts';
import { folderWith } from '../temporary.ts';
import { uncorrected, withoutRecipe } from './without.ts';

test('every cause has a recipe, or a reason for none', () => {
  const known = new Set<string>(recipes.flatMap(({ causes }) => causes));
  const missing = topics.map(({ id }) => id).filter((id) => !known.has(id));
  expect(missing.sort()).toEqual(Object.keys(withoutRecipe).sort());
});

test('at least two thirds of the specimens have a corrected migration', () => {
  const names = specimens.map(({ name }) => name);
  expect(Object.keys(uncorrected).filter((name) => !names.includes(name))).toEqual([]);
  expect(Object.keys(uncorrected).length * 3).toBeLessThanOrEqual(names.length);
});

const loud = (findings: readonly Finding[]): Finding[] => findings.filter(({ severity }) => severity !== 'note');
const identity = ({ code, cause, table }: Finding): string => JSON.stringify([code, cause, table]);

describe.each(some(specimens, 12))('$name', (specimen) => {
  const isCorrected = !Object.hasOwn(uncorrected, specimen.name);

  test(isCorrected ? 'has a corrected migration that passes' : 'has no corrected migration yet', async () => {
    const { findings } = await check({ ...specimen.config, rewrites: true });
    const main = findings.filter((finding) => tells(finding, specimen.expected.finding));
    const rewrite = main.find((finding) => finding.rewrite !== undefined)?.rewrite;
    expect(rewrite !== undefined).toBe(isCorrected);
    if (rewrite === undefined) return;
    const after = await check({ ...withText(specimen, rewrite.text), rewrites: false });
    const known = new Set(loud(findings).flatMap((finding) => [identity(finding), ...sitesOf(finding)]));
    const own = loud(after.findings).filter(({ migration }) => migration === main[0]?.migration);
    // A statement that fails is not measured: its corrected form is the first whose growth is known.
    const others = own.filter(({ code }) => code !== 'slow-growth');
    expect(others.filter((each) => each.severity === 'error' || !known.has(identity(each)))).toEqual([]);
    // Where the original fails on the empty database, no other one was reached.
    const reached = main[0]?.code === 'fails-on-empty' ? ['empty'] : after.datasets;
    expect(rewrite.verifiedOn).toEqual(reached);
  });
});

/** The report tells one question about rows without a parent for all statements that ask it. */
function sitesOf(finding: Finding): string[] {
  const sites = finding.code === 'fails-on-rows' ? (finding.facts.sites ?? []) : [];
  return sites.map(({ table }) => JSON.stringify([finding.code, finding.cause, table]));
}

/** The project of a specimen with another text of its last migration. */
function withText({ folder, config }: Specimen, text: string): Config {
  const copy = folderWith();
  for (const name of ['migrations', 'seeds']) cpSync(join(folder, name), join(copy, name), { recursive: true });
  const last = readdirSync(join(copy, 'migrations')).sort().at(-1) ?? '';
  writeFileSync(join(copy, 'migrations', last), text);
  return { ...config, migrations: join(copy, 'migrations'), seeds: join(copy, 'seeds') };
}
