import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { check } from '../src/api.ts';
import { folderWith } from './temporary.ts';

// The migrations of a published application: timestamps as versions, a database as version 0, own transactions, and
// programs in between that are not run. The package is pinned, so these numbers stand.
const dist = dirname(fileURLToPath(import.meta.resolve('@actual-app/api')));
const config = { migrations: join(dist, 'migrations'), base: join(dist, 'default-db.sqlite') };

/** A hand-written row in the base, old enough to go through every migration. */
const seeds = {
  'seeds/0_accounts.sql': "INSERT INTO accounts (id, name) VALUES ('acct-1', 'Current account');",
};

/** What the application gives its programs, over a database of better-sqlite3; one module of its own is not in the package. */
const runner = `import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
const dashboard = 'data:text/javascript,export const DEFAULT_DASHBOARD_STATE = [];';
registerHooks({
  resolve: (name, context, next) =>
    name === '#shared/dashboard' ? { url: dashboard, shortCircuit: true } : next(name, context),
});
export default async function run(db, { path }) {
  const { default: migrate } = await import(pathToFileURL(path).href);
  const wrapped = {
    transaction: (work) => db.transaction(work)(),
    execQuery: (sql) => db.exec(sql),
    runQuery: (sql, values = [], all = false) => db.prepare(sql)[all ? 'all' : 'run'](...values),
  };
  await migrate(wrapped, {});
}
`;

describe('@actual-app/api', () => {
  test('goes through the whole history with both datasets', async () => {
    const { steps, findings, notes, summary } = await check({ ...config, seeds: join(folderWith(seeds), 'seeds') });
    expect(summary.migrations).toBe(59);
    for (const dataset of ['empty', 'fixture', 'one-row'] as const) {
      const counts = Map.groupBy(
        steps.filter((step) => step.dataset === dataset),
        ({ outcome }) => outcome,
      );
      expect(Object.fromEntries([...counts].map(([outcome, found]) => [outcome, found.length]))).toEqual({
        applied: 49,
        skipped: 5,
        blocked: 5,
      });
    }
    expect(findings.filter(({ severity }) => severity !== 'note')).toEqual([]);
    // Read and confirmed: two tables are dropped for good, and a cache is emptied by a DELETE that says so.
    expect(findings.map(({ code, cause, table }) => [code, cause, table])).toEqual([
      ['rows-lost', 'dropped', 'db_version'],
      ['rows-lost', 'deleted-from', 'spreadsheet_cells'],
      ['rows-lost', 'dropped', 'payee_rules'],
    ]);
    expect(notes.filter(({ kind }) => kind === 'unfilled')).toEqual([]);
    expect(notes.filter(({ kind }) => kind === 'blocked')).toHaveLength(5);
    expect(notes.find(({ kind }) => kind === 'own-transaction')?.text).toMatch(/and 49 more have their own BEGIN/);
  });

  test('runs its programs as well by a module of the project', async () => {
    const run = join(folderWith({ 'run.mjs': runner }), 'run.mjs');
    const { steps, findings, notes } = await check({
      ...{ ...config, programs: true, migrator: { run }, dataset: ['one-row'] },
      // Programs parse the text of this column, which the schema says nothing of.
      makers: { 'custom_reports.selected_categories': () => '[]', 'custom_reports.conditions': () => '[]' },
    });
    expect(findings.filter(({ severity }) => severity !== 'note')).toEqual([]);
    expect([...new Set(steps.map(({ outcome }) => outcome))]).toEqual(['applied']);
    expect(findings.filter(({ severity }) => severity !== 'note')).toEqual([]);
    expect(notes.filter(({ kind }) => kind === 'blocked' || kind === 'skipped')).toEqual([]);
  });

  test('from nothing, the first migration that counts on the base fails on the empty database', async () => {
    const { findings } = await check({ migrations: config.migrations });
    expect(findings.map(({ code, message }) => [code, message])).toEqual([
      ['fails-on-empty', expect.stringMatching(/^no such table/)],
    ]);
  });
});
