/** The law of one judgement: the gate finds on a production file what `check` finds on the same rows. */
import { join } from 'node:path';
import { expect } from 'vitest';
import { check, seed } from '../src/api.ts';
import { type Config, resolveConfig } from '../src/config.ts';
import { sqliteVersion } from '../src/database/connection.ts';
import { readSources } from '../src/harness/project.ts';
import type { Side } from '../src/model/dataset.ts';
import type { Finding } from '../src/model/finding.ts';
import type { EngineName } from '../src/model/settings.ts';
import { gate } from './gate-source.ts';
import { type Specimen, tooOldFor } from './specimens.ts';
import { folderWith } from './temporary.ts';

/** The findings of both commands in the last migration, of the gate on a file that holds the hand-written rows. */
async function findBoth(config: Config): Promise<{ readonly checked: unknown[]; readonly gated: unknown[] }> {
  const [last, before] = readSources(resolveConfig(config)).history.migrations.toReversed();
  const file = join(folderWith(), 'app.db');
  await seed(config, { file, at: before?.name ?? 0, dataset: ['fixture'] });
  const checked = await check({ ...config, dataset: ['fixture'] });
  const gated = await gate({ ...config, includeValues: true }, { file });
  return {
    checked: checked.findings.filter((found) => found.migration === last?.name && isOfGate(found)).map(onCopy),
    gated: gated.findings.map(onCopy),
  };
}

/** The gate sees the pending migrations alone, and cannot tell that a directive has no effect. */
function isOfGate({ code }: Finding): boolean {
  return code !== 'directive-unused';
}

function onCopy(finding: Finding): unknown {
  const named = (side: Side): Side => (side === 'fixture' ? 'copy' : side);
  // The gate has not seen the applied migration that `check` blames here.
  const details = finding.details.filter((text) => !/ left .+ out of step\.$/.test(text));
  return { ...finding, details, datasets: finding.datasets.map(named), measuredOn: named(finding.measuredOn) };
}

/**
 * Holds a config to the law. `check` finds what a specimen expects, as `specimens.test.ts` proves, and so the gate does.
 * @param engine that of the config's settings when left out
 */
export async function holdToTheLaw(config: Config, engine?: EngineName): Promise<void> {
  const { checked, gated } = await findBoth({ ...config, interrupt: true, ...(engine && { engine }) });
  expect(gated).toEqual(checked);
}

/**
 * Proves that a production file with plain rows alone rules out, or shows, whatever `check` warns of in the last migration.
 * @returns how many warnings the file rules out.
 */
export async function ruleOutWarnings(specimen: Specimen): Promise<number> {
  const config = { ...specimen.config, seeds: folderWith() };
  const [last, before] = readSources(resolveConfig(config)).history.migrations.toReversed();
  const file = join(folderWith(), 'app.db');
  await seed(config, { file, at: before?.name ?? 0, dataset: ['one-row'] });
  const gated = await gate(config, { file });
  const shown = new Set(gated.findings.map(({ code, table }) => `${code} ${table}`));
  const checked = await check({ ...config, dataset: ['awkward'] });
  const warnings = checked.findings
    .filter(({ hazards }) => hazards.length > 0)
    .flatMap(sitesOf)
    .filter(({ migration, code, table }) => migration === last?.name && !shown.has(`${code} ${table}`)).length;
  const facts = { migration: last?.name, warnings };
  const told = gated.notes.filter(({ code }) => code === 'ruled-out-by-copy' || code === 'harmless-on-copy');
  expect(told).toMatchObject(warnings === 0 ? [] : [{ code: 'ruled-out-by-copy', facts }]);
  return warnings;
}

/** The places of a finding: check tells of orphans under declared keys once per history, and the gate once per key. */
function sitesOf(finding: Finding): Pick<Finding, 'code' | 'migration' | 'table'>[] {
  const { code, migration, table } = finding;
  const sites = finding.code === 'fails-on-rows' ? (finding.facts.sites ?? []) : [];
  return [{ code, migration, table }, ...sites.map((site) => ({ ...site, code }))];
}

/** The reason why an engine cannot run a specimen, or null. */
export function whyNot(specimen: Specimen, engine?: EngineName): string | null {
  const chosen = engine ?? (specimen.settings.dqs ? 'node' : 'better-sqlite3');
  return tooOldFor(specimen, sqliteVersion(resolveConfig({ engine: chosen }).settings));
}
