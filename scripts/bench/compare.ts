import { applyStep } from '../../src/apply/apply.ts';
import { type Database, openMemory } from '../../src/database/connection.ts';
import { execute } from '../../src/database/execute.ts';
import { snapshotMemory } from '../../src/database/snapshot.ts';
import { readState } from '../../src/database/state.ts';
import { findRowChanges } from '../../src/rows/row-changes.ts';
import { readFlow } from '../../src/sql/flow.ts';
import { buildMigration, buildSettings } from '../../test/build.ts';
import { interleaved, median, medianRatio, printRatio, time } from './measure.ts';

const rowCount = 300_000;
const rounds = 9;

const settings = buildSettings();

/** The cost of comparing: of many rows against a bare scan of both sides, and of few against applying the migration. */
export async function run(): Promise<void> {
  const columns = 'user_id INTEGER NOT NULL, email TEXT NOT NULL, status TEXT, amount REAL, created_at TEXT NOT NULL';
  const values = `i % 1000, 'somebody' || i || '@example.org', CASE i % 3 WHEN 0 THEN 'paid' END, i / 8.0, '2026-05-01T10:00:' || (i % 60)`;
  await measureLarge('by rowid', `id INTEGER PRIMARY KEY, ${columns}`, `i, ${values}`, 2.5);
  const key = `id TEXT PRIMARY KEY, ${columns}`;
  // Texts in no order, as UUIDs are.
  const text = `printf('%08x-%06x', i * 2654435761 % 4294967296, i), ${values}`;
  await measureLarge('by a text key', key, text, 4);
  await measureLarge('by a text key, all rowids moved', key, text, 4, 'UPDATE t SET rowid = rowid - 1');
  await measureSmall();
}

async function measureLarge(what: string, columns: string, values: string, atMost: number, move = ''): Promise<void> {
  const db = openMemory(settings);
  db.exec(`CREATE TABLE t (${columns});
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rowCount})
    INSERT INTO t SELECT ${values} FROM n`);
  const snapshot = snapshotMemory(db);
  const migration = buildMigration('DELETE FROM t WHERE rowid = 1');
  const before = readState(db, []);
  execute(db, migration, settings);
  db.exec(move);
  const after = readState(db, []);
  const flow = readFlow(migration.statements, [], before.schema);
  const names = before.schema.tables.flatMap((table) => table.columns.map(({ name }) => name));
  const results = await interleaved(
    rounds,
    new Map([
      ['scan', () => snapshot.attach(db, (schema) => time(() => scan(db, names, [schema, 'main'])))],
      ['compare', () => time(() => findRowChanges(db, snapshot, flow, before, after))],
    ]),
  );
  const [scans, compares] = [results.get('scan') ?? [], results.get('compare') ?? []];
  printRatio(`${rowCount} rows ${what}, to a bare scan of both sides`, medianRatio(compares, scans), { atMost });
  console.log(
    `  scan ${median(scans).toFixed(0)} ms, comparison ${median(compares).toFixed(0)} ms (median of ${rounds})`,
  );
  db.close();
}

/** Reads every value of both sides once. */
function scan(db: Database, columns: readonly string[], schemas: readonly string[]): void {
  const sums = columns.map((column) => `max(${column})`).join(', ');
  for (const schema of schemas) db.prepare(`SELECT ${sums} FROM ${schema}.t NOT INDEXED`).get();
}

const tables = 20;

/** A rebuild of one table among twenty with a hundred rows each. */
async function measureSmall(): Promise<void> {
  const made = Array.from({ length: tables }, (_, i) => {
    const parent = i === 0 ? '' : `, parent_id INTEGER REFERENCES t${i - 1}(id)`;
    return `CREATE TABLE t${i} (id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT UNIQUE, created_at TEXT NOT NULL${parent});
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100)
      INSERT INTO t${i} SELECT i, 'name ' || i, 'e' || i, '2026-01-01'${i === 0 ? '' : ', i'} FROM n;`;
  });
  const last = tables - 1;
  const statements = [
    `CREATE TABLE u (id INTEGER PRIMARY KEY, name TEXT, email TEXT UNIQUE, created_at TEXT NOT NULL, parent_id INTEGER REFERENCES t${last - 1}(id))`,
    `INSERT INTO u SELECT * FROM t${last}`,
    `DROP TABLE t${last}`,
    `ALTER TABLE u RENAME TO t${last}`,
    `UPDATE t${last} SET name = upper(name)`,
  ];
  const migration = buildMigration(statements.join(';\n'));
  const start = openMemory(settings);
  start.exec(made.join('\n'));
  const image = snapshotMemory(start);
  const results = await interleaved(
    51,
    new Map([
      ['apply', () => onCopy(image.open(settings), (db) => time(() => execute(db, migration, settings)))],
      [
        'compare',
        () =>
          onCopy(image.open(settings), (db) => {
            const snapshot = snapshotMemory(db);
            const outcome = applyStep({ db, migration, from: 0, settings, invariants: [], snapshot });
            if (outcome.status !== 'applied') throw new Error(outcome.status);
            const flow = readFlow(migration.statements, [], outcome.before.schema);
            return time(() => findRowChanges(db, snapshot, flow, outcome.before, outcome.after));
          }),
      ],
    ]),
  );
  const [applied, compared] = [median(results.get('apply') ?? []), median(results.get('compare') ?? [])];
  printRatio(
    `a step on ${tables} tables with 100 rows, to 3 times applying it plus 5 ms`,
    compared / (3 * applied + 5),
    {
      atMost: 1,
    },
  );
  console.log(`  applying ${applied.toFixed(2)} ms, comparison ${compared.toFixed(2)} ms (median of 51)`);
  start.close();
}

async function onCopy<T>(db: Database, work: (db: Database) => T | Promise<T>): Promise<T> {
  try {
    return await work(db);
  } finally {
    db.close();
  }
}
