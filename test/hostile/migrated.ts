import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import type { Places, Runner } from './attempt.ts';
import { emptied, materialise } from './folder.ts';
import type { Input } from './input.ts';
import { damageOf, type Ending } from './law.ts';

/**
 * All of a migration is kept or nothing: a database that was migrated, failed or not, is the one that the same files give
 * up to the version that its ledger says.
 */
export async function ofMigration(
  input: Input & { readonly migrates: string },
  { exit }: Ending,
  { folder, temporary }: Places,
  run: Runner,
): Promise<string[]> {
  const file = join(folder, input.migrates);
  if (!existsSync(file) || isDamaged(input) || isByChance(input)) return [];
  const damage = damageOf(file);
  if (damage.length > 0) return damage;
  const reached = contents(file);
  const again = `${folder}-again`;
  const expected = await reach(input, reached.version, { folder: again, temporary }, run);
  rmSync(again, { recursive: true, force: true });
  if (expected === null || reached.text === expected) return [];
  return [
    `neither before nor after: exit ${String(exit)} at version ${String(reached.version)}\n${reached.text}\n---\n${expected}`,
  ];
}

/** A database that was broken before, or has a journal that SQLite plays back, may be broken after. */
function isDamaged({ files, migrates = '' }: Input): boolean {
  const content = files[migrates];
  if (content === undefined) return false;
  return typeof content === 'string' || !('sql' in content) || 'damage' in content || 'beside' in content;
}

/** Whether two runs give two contents. */
function isByChance({ files }: Input): boolean {
  return Object.values(files).some((content) => /random|current_|'now'/i.test(JSON.stringify(content)));
}

/** The content after a run that ends at a version; null where that run fails too, so that nothing is known. */
async function reach(
  input: Input & { readonly migrates: string },
  version: number | null,
  places: Places,
  run: Runner,
): Promise<string | null> {
  emptied(places.folder);
  materialise(input, places.folder);
  const file = join(places.folder, input.migrates);
  if (version !== null) {
    const [command = '', ...rest] = input.args.filter((arg, i, all) => arg !== '--to' && all[i - 1] !== '--to');
    const { exit } = await run([command, '--to', String(version), ...rest], places, input);
    if (exit !== 0) return null;
  }
  return existsSync(file) ? contents(file).text : null;
}

/** The schema and every row of a database as text, without the times of its ledger; and the last version in that. */
function contents(file: string): { readonly version: number | null; readonly text: string } {
  const db = new Sqlite(file, { readonly: true });
  try {
    const schema = db
      .prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name COLLATE BINARY')
      .raw()
      .all();
    const tables = db
      .prepare<[], string>(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name COLLATE BINARY",
      )
      .pluck()
      .all();
    const rows = tables.map((table) => [table, rowsOf(db, table)]);
    return { version: versionOf(db), text: [schema, rows].map((part) => JSON.stringify(part, spoken)).join('\n') };
  } finally {
    db.close();
  }
}

function rowsOf(db: Sqlite.Database, table: string): unknown[] {
  const rows = db
    .prepare<[], object>(`SELECT * FROM "${table.replaceAll('"', '""')}"`)
    .safeIntegers()
    .all();
  return rows.map((row) => JSON.stringify({ ...row, applied_at: null }, spoken)).sort();
}

function versionOf(db: Sqlite.Database): number | null {
  const known = db.prepare("SELECT 1 FROM pragma_table_info('_migrations') WHERE name = 'version'").get();
  return known === undefined
    ? null
    : (db.prepare<[], number | null>('SELECT max(version) FROM _migrations').pluck().get() ?? null);
}

function spoken(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${value}n` : value;
}
