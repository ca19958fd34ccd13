import { resolveConfig } from '../../src/config.ts';
import { openMemory } from '../../src/database/connection.ts';
import type { Database } from '../../src/database/engine.ts';
import { runPermitted } from '../../src/database/guard/permit.ts';
import type { EngineName } from '../../src/model/settings.ts';
import { splitStatements } from '../../src/sql/statements.ts';
import { interleaved, medianRatio, printRatio, time } from './measure.ts';

const rounds = 9;
const statements = 20_000;

/** A seed, or a base in SQL, of one INSERT a row, as `.dump` writes it. */
function dump(table: string): readonly { readonly sql: string; readonly line: number }[] {
  const rows = Array.from({ length: statements }, (_, i) => `INSERT INTO "${table}" VALUES(${i}, 'name ${i}');`);
  return splitStatements(rows.join('\n'));
}

/** The cost of the check that each statement of the user keeps to the database at hand. */
export async function run(): Promise<void> {
  for (const engine of ['better-sqlite3', 'node'] as const) {
    for (const [what, table] of [
      ['20,000 INSERTs', 'orders'],
      ['20,000 INSERTs, each of which SQLite is asked about', 'attachments'],
    ] as const) {
      const texts = dump(table);
      const place = { file: 'dump.sql' };
      const results = await interleaved(
        rounds,
        new Map([
          [
            'bare',
            () =>
              inMemory(engine, table, (db) => {
                for (const { sql } of texts) db.exec(sql);
              }),
          ],
          [
            'guarded',
            () =>
              inMemory(engine, table, (db) => {
                for (const { sql, line } of texts) runPermitted(db, sql, { ...place, line });
              }),
          ],
        ]),
      );
      const ratio = medianRatio(results.get('guarded') ?? [], results.get('bare') ?? []);
      printRatio(`${what}, ${engine}: guarded to bare`, ratio, table === 'orders' ? { atMost: 1.2 } : null);
    }
  }
}

async function inMemory(engine: EngineName, table: string, work: (db: Database) => void): Promise<number> {
  const db = openMemory(resolveConfig({ engine }).settings);
  db.exec(`CREATE TABLE "${table}" (id INTEGER PRIMARY KEY, name TEXT); BEGIN`);
  const spent = await time(() => work(db));
  db.close();
  return spent;
}
