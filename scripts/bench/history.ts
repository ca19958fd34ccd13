import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolveConfig } from '../../src/config.ts';
import { openMemory } from '../../src/database/connection.ts';
import { execute } from '../../src/database/execute.ts';
import { check } from '../../src/harness/check.ts';
import { loadProject, type Project, planProject } from '../../src/harness/project.ts';
import { interleaved, median, printRatio, sum, time } from './measure.ts';

const tables = 20;
const migrations = 1_000;
const rounds = 3;

/** A long history: a step must not become slower with the number of those before it. */
export async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'rowproof bench '));
  try {
    for (let i = 1; i <= migrations; i++) {
      writeFileSync(join(folder, `${String(i).padStart(4, '0')}_step.sql`), generate(i));
    }
    const project = await loadProject(planProject(resolveConfig({ migrations: folder, dataset: ['one-row'] })));
    const steps: number[][] = [];
    const results = await interleaved(
      rounds,
      new Map([
        ['once', () => time(() => applyOnce(project))],
        [
          'check',
          async () => {
            const times = await stepTimes(project);
            steps.push(times);
            return sum(times);
          },
        ],
      ]),
    );
    const floor = median(results.get('once') ?? []);
    const whole = median(results.get('check') ?? []);
    // The schema is as large as it will be once all tables are made.
    const growth = median(steps.map((times) => sum(times.slice(-100)) / sum(times.slice(tables, tables + 100))));
    printRatio('last hundred steps to the first hundred after all tables are made', growth, { atMost: 1.5 });
    printRatio('check (empty and one-row) to applying the files once', whole / floor, null);
    console.log(
      `\n${migrations} migrations on ${tables} tables: check ${whole.toFixed(0)} ms, applying once ${floor.toFixed(0)} ms (median of ${rounds})`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Creates the tables, then adds, fills, indexes and drops columns, so that the schema does not grow. */
function generate(i: number): string {
  const table = `t${(i - 1) % tables}`;
  if (i <= tables) {
    const parent = i === 1 ? '' : `, parent_id INTEGER REFERENCES t${i - 2}(id) ON DELETE CASCADE`;
    return `CREATE TABLE ${table} (id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT UNIQUE, created_at TEXT NOT NULL${parent});`;
  }
  const round = Math.floor((i - 1) / tables);
  const column = `c${Math.floor((round - 1) / 5)}`;
  const kinds = [
    `ALTER TABLE ${table} ADD COLUMN ${column} TEXT;`,
    `UPDATE ${table} SET ${column} = name;`,
    `CREATE INDEX ${table}_${column} ON ${table} (${column});`,
    `DROP INDEX ${table}_${column};`,
    `ALTER TABLE ${table} DROP COLUMN ${column};`,
  ];
  return kinds[(round - 1) % kinds.length] ?? '';
}

function applyOnce({ history, config }: Project): void {
  const db = openMemory(config.settings);
  for (const migration of history.migrations) execute(db, migration, config.settings);
  db.close();
}

/** Milliseconds of each step of one check. */
async function stepTimes(project: Project): Promise<number[]> {
  const marks: number[] = [];
  await check(project, () => marks.push(performance.now()));
  marks.push(performance.now());
  return marks.slice(1).map((mark, i) => mark - (marks[i] ?? mark));
}
