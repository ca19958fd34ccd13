import { describe, expect, test } from 'vitest';
import { check } from '../src/api.ts';
import { type Config, resolveConfig } from '../src/config.ts';
import { type Database, openMemory } from '../src/database/connection.ts';
import { execute } from '../src/database/execute.ts';
import { snapshotMemory } from '../src/database/snapshot.ts';
import { fixtureDataset } from '../src/datasets/fixture.ts';
import { isCode } from '../src/explain/catalogue.ts';
import { rules } from '../src/explain/rules/rules.ts';
import { loadProject, type Project, planProject, readSources } from '../src/harness/project.ts';
import type { Migration } from '../src/model/history.ts';
import type { Report } from '../src/model/report.ts';
import { seedNumbers, some } from './breadth.ts';
import { codesOf, fixedConfig, type Specimen, specimens, tells } from './specimens.ts';

const known = (code: string): boolean => isCode(code);

/** Specimens that no rule finds yet: faults that no comparison can show. Shrinks as rules are added, and may not grow. */
const notSeenYet = ['settings-key-renamed-but-json-quotes-stay'];
const seen = specimens.filter(({ name }) => !notSeenYet.includes(name));
/** Findings that the schema alone shows. */
const showsWithoutRows = (code: string): boolean => isCode(code) && !rules[code].dependsOnRows;
const failsOnEmpty = ({ expected }: Specimen): boolean => expected.finding === 'fails-on-empty';
const failing = seen.filter(({ expected }) => expected.sqlite_message !== undefined);

test('only specimens without a rule or out of reach are not found', () => {
  const isHidden = ({ expected, out_of_reach }: Specimen): boolean =>
    !known(expected.finding) || out_of_reach !== undefined;
  expect(specimens.filter(isHidden).map(({ name }) => name)).toEqual(notSeenYet);
});

describe.each(seen)('$name', (specimen) => {
  const { expected, config } = specimen;
  let report: Promise<Report> | null = null;
  const checked = (): Promise<Report> => {
    report ??= check({ ...config, dataset: ['fixture'] });
    return report;
  };

  test('is found with its hand-written rows, at the expected place', async () => {
    const { findings } = await checked();
    expect(findings.flatMap(codesOf).sort()).toEqual([expected.finding, ...(expected.also ?? [])].filter(known).sort());
    const main = findings.find((finding) => tells(finding, expected.finding));
    expect(main).toMatchObject({
      table: expected.table,
      statement: expected.statement,
      severity: expected.severity ?? 'error',
      datasets: [
        ...(failsOnEmpty(specimen) ? [] : ['fixture']),
        ...(failsOnEmpty(specimen) || showsWithoutRows(expected.finding) ? ['empty'] : []),
      ],
    });
    if (expected.cause !== undefined) expect(main?.cause).toBe(expected.cause);
    if (expected.sqlite_message !== undefined && expected.finding.startsWith('fails-on-'))
      expect(main?.message).toBe(expected.sqlite_message);
    if (main?.code === 'rows-lost' && expected.tables !== undefined) {
      expect(main.facts.tables.map(({ table }) => table).sort()).toEqual(expected.tables.toSorted());
    }
  });

  test('passes on the empty database, unless that is its fault', async () => {
    const { steps } = await checked();
    const outcomes = steps.filter(({ dataset }) => dataset === 'empty').map(({ outcome }) => outcome);
    expect(outcomes.pop()).toBe(failsOnEmpty(specimen) ? 'failed' : 'applied');
    expect(outcomes.every((outcome) => outcome === 'applied')).toBe(true);
  });
});

test.each(some(seen, 60))('$name is not found in its corrected form', async (specimen) => {
  const { findings } = await check({ ...fixedConfig(specimen), dataset: ['fixture'] });
  const allowed = (specimen.fixed_also ?? []).map(({ finding }) => finding);
  // An intended loss is told with its numbers and is not an alarm.
  expect(findings.filter(({ code, severity }) => severity !== 'note' && !allowed.includes(code))).toEqual([]);
});

const plainRowsAreEnough = seen.filter(({ needs }) => needs === 'any-row' || needs === 'fk-linked-rows');

test.each(some(plainRowsAreEnough, 40))(
  '$name is found from the schema alone, with every seed number',
  async (specimen) => {
    const { expected, config } = specimen;
    const rows = specimen.min_rows === undefined ? ['one-row', 'typical'] : ['typical'];
    for (const seed of seedNumbers(specimen.place)) {
      const { findings } = await check({ ...config, seed, rows: 20, dataset: ['one-row', 'typical'] });
      const main = findings.find((finding) => tells(finding, expected.finding));
      expect(main).toMatchObject({
        table: expected.table,
        statement: expected.statement,
        severity: expected.severity ?? 'error',
        datasets: showsWithoutRows(expected.finding) ? [...rows, 'empty'] : rows,
      });
    }
  },
);

test.each(some(seen, 25))('$name in its corrected form raises no finding on plain rows', async (specimen) => {
  const { findings } = await check({ ...fixedConfig(specimen), dataset: ['one-row', 'typical'] });
  // An earlier migration may be wrong as well, which correcting the last one does not change.
  const allowed = (specimen.fixed_also ?? []).map(({ finding }) => finding);
  expect(findings.filter(({ code, severity }) => severity === 'error' && !allowed.includes(code))).toEqual([]);
});

describe.each(some(failing, 20))('after the failure of $name', (specimen) => {
  test('the corrected migration applies to the database that the failure left', async () => {
    const bad = await seedUntilLast(specimen.config);
    const before = snapshotMemory(bad.db);
    expect(execute(bad.db, bad.last, bad.settings)?.message).toBe(specimen.expected.sqlite_message);
    const left = before.differences(bad.db, bad.settings);
    const { finding, also = [] } = specimen.expected;
    const atomic = ![finding, ...also].includes('not-atomic');
    expect(left.length === 0).toBe(atomic);

    const fixed = readSources(resolveConfig(fixedConfig(specimen))).history.migrations.at(-1);
    // The remains of a run without a transaction must be removed first, which `not-atomic` reports.
    const db = atomic ? bad.db : before.open(bad.settings);
    expect(fixed && execute(db, fixed, bad.settings)).toBeNull();
  });
});

/** The database of a specimen with its rows, before the last migration. */
async function seedUntilLast(
  config: Config,
): Promise<{ db: Database; last: Migration; settings: Project['config']['settings'] }> {
  const { history, fixtures, config: resolved } = await loadProject(planProject(resolveConfig(config)));
  const rows = await fixtureDataset(fixtures, 1);
  const db = openMemory(resolved.settings);
  for (const migration of history.migrations.slice(0, -1)) {
    expect(execute(db, migration, resolved.settings)).toBeNull();
    rows.fill(db, { position: migration.position, restarted: false, state: null });
  }
  const last = history.migrations.at(-1);
  if (last === undefined) throw new Error('a specimen has migrations');
  return { db, last, settings: resolved.settings };
}
