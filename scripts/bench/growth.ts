import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolveConfig } from '../../src/config.ts';
import { check } from '../../src/harness/check.ts';
import { loadProject, planProject } from '../../src/harness/project.ts';
import { printRatio, sum } from './measure.ts';

const sizes = [250, 500, 1_000, 2_000];

/** Histories that only grow, with all datasets: what makes a table each, and what goes on at one table. */
const kinds: Readonly<Record<string, (i: number) => string>> = {
  'a table each': (i) =>
    tableOf(`t${i}`, i === 1 ? '' : `, parent_id INTEGER REFERENCES t${i - 1}(id) ON DELETE CASCADE`),
  'mixed, on one table': (i) => (i === 1 ? tableOf('t', '') : changeOf(i - 2)),
};

function tableOf(name: string, parent: string): string {
  return `CREATE TABLE ${name} (id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT UNIQUE, created_at TEXT NOT NULL${parent});`;
}

/** One of a round of changes that leaves the schema as it was. */
function changeOf(i: number): string {
  const number = Math.floor(i / 8);
  const column = `c${number}`;
  const changes = [
    `ALTER TABLE t ADD COLUMN ${column} TEXT;`,
    `UPDATE t SET ${column} = 'v${number}' WHERE name <> 'x${number}';`,
    `INSERT INTO t (name, email, created_at) VALUES ('n${number}', 'e${number}@example.org', '2026-01-01');`,
    `CREATE INDEX t_${column} ON t (${column});`,
    `UPDATE t SET name = 'n${number}' WHERE email = 'e${number}@example.org' AND ${column} IS NOT NULL;`,
    `DROP INDEX t_${column};`,
    `DELETE FROM t WHERE email = 'e${number}@example.org';`,
    `ALTER TABLE t DROP COLUMN ${column};`,
  ];
  return changes[i % changes.length] ?? '';
}

/** The cost of a step must not follow the number of tables or of steps. */
export async function run(): Promise<void> {
  for (const [kind, migrationOf] of Object.entries(kinds)) {
    for (const size of sizes) {
      const times = await stepTimes(size, migrationOf);
      printRatio(
        `${size} migrations, ${kind}: last hundred to first`,
        sum(times.slice(-100)) / sum(times.slice(0, 100)),
        {
          atMost: 1.5,
        },
      );
      console.log(`  ${(sum(times) / 1_000).toFixed(1)} s, ${(sum(times) / size).toFixed(1)} ms a step`);
    }
  }
}

/** Milliseconds of processor time that each step of a check takes: those of the clock tell of what else runs. */
async function stepTimes(size: number, migrationOf: (i: number) => string): Promise<number[]> {
  const folder = mkdtempSync(join(tmpdir(), 'rowproof bench '));
  try {
    for (let i = 1; i <= size; i++)
      writeFileSync(join(folder, `${String(i).padStart(4, '0')}_step.sql`), migrationOf(i));
    const marks: number[] = [];
    const mark = (): void => {
      const { user, system } = process.cpuUsage();
      marks.push((user + system) / 1_000);
    };
    await check(await loadProject(planProject(resolveConfig({ migrations: folder }))), mark);
    mark();
    return marks.slice(1).map((each, i) => each - (marks[i] ?? each));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
