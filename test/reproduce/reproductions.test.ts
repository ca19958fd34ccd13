import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { check, migrate, render } from '../../src/api.ts';
import type { Config } from '../../src/config.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Reproduction } from '../../src/model/reproduction.ts';
import { isNewer } from '../../src/sql/introduced.ts';
import { breadth, isWide, some } from '../breadth.ts';
import { gate } from '../gate-source.ts';
import { specimens } from '../specimens.ts';
import { folderWith } from '../temporary.ts';
import { engineVersion, expectedOf, isForShell, runByDriver, runInShell, runnerName, shellVersion } from './shell.ts';

/** SQLite 3.40 has other words for these, or does not look. */
const otherwiseBefore = new Map([
  ['rebuild-renumbers-the-rows-behind-a-search-index', '3.41'],
  ['setting-looked-up-by-a-path-that-rows-hold', '3.45'],
  ['word-as-default-of-a-strict-integer-column', '3.42'],
]);

/** Facts about the text of a migration and its tool, and codes that no script shows yet. */
const withoutScript = [
  'pragma-without-effect',
  'needs-newer-sqlite',
  'refused-by-tool',
  'directive-unused',
  'without-effect',
  'slow-growth',
  'view-differs',
];

/** Findings that no script shows yet, by specimen. */
const notShownYet = new Map([
  // The value is lost from another column than the one that is NULL, and was NULL before.
  ['label-appended-to-a-list-that-is-null', 'values-changed'],
  // The index is there under its name, and only its condition is lost.
  ['rebuild-forgets-the-condition-of-a-unique-index', 'index-dropped'],
]);

function scriptsOf(findings: readonly Finding[]): readonly [Finding, Reproduction][] {
  return findings.flatMap((finding) =>
    finding.reproduction === undefined ? [] : [[finding, finding.reproduction] satisfies [Finding, Reproduction]],
  );
}

function printed(reproduction: Reproduction, specimen = ''): { rows: string; errors: readonly string[] } {
  const since = otherwiseBefore.get(specimen) ?? null;
  const isOlder = since !== null && shellVersion !== null && isNewer(since, shellVersion);
  const { script } = reproduction;
  return isForShell(reproduction) && !isOlder ? runInShell(script) : runByDriver(script);
}

/** The rows of the tables that a finding is about. */
function guiltyRows({ table, faults }: Finding, { rows }: Reproduction): number {
  const guilty = new Set([table, ...faults.map((fault) => fault.table)]);
  return Object.entries(rows).reduce((sum, [name, count]) => sum + (guilty.has(name) ? count : 0), 0);
}

/** The text of all files in a folder. */
function textsIn(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8')).join('\n');
}

describe.each(some(specimens, 4))('$name', ({ name, config, needs, min_rows }) => {
  const datasets = isWide ? (['fixture', 'awkward'] as const) : (['fixture'] as const);

  test.each(datasets)(
    `on %s every finding has a script that prints what it says, in ${runnerName}`,
    async (dataset) => {
      const { findings } = await check({ ...config, rows: 20, dataset: [dataset], verbose: true });
      const shown = findings.filter(({ severity, code }) => severity !== 'note' && !withoutScript.includes(code));
      const missing = shown.filter(({ reproduction }) => reproduction === undefined).map(({ code }) => code);
      expect(missing).toEqual([notShownYet.get(name) ?? []].flat());
      for (const [finding, reproduction] of scriptsOf(findings)) {
        const { script, isMinimal } = reproduction;
        expect({ script, ...printed(reproduction, name) }).toEqual({ script, ...expectedOf(reproduction) });
        expect(isMinimal).toBe(true);
        if (needs !== 'many-rows' && min_rows === undefined) expect(guiltyRows(finding, reproduction)).toBeLessThan(4);
      }
    },
  );

  test('the folder of each finding is a project that shows it', async () => {
    const folder = folderWith();
    const { findings } = await check({ ...config, rows: 20, dataset: ['fixture'], reproduce: join(folder, 'found') });
    for (const [finding, reproduction] of scriptsOf(findings)) {
      const own = reproduction.folder ?? '';
      expect(readFileSync(join(own, 'reproduction.sql'), 'utf8')).toBe(reproduction.script);
      const text = readFileSync(join(own, 'rowproof.config.mjs'), 'utf8').replace(/^export default |;\s*$/g, '');
      const settings: Config = JSON.parse(text);
      const seeds = join(own, 'seeds');
      const again = await check({
        ...{ ...settings, migrations: join(own, 'migrations') },
        ...(existsSync(seeds) ? { seeds, dataset: ['fixture'] } : { dataset: ['one-row'] }),
      });
      const codes = again.findings.map(({ code, table }) => `${code} ${table}`);
      expect(codes).toContain(`${finding.code} ${finding.table}`);
    }
  });
});

