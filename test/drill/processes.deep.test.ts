/** Drills in real processes: of rowproof's own migrator, of tools that run programs, and of commands. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { drill } from '../../src/api.ts';
import { fiuLibraries } from '../../src/drill/kinds/io-error.ts';
import type { DrillKind } from '../../src/model/drill.ts';
import type { Report } from '../../src/model/report.ts';
import { sampleWith } from '../programs/project.ts';
import { folderWith } from '../temporary.ts';

const migrations = {
  'm/1_init.sql': 'CREATE TABLE prices (id INTEGER PRIMARY KEY, amount INTEGER NOT NULL, unit TEXT);',
  'm/2_cents.sql': `ALTER TABLE prices ADD COLUMN cents INTEGER; UPDATE prices SET cents = amount * 100;
    CREATE INDEX prices_cents ON prices (cents);`,
};

const inProcesses: readonly DrillKind[] = [
  'io-error',
  'sigkill',
  'sigkill-anytime',
  'sigstop',
  'two-processes',
  'eight-processes',
  'old-writer',
];

function causesOf({ findings }: Report): string[] {
  return [...new Set(findings.map(({ cause }) => cause))].sort();
}

function drilledKinds({ notes }: Report): DrillKind[] {
  return notes.flatMap((note) => (note.code === 'drilled-kind' ? [note.facts.kind] : []));
}

/** Kinds that this machine can inject. */
const possible = inProcesses.filter(
  (kind) =>
    (kind !== 'io-error' || fiuLibraries.every((library) => existsSync(library))) &&
    (kind !== 'sigstop' || existsSync('/proc/self/stat')),
);

describe("rowproof's own migrator", () => {
  test('survives in real processes', async () => {
    const report = await drill(
      { migrations: join(folderWith(migrations), 'm'), tool: 'rowproof' },
      { faults: 20 * 28, kinds: inProcesses },
    );
    expect(report.findings).toEqual([]);
    expect(drilledKinds(report)).toEqual(possible);
  });

  test('takes the functions of the application from the module of the config', async () => {
    const folder = folderWith({
      'm/1_init.sql': 'CREATE TABLE a (x TEXT DEFAULT NULL); INSERT INTO a VALUES (double(2));',
      'rowproof.config.mjs': "export default { connect: (db) => db.function('double', {}, (x) => 2 * x) };",
    });
    const configFile = join(folder, 'rowproof.config.mjs');
    const { default: config } = await import(configFile);
    const run = (kinds: readonly DrillKind[], file?: string): Promise<Report> =>
      drill({ ...config, migrations: join(folder, 'm'), tool: 'rowproof' }, { kinds, faults: 20, configFile: file });
    expect(drilledKinds(await run(['sigkill'], configFile))).toEqual(['sigkill']);
    // Functions of this process cannot reach another one: in-process kinds go on without the rest.
    const { notes, findings } = await run(['kill', 'sigkill']);
    expect(findings).toEqual([]);
    expect(notes).toContainEqual(expect.objectContaining({ code: 'drill-left-out' }));
    await expect(run(['sigkill'])).rejects.toMatchObject({ code: 'unsupported' });
  });
});

describe('the known bad migrators', () => {
  test('Kysely runs programs without a transaction, and stays half applied', async () => {
    const folder = sampleWith('kysely', '2026_01_01_init_rows');
    const config = { migrations: join(folder, 'migrations'), seeds: join(folder, 'rows'), programs: true };
    const kinds: readonly DrillKind[] = ['kill', 'disk-full'];
    const report = await drill(config, { faults: 20 * 12, kinds });
    expect(causesOf(report)).toEqual(expect.arrayContaining(['half-applied', 'ledger-disagrees']));
    const broken = report.findings.flatMap((each) => (each.code === 'fails-drill' ? each.facts.faults : []));
    expect([...new Set(broken.map(({ kind }) => kind))].sort()).toEqual([...kinds].sort());
    for (const { replay } of broken.filter(({ kind }) => kind === 'kill').slice(0, 1)) {
      const { findings } = await drill(config, { replay });
      expect(findings).toMatchObject([
        { code: 'fails-drill', facts: { faults: [{ kind: 'kill', number: 1, replay }] } },
      ]);
    }
  });

  test('Kysely breaks under a SIGKILL at the statements at which the images of its files do', async () => {
    const folder = sampleWith('kysely', '2026_01_01_init_rows');
    const config = { migrations: join(folder, 'migrations'), seeds: join(folder, 'rows'), programs: true };
    const request = { faults: 20 * 100, only: '2026_01_02_display_name' };
    const broken = async (kind: DrillKind): Promise<string[]> => {
      const { findings } = await drill(config, { ...request, kinds: [kind] });
      return findings.flatMap((each) =>
        each.code === 'fails-drill'
          ? each.facts.faults.map(({ number, replay }) => `${each.cause} ${number} ${replay.replace(kind, '')}`)
          : [],
      );
    };
    const images = await broken('kill');
    expect(images.length).toBeGreaterThan(1);
    expect(await broken('sigkill')).toEqual(images);
  });

  test.each<[string, DrillKind, string]>([
    ['one-by-one', 'sigkill-anytime', 'half-applied'],
    ['one-by-one', 'file-size', 'half-applied'],
    ['with-lock', 'sigkill-anytime', 'retry-fails'],
    ['asks-first', 'two-processes', 'applied-twice'],
  ])('%s breaks under %s: %s', async (migrator, kind, cause) => {
    const { findings } = await drillCommand(migrator, [kind], kind === 'two-processes' ? 2 : 16);
    expect(findings.map((found) => found.cause)).toContain(cause);
  });
});

test('a careful command survives', async () => {
  const kinds: readonly DrillKind[] = ['file-size', 'sigkill-anytime', 'two-processes', 'old-writer'];
  const report = await drillCommand('careful', kinds, 12);
  expect(report.findings).toEqual([]);
  expect(drilledKinds(report)).toEqual(kinds);
});

/** A write that takes a while, so that an instant in the middle of it is likely. */
const slow = {
  ...migrations,
  'm/2_cents.sql': `ALTER TABLE prices ADD COLUMN cents INTEGER; UPDATE prices SET amount = amount + 1;
    CREATE TABLE log (text TEXT);
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000) INSERT INTO log SELECT hex(zeroblob(20)) FROM n;
    CREATE INDEX log_text ON log (text);`,
};

/** Nothing in it tells that it has run before. */
const repeatable = { ...migrations, 'm/2_cents.sql': 'UPDATE prices SET amount = amount + 1;' };

function drillCommand(migrator: string, kinds: readonly DrillKind[], faults: number): Promise<Report> {
  const folder = folderWith(migrator === 'asks-first' ? repeatable : slow);
  const program = join(import.meta.dirname, 'migrators', `${migrator}.mjs`);
  const up = `${process.execPath} ${program} '${join(folder, 'm')}' {file} {version}`;
  return drill(
    { migrations: join(folder, 'm'), migrator: { up, ledger: 'ledger' }, rows: 20 },
    { faults, kinds, only: '2_cents' },
  );
}
