import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { run } from '../command.ts';
import { keepFirst } from '../prefix.ts';
import type { RealTool } from '../real-tool.ts';

/** Where wrangler keeps the databases of a project, below the folder that `--persist-to` names. */
const below = join('v3', 'd1', 'miniflare-D1DatabaseObject');

/**
 * Runs `wrangler d1 migrations apply --local` over a project whose database is called DB.
 * @param file the database, copied in before and out after
 * @throws with wrangler's words where a migration fails
 */
export function applyByWrangler(project: string, file: string): void {
  const state = join(project, 'state');
  const apply = (): string =>
    run('wrangler', ['d1', 'migrations', 'apply', 'DB', '--local', '--persist-to', state], project);
  if (existsSync(file)) {
    // The name of the file is wrangler's own affair, so it makes an empty one first.
    run('wrangler', ['d1', 'execute', 'DB', '--local', '--persist-to', state, '--command', 'SELECT 1'], project);
    copyFileSync(file, databaseOf(state));
  }
  try {
    apply();
  } finally {
    const made = databaseOf(state);
    // The rest of it may still lie in the write-ahead log.
    const db = new Sqlite(made);
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.pragma('journal_mode = DELETE');
    db.close();
    mkdirSync(dirname(file), { recursive: true });
    copyFileSync(made, file);
  }
}

function databaseOf(state: string): string {
  const folder = join(state, below);
  const name = readdirSync(folder).find((each) => /^[0-9a-f]{64}\.sqlite$/.test(each));
  if (name === undefined) throw new Error(`wrangler made no database in ${folder}`);
  return join(folder, name);
}

/** D1 as wrangler runs it on this machine. */
export const wrangler: readonly RealTool[] = [
  {
    name: 'wrangler 4.164, D1 on this machine',
    sample: 'wrangler-d1',
    place: 'migrations',
    config: {},
    apply: (project, file, count) => {
      keepFirst(join(project, 'migrations'), count);
      applyByWrangler(project, file);
    },
  },
];
