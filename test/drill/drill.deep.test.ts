/** Drills whose faults need no process, of whole histories. */
import { describe, expect, test } from 'vitest';
import type { Config } from '../../src/config.ts';
import { causesOf, drilled, faultsOf, init, rebuild } from './project.ts';

describe("rowproof's own migrator", () => {
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
});
