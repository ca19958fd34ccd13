/** Drills whose faults need no process, of one migration; `drill.deep.test.ts` and `processes.deep.test.ts` have the others. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { migrate } from '../../src/api.ts';
import type { Config } from '../../src/config.ts';
import type { DrillRequest, DrillSoFar } from '../../src/model/request.ts';
import { inProcess } from '../cli/main.ts';
import { gate } from '../gate-source.ts';
import { folderWith } from '../temporary.ts';
import { causesOf, drilled, faultsOf, here, init, rebuild } from './project.ts';

const short: DrillRequest = { only: '2_rebuild', faults: 40 };

describe("rowproof's own migrator", () => {
  test('survives every kind of fault', async () => {
    const report = await drilled({ '1_init': init, '2_rebuild': rebuild }, {}, short);
    expect(causesOf(report)).toEqual([]);
    const faults = faultsOf(report);
    expect([...faults.keys()]).toEqual(here.filter((kind) => kind !== 'between'));
    expect([...faults.values()].filter(([number, survived]) => number === 0 || survived !== number)).toEqual([]);
  });
});

describe('a migrator without transactions', () => {
  const bare: Config = { tool: 'plain', transaction: 'none' };

  test('leaves halves of a migration, and of its ledger', async () => {
    const report = await drilled({ '1_init': init, '2_rebuild': rebuild }, bare, { ...short, kinds: ['kill'] });
    const causes = causesOf(report);
    expect(causes).toContain('fails-drill half-applied 2_rebuild');
    expect(causes.filter((cause) => cause.includes('ledger-disagrees'))).not.toEqual([]);
    const half = report.findings.find(({ cause, migration }) => cause === 'half-applied' && migration === '2_rebuild');
    expect(half?.statement).not.toBeNull();
    expect(half?.facts).toMatchObject({ left: expect.arrayContaining(['created table prices_new']) });
  });
});

describe('a drill that goes on', () => {
  test('tells after each fault how many there were, and what was found up to then', async () => {
    const told: DrillSoFar[] = [];
    const request: DrillRequest = { ...short, kinds: ['kill'], found: (soFar) => told.push(soFar) };
    const bare: Config = { tool: 'plain', transaction: 'none', seed: 7 };
    const report = await drilled({ '1_init': init, '2_rebuild': rebuild }, bare, request);
    expect(told.map(({ faults }) => faults)).toEqual(told.map((_each, i) => i + 1));
    const last = told.at(-1);
    expect(last).toMatchObject({ faults: told.length, total: told.length, seed: 7 });
    expect(last?.findings.map(({ facts }) => facts)).toEqual(report.findings.map(({ facts }) => facts));
    expect(last?.survived).toBeLessThan(told.length);
    expect(told[0]?.findings.length ?? 0).toBeLessThan(report.findings.length);
  });

  test('names no scratch file in what the next run says', async () => {
    const bare: Config = { tool: 'plain', transaction: 'none' };
    const request: DrillRequest = { faults: 12, kinds: ['kill'], only: '1_init' };
    const { findings } = await drilled({ '1_init': init, '2_rebuild': rebuild }, bare, request);
    const said = findings.map(({ message }) => message).join('\n');
    expect(said).toContain('the next run fails: the database has tables but no ledger');
    expect(said).not.toContain('/rowproof-');
  });
});

describe('the faults of a drill', () => {
  test.each(['kill:1_init/rollback#999', 'kill:9_gone/rollback#0', 'nonsense'])('do not include %s', async (replay) => {
    await expect(drilled({ '1_init': 'CREATE TABLE a (x);' }, {}, { replay })).rejects.toMatchObject({
      code: 'bad-flag',
    });
  });
});

describe('the gate', () => {
  test.each(['DELETE', 'WAL'])(
    'drills what is pending on a copy, and leaves a database in %s mode alone',
    async (mode) => {
      const folder = folderWith({ 'm/1_init.sql': init, 'm/2_rebuild.sql': rebuild });
      const [file, config] = [join(folder, 'p.db'), { migrations: join(folder, 'm'), tool: 'rowproof' } as const];
      await migrate(config, { file, to: 1 });
      const db = new Sqlite(file);
      db.exec(`PRAGMA journal_mode = ${mode}; INSERT INTO prices VALUES (1, 5, NULL), (2, 7, 'euro')`);
      db.close();
      const before = readFileSync(file);
      const report = await gate(config, { file, drill: { kinds: ['kill', 'torn-log'] } });
      expect(report.findings.filter(({ code }) => code === 'fails-drill')).toEqual([]);
      expect([...faultsOf(report).keys()]).toEqual(mode === 'WAL' ? ['kill', 'torn-log'] : ['kill']);
      expect(readFileSync(file).equals(before)).toBe(true);
      expect(readdirSync(folder).sort()).toEqual(['m', 'p.db']);
    },
  );
});

describe('rowproof drill', () => {
  test('ends with 1 and the ids of faults where a migrator breaks', async () => {
    const folder = folderWith({ 'm/1_init.sql': init, 'm/2_rebuild.sql': rebuild });
    const flags = ['--transaction', 'none', '--faults', '12', '--kinds', 'kill'];
    const { status, stdout } = await inProcess('drill', join(folder, 'm'), ...flags);
    expect(status).toBe(1);
    expect(stdout).toContain("--replay 'kill:");
    expect(stdout).toContain('rowproof explain half-applied');
  });

  test('ends with 0 where it survives, and counts the faults', async () => {
    const folder = folderWith({ 'm/1_init.sql': init });
    const { status, stdout } = await inProcess('drill', join(folder, 'm'), '--faults', '5', '--kinds', 'kill');
    expect([status, stdout]).toEqual([0, expect.stringContaining('No findings: the migrator survived 5 faults.')]);
  });

  test('ends with 2 where no fault can be injected, because that is not a verdict', async () => {
    const folder = folderWith({ 'm/1_a.sql': 'CREATE TABLE a (b); CREATE TABLE a (b);' });
    const { status, stderr } = await inProcess('drill', join(folder, 'm'), '--faults', '5');
    expect(status).toBe(2);
    expect(stderr).toContain('No fault was injected: 1_a cannot be migrated without a fault either.');
  });
});
