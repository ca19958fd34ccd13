/**
 * `pnpm gate`: rehearses a deploy of the newest migration. Makes a database as production would be, from `migrations/` and
 * `seeds/` up to the version before the last, and runs the gate on it.
 */
import { main } from '../src/cli.ts';
import { resolveConfig } from '../src/config.ts';
import { openFile } from '../src/database/connection.ts';
import { migrate } from '../src/database/migrator.ts';
import { createWorkspace } from '../src/database/workspace.ts';
import { fixtureDataset } from '../src/datasets/fixture.ts';
import { loadProject, planProject } from '../src/harness/project.ts';

const { history, fixtures, config } = await loadProject(
  planProject(resolveConfig({ migrations: 'migrations', seeds: 'seeds' })),
);
const workspace = createWorkspace();
try {
  const file = workspace.path('production.db');
  const dataset = await fixtureDataset(fixtures, config.seed);
  const before = history.migrations.slice(0, -1);
  for (const { position, id } of before) {
    migrate(file, history, config.settings, { to: id, now: () => new Date().toISOString() });
    const db = openFile(file, config.settings);
    db.pragma('journal_mode = WAL');
    dataset.fill(db, { position, restarted: false, state: null });
    db.close();
  }
  process.exitCode = await main(['gate', '--tool', 'rowproof', '--db', file, ...process.argv.slice(2)]);
} finally {
  workspace.dispose();
}
