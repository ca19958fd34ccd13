import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolveConfig } from '../../src/config.ts';
import { check } from '../../src/harness/check.ts';
import { loadProject, planProject } from '../../src/harness/project.ts';
import { printRatio } from './measure.ts';

/** A history of a size. */
interface Scaling {
  readonly sizes: readonly number[];
  readonly migrations: (size: number) => readonly string[];
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);

const table = (name: string, more = ''): string =>
  `CREATE TABLE ${name} (id INTEGER PRIMARY KEY, name TEXT NOT NULL, total INTEGER NOT NULL DEFAULT 0${more});`;

/** Steps that touch the table once more, each in its own way. */
const steps = [
  'ALTER TABLE t ADD COLUMN extra TEXT;',
  "UPDATE t SET extra = 'x' WHERE total > 0;",
  'CREATE UNIQUE INDEX t_name ON t (name);',
  'DELETE FROM t WHERE total < 0;',
  'ALTER TABLE t DROP COLUMN extra;',
];

const cases: Readonly<Record<string, Scaling>> = {
  migrations: {
    sizes: [50, 200, 800],
    migrations: (size) => [
      ...numbers(10).map((i) => table(`t${i}`)),
      ...numbers(size).map((i) => {
        const name = `t${1 + (i % 10)}`;
        return Math.floor((i - 1) / 10) % 2 === 0
          ? `ALTER TABLE ${name} ADD COLUMN c${i} TEXT; UPDATE ${name} SET c${i} = name;`
          : `ALTER TABLE ${name} DROP COLUMN c${i - 10};`;
      }),
    ],
  },
  'columns of a table': {
    sizes: [25, 50, 100, 200],
    migrations: (size) => [
      table(
        't',
        numbers(size)
          .map((i) => `, column_${i} ${i % 3 === 0 ? 'INTEGER' : 'TEXT'}`)
          .join(''),
      ),
      ...steps,
    ],
  },
  'triggers of a table': {
    sizes: [10, 20, 40, 80],
    migrations: (size) => [
      table('t'),
      table('log'),
      ...numbers(size).map(
        (i) =>
          `CREATE TRIGGER t_${i} AFTER INSERT ON t WHEN new.total > ${i} BEGIN INSERT INTO log (name) VALUES (new.name); END;`,
      ),
      ...steps,
    ],
  },
  'views over views': {
    sizes: [25, 50, 100, 200],
    migrations: (size) => [
      table('t'),
      ...numbers(size).map(
        (i) =>
          `CREATE VIEW v${i} AS SELECT id, name, total FROM ${i % 8 === 1 ? 't' : `v${i - 1}`} WHERE total <> ${i};`,
      ),
      ...steps,
    ],
  },
  'foreign keys in a chain': {
    sizes: [25, 50, 100, 200],
    migrations: (size) => [
      table('t'),
      ...numbers(size).map((i) =>
        table(`c${i}`, `, parent_id INTEGER REFERENCES ${i === 1 ? 't' : `c${i - 1}`} (id) ON DELETE CASCADE`),
      ),
      ...steps,
    ],
  },
  'indexes of a table': {
    sizes: [10, 20, 40, 80],
    migrations: (size) => [
      table(
        't',
        numbers(10)
          .map((i) => `, column_${i} TEXT`)
          .join(''),
      ),
      ...numbers(size).map((i) => `CREATE INDEX t_${i} ON t (column_${1 + (i % 10)}, total, id + ${i});`),
      ...steps,
    ],
  },
};

/** Each doubling of a history in one direction must cost about twice as much. */
export async function run(): Promise<void> {
  // The first check pays for what the machine learns of the code.
  for (let i = 0; i < 3; i++) await cost(50, cases['migrations']?.migrations ?? (() => []));
  for (const [kind, { sizes, migrations }] of Object.entries(cases)) {
    const costs: number[] = [];
    for (const size of sizes) costs.push(await cost(size, migrations));
    for (const [i, size] of sizes.slice(1).entries()) {
      const [smaller, ratio] = [sizes[i] ?? size, (costs[i + 1] ?? 0) / (costs[i] ?? 1)];
      printRatio(`${smaller} to ${size} ${kind}, a doubling`, ratio ** (1 / Math.log2(size / smaller)), {
        atMost: 2.2,
      });
    }
    console.log(`  ${costs.map((each) => `${each.toFixed(0)} ms`).join(', ')}`);
  }
}

/** Milliseconds of processor time of one check. */
async function cost(size: number, migrations: Scaling['migrations']): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'rowproof bench '));
  try {
    for (const [i, sql] of migrations(size).entries())
      writeFileSync(join(folder, `${String(i + 1).padStart(4, '0')}_step.sql`), sql);
    const project = await loadProject(planProject(resolveConfig({ migrations: folder })));
    const { user, system } = process.cpuUsage();
    await check(project);
    const spent = process.cpuUsage({ user, system });
    return (spent.user + spent.system) / 1_000;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