describe('the outage that the README tells of', () => {
  const demo = join(import.meta.dirname, '..', '..', 'demo', 'migrations');

  test('shrinks to one pipeline', async () => {
    const { findings } = await check({ migrations: demo, tool: 'rowproof', dataset: ['typical'], verbose: true });
    const outage = findings.find(({ code }) => code === 'fails-on-rows')?.reproduction;
    expect(outage?.rows).toEqual({ pipelines: 1 });
    expect(outage?.expected).toEqual([
      { kind: 'error', text: 'Cannot add a REFERENCES column with non-NULL default value' },
    ]);
  });

  test('is as small with many rows as with few, within the tries', async () => {
    const config: Config = { migrations: demo, tool: 'rowproof', dataset: ['typical'], verbose: true };
    const few = await check({ ...config, rows: 10 });
    const many = await check({ ...config, rows: breadth(200, 10_000) });
    const sizes = ({ findings }: typeof few): unknown => findings.map(({ reproduction }) => reproduction?.rows);
    expect(sizes(many)).toEqual(sizes(few));
    for (const [, { tries }] of scriptsOf(many.findings)) expect(tries).toBeLessThanOrEqual(300);
  });

  test('costs nothing where no script is asked for', async () => {
    const { findings, notes } = await check({ migrations: demo, tool: 'rowproof', dataset: ['one-row'] });
    expect(findings.some(({ reproduction }) => reproduction !== undefined)).toBe(false);
    expect(notes.map(({ code }) => code)).not.toContain('reproduced');
  });

  test('is told with what it cost, and in the terminal where it is short', async () => {
    const config: Config = { migrations: demo, tool: 'rowproof', dataset: ['one-row'], verbose: true };
    const report = await check(config);
    const tries = scriptsOf(report.findings).reduce((sum, [, reproduction]) => sum + reproduction.tries, 0);
    expect(report.notes).toContainEqual(
      expect.objectContaining({ code: 'reproduced', facts: { findings: 2, tries, leftOut: 0 } }),
    );
    expect(render(report, 'json')).toContain('"script": "-- fails-on-rows');
    expect(render(report, 'json')).not.toContain('"files"');
  });
});

describe('values of production', () => {
  const users = 'CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT, born TEXT, note TEXT);';
  const unique = 'CREATE UNIQUE INDEX users_email ON users (lower(email));';

  async function production(): Promise<{ config: Config; file: string; folder: string }> {
    const folder = folderWith({ 'm/1_users.sql': users });
    const file = join(folder, 'app.db');
    await migrate({ migrations: join(folder, 'm') }, { file });
    const db = new Sqlite(file);
    const insert = db.prepare('INSERT INTO users VALUES (?, ?, ?, ?)');
    for (let id = 5001; id < breadth(5030, 5300); id++)
      insert.run(id, `secret${id}@hidden.example`, '1987-06-05', '{"diagnosis": "gout"}');
    insert.run(7771, 'Secret5003@hidden.example', '1987-06-05', null);
    db.close();
    writeFileSync(join(folder, 'm', '2_unique.sql'), unique);
    return { config: { migrations: join(folder, 'm'), reproduce: join(folder, 'found') }, file, folder };
  }

  test('never stand in a script or its folder: others of the same shape do', async () => {
    const { config, file, folder } = await production();
    const report = await gate(config, { file });
    const [[, reproduction] = []] = scriptsOf(report.findings);
    expect(reproduction?.rows).toEqual({ users: 2 });
    expect(reproduction && printed(reproduction).errors).toEqual(reproduction && expectedOf(reproduction).errors);
    const said = `${textsIn(join(folder, 'found'))}${render(report, 'json')}${render(report, 'terminal')}`;
    expect(said).not.toMatch(/secret|hidden|diagnosis|gout|1987|5003|7771/i);
    expect(reproduction?.script).toMatch(/'\w+@\w+\.\w+'/);
  });

  test('stand there where they may be shown', async () => {
    const { config, file } = await production();
    const report = await gate({ ...config, includeValues: true }, { file });
    const [[, reproduction] = []] = scriptsOf(report.findings);
    expect(reproduction?.script).toMatch(/secret5003@hidden\.example/i);
  });
});

describe('the folder', () => {
  const migrations = join(import.meta.dirname, '..', '..', 'demo', 'migrations');
  const config: Config = { migrations, tool: 'rowproof', dataset: ['one-row'] };

  test('is filled anew by a second run, and holds nothing of the first', async () => {
    const reproduce = join(folderWith(), 'found');
    await check({ ...config, reproduce });
    const first = readdirSync(reproduce).sort();
    await check({ ...config, reproduce });
    expect(readdirSync(reproduce).sort()).toEqual(first);
    await check({
      ...config,
      migrations: folderWith({ '1_a.sql': 'CREATE TABLE a (id INTEGER PRIMARY KEY);' }),
      reproduce,
    });
    expect(readdirSync(reproduce)).toEqual(['.rowproof-files.json']);
  });

  test('is refused where it holds anything else, before the run', async () => {
    const reproduce = folderWith({ 'mine.txt': 'keep' });
    await expect(check({ ...config, reproduce })).rejects.toMatchObject({ code: 'output-unwritable' });
    expect(readdirSync(reproduce)).toEqual(['mine.txt']);
  });

  test('is refused where somebody has changed a script', async () => {
    const reproduce = join(folderWith(), 'found');
    await check({ ...config, reproduce });
    const [name = ''] = readdirSync(reproduce).filter((each) => !each.startsWith('.'));
    writeFileSync(join(reproduce, name, 'reproduction.sql'), '-- mine');
    await expect(check({ ...config, reproduce })).rejects.toMatchObject({ code: 'output-unwritable' });
    expect(readFileSync(join(reproduce, name, 'reproduction.sql'), 'utf8')).toBe('-- mine');
  });

  test('is refused where it is a file', async () => {
    const reproduce = join(folderWith({ found: '' }), 'found');
    await expect(check({ ...config, reproduce })).rejects.toMatchObject({ code: 'output-unwritable' });
  });
});

test('the words of this SQLite are those that the scripts were made with', () => {
  expect(engineVersion).toMatch(/^3\.\d+/);
});
