import Sqlite from 'better-sqlite3';

/** Every table with its rows. Ledgers hold the time, which no two runs have in common. */
export function contentOf(file: string): Record<string, unknown> {
  const db = new Sqlite(file, { readonly: true });
  const tables = db
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> '_migrations' ORDER BY name")
    .pluck()
    .all();
  const content = tables.map((table) => {
    const rows = db.prepare<[], Record<string, unknown>>(`SELECT * FROM "${table}" ORDER BY rowid`).all();
    return [table, rows.map(({ migration_time: _, timestamp: __, executed_at: ___, ...row }) => row)];
  });
  const schema = db.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name').all();
  db.close();
  return { ...Object.fromEntries(content), schema: JSON.parse(withoutChance(JSON.stringify(schema))) };
}

/** Knex draws the names of its temporary tables. */
function withoutChance(text: string): string {
  return text.replaceAll(/_knex_temp_alter\d+/g, '_knex_temp_alter');
}
