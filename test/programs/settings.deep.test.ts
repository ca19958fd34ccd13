/** A project's settings for its tool decide whether the children of a rebuilt table survive; measured with the tools themselves. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { check, seed } from '../../src/api.ts';
import { readHistory } from '../../src/tools/history.ts';
import { sampleWith, standsInForMissing } from './project.ts';

/** Changes a file of a project. */
function edit(folder: string, file: string, from: string, to: string): void {
  const text = readFileSync(join(folder, file), 'utf8');
  expect(text).toContain(from);
  writeFileSync(join(folder, file), text.replace(from, to));
}

const third = 'src/migrations/1795983762014-DisplayNameRequired.ts';

const changed = [
  [
    'knex',
    'migrations',
    'migrations/20260103000000_display_name_required.js',
    'export async function down',
    'export const config = { transaction: false };\nexport async function down',
    '2/2/3',
  ],
  [
    'typeorm',
    'src/migrations',
    'src/data-source.ts',
    "migrations: ['src",
    "migrationsTransactionMode: 'each',\n  migrations: ['src",
    '2/2/3',
  ],
  [
    'typeorm',
    'src/migrations',
    'src/data-source.ts',
    "migrations: ['src",
    "migrationsTransactionMode: 'none',\n  migrations: ['src",
    '2/0/0',
  ],
  [
    'mikro-orm',
    'src/migrations',
    'src/mikro-orm.config.ts',
    'migrations: { path',
    'migrations: { transactional: false, path',
    '2/2/3',
  ],
  [
    'mikro-orm',
    'src/migrations',
    'src/mikro-orm.config.ts',
    'migrations: { path',
    'migrations: { disableForeignKeys: true, path',
    '2/0/0',
  ],
  [
    'umzug',
    'migrations',
    'migrations/2026.01.03T00.00.00.display-name-required.ts',
    '  db.transaction(() => {',
    "  db.pragma('foreign_keys = OFF');\n  db.transaction(() => {",
    '2/2/3',
  ],
  [
    'sequelize-cli',
    'migrations',
    'migrations/20260103000000-display-name-required.js',
    '    await queryInterface.changeColumn',
    "    await queryInterface.sequelize.query('PRAGMA foreign_keys = OFF');\n    await queryInterface.changeColumn",
    '2/2/3',
  ],
] as const;

test.each(changed.filter(([tool]) => tool !== 'sequelize-cli' || standsInForMissing))(
  '%s in %s with %s changed',
  async (tool, place, file, from, to, expected) => {
    const first = readHistory(join(import.meta.dirname, 'samples', tool, place)).migrations[0]?.id ?? '1';
    const folder = sampleWith(tool, `${first}_rows`);
    edit(folder, file, from, to);
    const made = join(folder, 'made.db');
    const config = { migrations: join(folder, place), seeds: join(folder, 'rows'), programs: true };
    await seed(config, { dataset: ['fixture'], file: made });
    const db = new Sqlite(made, { readonly: true });
    const rows = ['users', 'posts', 'comments'].map((table) =>
      db.prepare(`SELECT count(*) FROM ${table}`).pluck().get(),
    );
    db.close();
    expect(rows.join('/')).toBe(expected);
  },
);

test('TypeORM: a class that opts out of the transaction keeps foreign keys on', async () => {
  const folder = sampleWith('typeorm', '1795983736766_rows');
  edit(folder, 'src/data-source.ts', "migrations: ['src", "migrationsTransactionMode: 'each',\n  migrations: ['src");
  edit(
    folder,
    third,
    "name = 'DisplayNameRequired1795983762014'",
    "name = 'DisplayNameRequired1795983762014'\n    transaction = false",
  );
  const made = join(folder, 'made.db');
  const config = { migrations: join(folder, 'src/migrations'), seeds: join(folder, 'rows'), programs: true };
  await seed(config, { dataset: ['fixture'], file: made });
  const db = new Sqlite(made, { readonly: true });
  const rows = ['users', 'posts', 'comments'].map((table) => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
  db.close();
  expect(rows.join('/')).toBe('2/0/0');
});

test('TypeORM in a mode without a transaction keeps the children where the program switches keys off before', async () => {
  const folder = sampleWith('typeorm', '1795983736766_rows');
  edit(folder, 'src/data-source.ts', "migrations: ['src", "migrationsTransactionMode: 'none',\n  migrations: ['src");
  writeFileSync(
    join(folder, 'src/main.ts'),
    "await source.query('PRAGMA foreign_keys = OFF');\nawait source.runMigrations();\nawait source.query('PRAGMA foreign_keys = ON');",
  );
  const { findings, settings } = await check({
    ...{ migrations: join(folder, 'src/migrations'), seeds: join(folder, 'rows'), programs: true },
    dataset: ['fixture'],
  });
  expect(settings).toMatchObject({ foreignKeys: false });
  expect(findings.filter(({ severity }) => severity !== 'note')).toEqual([]);
});

test('TypeORM leaves foreign keys off after a failure, and the finding says so', async () => {
  const folder = sampleWith('typeorm', '1795983736766_rows');
  edit(folder, 'src/migrations/1795983748050-DisplayName.ts', 'coalesce("name", "email")', 'NULL');
  const { findings } = await check({
    ...{ migrations: join(folder, 'src/migrations'), seeds: join(folder, 'rows'), programs: true },
    dataset: ['fixture'],
  });
  const failed = findings.find(({ code }) => code === 'fails-on-rows');
  expect(failed).toMatchObject({ migration: '1795983762014-DisplayNameRequired' });
  expect(failed?.details.join(' ')).toContain('Foreign keys stay off');
});
