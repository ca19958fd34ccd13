/** Drills whose faults need no process; the others are in `processes.deep.test.ts`. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { drill } from '../../src/api.ts';
import type { Config } from '../../src/config.ts';
import type { DrillKind } from '../../src/model/drill.ts';
import type { Report } from '../../src/model/report.ts';
import type { DrillRequest } from '../../src/model/request.ts';
import { inProcess } from '../cli/main.ts';
import { folderWith } from '../temporary.ts';

const here: readonly DrillKind[] = ['kill', 'power-loss', 'torn-log', 'between', 'disk-full', 'locked'];

const init = `CREATE TABLE prices (id INTEGER PRIMARY KEY, amount INTEGER NOT NULL, unit TEXT);
  CREATE TABLE tags (id INTEGER PRIMARY KEY, name TEXT NOT NULL);`;

const rebuild = `CREATE TABLE prices_new (id INTEGER PRIMARY KEY, amount INTEGER NOT NULL, unit TEXT NOT NULL);
  INSERT INTO prices_new SELECT id, amount, coalesce(unit, 'euro') FROM prices;
  DROP TABLE prices;
  ALTER TABLE prices_new RENAME TO prices;`;

async function drilled(
  migrations: Readonly<Record<string, string>>,
  config: Config = {},
  request: DrillRequest = {},
): Promise<Report> {
  const files = Object.entries(migrations).map(([name, sql]): [string, string] => [`m/${name}.sql`, sql]);
  const folder = folderWith(Object.fromEntries(files));
  return drill(
    { migrations: join(folder, 'm'), tool: 'rowproof', rows: 30, ...config },
    { faults: 60, kinds: here, ...request },
  );
}

/** The numbers of faults by kind. */
function faultsOf({ notes }: Report): Map<string, readonly [faults: number, survived: number]> {
  return new Map(
    notes.flatMap((note) =>
      note.code === 'drilled-kind' ? [[note.facts.kind, [note.facts.faults, note.facts.survived]]] : [],
    ),
  );
}

function causesOf({ findings }: Report): string[] {
  return findings.map(({ code, cause, migration }) => `${code} ${cause} ${migration}`);
}

describe("rowproof's own migrator", () => {
  test('survives every kind of fault', async () => {
    const report = await drilled({ '1_init': init, '2_rebuild': rebuild });
    expect(causesOf(report)).toEqual([]);
    const faults = faultsOf(report);
    expect([...faults.keys()]).toEqual(here);
    expect([...faults.values()].filter(([number, survived]) => number === 0 || survived !== number)).toEqual([]);
  });

  test('is not blamed for values of the clock and of chance', async () => {
    const report = await drilled({
      '1_init': init,
      '2_random': `ALTER TABLE tags ADD COLUMN at TEXT;
        UPDATE tags SET at = strftime('%f', 'now') || random();
        INSERT INTO tags VALUES (abs(random()), hex(randomblob(8)), NULL);`,
    });
    expect(causesOf(report)).toEqual([]);
    expect(faultsOf(report).get('kill')?.[0]).toBeGreaterThan(0);
  });

  test('fails without a journal on the disk, which a crash in the middle shows', async () => {
    const connect: Config['connect'] = (db) => void db.pragma('journal_mode = MEMORY');
    const report = await drilled(
      { '1_init': init, '2_rebuild': rebuild },
      { connect, rows: 200 },
      { kinds: ['power-loss'] },
    );
    expect(report.findings.map(({ code }) => code)).toContain('fails-drill');
    expect(report.findings.flatMap(({ facts }) => ('left' in facts ? facts.left : [])).length).toBeGreaterThan(0);
  });

  test('is not drilled on a migration that fails undisturbed', async () => {
    const { findings, notes } = await drilled({ '1_init': init, '2_fails': 'INSERT INTO prices (id) VALUES (NULL);' });
    expect(findings).toEqual([]);
    expect(notes).toContainEqual(expect.objectContaining({ code: 'not-drilled', facts: { migrations: ['2_fails'] } }));
  });
});

describe('a migrator without transactions', () => {
  const bare: Config = { tool: 'plain', transaction: 'none' };

  test('leaves halves of a migration, and of its ledger', async () => {
    const report = await drilled({ '1_init': init, '2_rebuild': rebuild }, bare);
    const causes = causesOf(report);
    expect(causes).toContain('fails-drill half-applied 2_rebuild');
    expect(causes.filter((cause) => cause.includes('ledger-disagrees'))).not.toEqual([]);
    const half = report.findings.find(({ cause, migration }) => cause === 'half-applied' && migration === '2_rebuild');
    expect(half?.statement).not.toBeNull();
    expect(half?.facts).toMatchObject({ left: expect.arrayContaining(['created table prices_new']) });
  });

  test('breaks again under the fault of a report, and under no other', async () => {
    const migrations = { '1_init': init, '2_rebuild': rebuild };
    const { findings } = await drilled(migrations, bare);
    const facts = findings.flatMap((each) => (each.code === 'fails-drill' ? each.facts.faults : []));
    expect(facts.length).toBeGreaterThan(3);
    for (const { replay } of facts.slice(0, 2)) {
      const again = await drilled(migrations, bare, { replay });
      const found = again.findings.flatMap((each) => (each.code === 'fails-drill' ? each.facts.faults : []));
      expect(found).toMatchObject([{ number: 1, replay }]);
    }
  });

  test('survives where a file has one transaction for all, apart from its ledger', async () => {
    const report = await drilled(
      { '1_init': init, '2_tags': "BEGIN; UPDATE tags SET name = 'x' || name; COMMIT;" },
      bare,
    );
    expect(causesOf(report).filter((cause) => cause.endsWith('2_tags') && cause.includes('half-applied'))).toEqual([]);
  });
});

describe('the faults of a drill', () => {
  test('are the same for the same seed number, and others for another one', async () => {
    const migrations = { '1_init': init, '2_rebuild': rebuild };
    const replays = async (seed: number): Promise<string[]> => {
      const config: Config = { tool: 'plain', transaction: 'none', seed };
      const { findings } = await drilled(migrations, config, { faults: 6, kinds: ['kill'] });
      return findings.flatMap((each) =>
        each.code === 'fails-drill' ? each.facts.faults.map(({ replay }) => replay) : [],
      );
    };
    expect(await replays(1)).toEqual(await replays(1));
    expect(await replays(2)).not.toEqual(await replays(1));
  });

  test('are as many as asked for, and no more than there are', async () => {
    const one = { '1_init': 'CREATE TABLE a (x);' };
    expect(faultsOf(await drilled(one, {}, { faults: 3, kinds: ['kill'] })).get('kill')).toEqual([3, 3]);
    const [all = 0] = faultsOf(await drilled(one, {}, { faults: 1000, kinds: ['kill'] })).get('kill') ?? [];
    expect(all).toBeGreaterThan(3);
    expect(all).toBeLessThan(60);
  });

  test.each(['kill:1_init/rollback#999', 'kill:9_gone/rollback#0', 'nonsense'])('do not include %s', async (replay) => {
    await expect(drilled({ '1_init': 'CREATE TABLE a (x);' }, {}, { replay })).rejects.toMatchObject({
      code: 'bad-flag',
    });
  });
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
});
