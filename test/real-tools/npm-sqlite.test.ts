/** The package sqlite runs its own SQL files: the same rows, ledger and lines as on a file, and as rowproof runs them. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { check, seed } from '../../src/api.ts';
import type { Config } from '../../src/config.ts';
import { contentOf } from '../programs/content.ts';
import { standsInForMissing } from '../programs/project.ts';
import { rows } from './measure.ts';
import { npmSqlite } from './tools/npm-sqlite.ts';

/** A copy of the sample, in which the package is installed. */
function project(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rowproof sqlite '));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(join(import.meta.dirname, '../tools/samples/npm-sqlite'), folder, { recursive: true });
  mkdirSync(join(folder, 'node_modules'));
  mkdirSync(join(folder, 'rows'));
  symlinkSync(join(import.meta.dirname, 'node_modules', 'sqlite'), join(folder, 'node_modules', 'sqlite'));
  writeFileSync(join(folder, 'rows', '001_rows.sql'), rows);
  return folder;
}

test.runIf(standsInForMissing).each(npmSqlite)('$name', async ({ config, apply }) => {
  const folder = project();
  const [ours, theirs] = [join(folder, 'ours.db'), join(folder, 'theirs.db')];
  const own: Config = {
    ...config,
    migrations: join(folder, 'migrations'),
    seeds: join(folder, 'rows'),
    programs: true,
  };
  const byTool: Config = { ...own, migrator: { run: 'tool' } };
  await seed(byTool, { dataset: ['fixture'], file: ours });
  await apply(project(), theirs, 1);
  new Sqlite(theirs).exec(rows).close();
  await apply(project(), theirs, 2);
  await apply(project(), theirs, null);
  expect(contentOf(ours)).toEqual(contentOf(theirs));

  const [tool, emulated] = await Promise.all([byTool, own].map((each) => check({ ...each, dataset: ['fixture'] })));
  const told = ({ findings }: NonNullable<typeof tool>): unknown[] =>
    findings.map(({ code, migration, line, table, severity }) => [code, migration, line, table, severity]);
  expect(tool && told(tool)).toEqual(emulated && told(emulated));
  expect(tool?.notes.map(({ text }) => text).join('\n')).toContain('ran 3 programs');
});

test('a tool that cannot run its SQL files for rowproof is told', async () => {
  const migrations = join(import.meta.dirname, '../tools/samples/postgrator/migrations');
  await expect(check({ migrations, programs: true, migrator: { run: 'tool' } })).rejects.toMatchObject({
    code: 'bad-config',
  });
});
