/** Statements that the real D1 refuses and accepts, which test/tools/refusals.test.ts asks rowproof about. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { refusedByD1, takenByD1 } from '../tools/d1-cases.ts';
import { runAside } from './command.ts';

/** Whether wrangler applies a migration behind `CREATE TABLE a (b);`. */
async function applies(sql: string): Promise<boolean> {
  const project = mkdtempSync(join(tmpdir(), 'rowproof d1 '));
  try {
    const database = { binding: 'DB', database_name: 'app', database_id: '00000000-0000-0000-0000-000000000000' };
    const config = { name: 'a', compatibility_date: '2026-01-01', d1_databases: [database] };
    mkdirSync(join(project, 'migrations'));
    writeFileSync(join(project, 'wrangler.jsonc'), JSON.stringify(config));
    writeFileSync(join(project, 'migrations', '0001_a.sql'), 'CREATE TABLE a (b);\n');
    writeFileSync(join(project, 'migrations', '0002_b.sql'), `${sql}\n`);
    const { status, output } = await runAside('wrangler', ['d1', 'migrations', 'apply', 'DB', '--local'], project);
    // The first one stands in the table of what was applied, whatever becomes of the second.
    expect(output).toMatch(/0001_a\.sql\s*│ ✅/);
    return status === 0;
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
}

test.concurrent.each(refusedByD1)('D1 refuses %s', async (sql) => {
  expect(await applies(sql)).toBe(false);
});

test.concurrent('D1 takes the rest', async () => {
  expect(await applies(takenByD1.join('\n'))).toBe(true);
});
