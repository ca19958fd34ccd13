/** Advice holds for whoever runs the migrations: it is given in the terms of the tool, and directives that it cannot read are refused. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { check, migrate } from '../../src/api.ts';
import { toolNames } from '../../src/model/tool.ts';
import { readHistory } from '../../src/tools/history.ts';
import { folderWith } from '../temporary.ts';
import { corrections } from './corrected.ts';

function copyOf(sample: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'rowproof advice '));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(join(import.meta.dirname, 'samples', sample), folder, { recursive: true });
  return folder;
}

/** Tools under which the rebuild of the sample loses its children, and the words that their users know. */
test.each([
  ['drizzle-0x', 'drizzle', /on the connection before migrate\(\)/],
  ['drizzle-1x', 'drizzle', /on the connection before migrate\(\)/],
  ['wrangler-d1', 'migrations', /^D1 cannot switch foreign keys off/],
  ['refinery', 'migrations', /before run\(\)/],
  ['rusqlite_migration', 'migrations', /before to_latest\(\)/],
  ['plain', 'migrations', /where rowproof runs it|rowproof: foreign_keys=off/],
])('%s: the loss is reported with the advice for that tool', async (sample, place, words) => {
  const { findings } = await check({ migrations: join(copyOf(sample), place), dataset: ['one-row'] });
  const loss = findings.find(({ code }) => code === 'rows-lost');
  expect(loss).toMatchObject({ severity: 'error', cause: 'cascade-on-drop', instead: expect.stringMatching(words) });
});

test.each([
  ['prisma', 'prisma/migrations'],
  ['goose', 'migrations'],
  ['dbmate', 'db/migrations'],
  ['sqlx', 'migrations'],
  ['diesel', 'migrations'],
  ['flyway', 'sql'],
  ['liquibase', 'changelog'],
  ['atlas', 'migrations'],
  ['postgrator', 'migrations'],
])('%s: the same rebuild in the form of that tool loses nothing', async (sample, place) => {
  const { findings } = await check({ migrations: join(copyOf(sample), place), dataset: ['one-row', 'typical'] });
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
});

test('foreign_keys=off in a file that drizzle runs is an error that names the way of drizzle', async () => {
  const folder = join(copyOf('drizzle-0x'), 'drizzle');
  const file = join(folder, '0002_display_name_required.sql');
  writeFileSync(file, `-- rowproof: foreign_keys=off\n${readFileSync(file, 'utf8')}`);
  await expect(check({ migrations: folder })).rejects.toMatchObject({
    code: 'bad-directive',
    message: expect.stringMatching(/0002_display_name_required\.sql:1: drizzle-kit 0\.x does not read/),
    remedy: expect.stringMatching(/on the connection before migrate\(\)/),
  });
});

test('the built-in migrator does not claim the folders of other tools', async () => {
  const folder = copyOf('goose');
  await expect(
    migrate({ migrations: join(folder, 'migrations') }, { file: join(folder, 'app.db') }),
  ).rejects.toMatchObject({
    code: 'unsupported',
    remedy: 'Migrate with goose.',
  });
});

test('a driver in package.json decides whether drizzle deletes the children', async () => {
  const folder = copyOf('drizzle-0x');
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ dependencies: { '@libsql/client': '^0.18.0' } }));
  expect(readHistory(join(folder, 'drizzle')).runner).toMatchObject({
    driver: 'libsql',
    driverEvidence: '@libsql/client in package.json',
  });
  const { findings } = await check({ migrations: join(folder, 'drizzle'), dataset: ['one-row'] });
  expect(findings.filter(({ code }) => code === 'rows-lost')).toEqual([]);
});

describe.each(corrections)('$tool', ({ tool, place, common, wrong, right, config, told, words }) => {
  test('the loss is reported with the advice for that tool', async () => {
    const migrations = join(folderWith({ ...common, ...wrong }), place);
    const { runner, findings } = await check({ migrations, dataset: ['one-row'], ...config });
    expect(runner.tool).toBe(tool);
    expect(findings).toContainEqual(
      expect.objectContaining({ code: 'rows-lost', cause: 'cascade-on-drop', instead: expect.stringMatching(words) }),
    );
  });

  test('the followed advice leaves no finding', async () => {
    const migrations = join(folderWith({ ...common, ...right }), place);
    const { findings } = await check({ migrations, dataset: ['one-row', 'typical'], ...config, ...told });
    expect(findings.filter(({ severity }) => severity !== 'note')).toEqual([]);
  });
});

test('every tool that can lose children has a corrected form', () => {
  const told: readonly string[] = corrections.map(({ tool }) => tool);
  // The advice on programs is run by the tools themselves in test/programs/settings.deep.test.ts.
  const ofPrograms = ['knex', 'kysely', 'typeorm', 'mikro-orm', 'umzug', 'sequelize-cli', 'command'];
  // Nobody knows who runs a plain folder, and Atlas switches foreign keys off by itself.
  expect(toolNames.filter((name) => !told.includes(name))).toEqual(['plain', 'atlas', ...ofPrograms]);
});
