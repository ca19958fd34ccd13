/** In watch mode, vitest runs the tests again when a migration or a seed is added or edited, as docs/runners.md says. */
import { spawn } from 'node:child_process';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith } from './temporary.ts';

const root = join(import.meta.dirname, '..').replaceAll('\\', '/');
const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');

/** The line of the documentation that has vitest watch files of SQL. */
function triggersOfDocs(): string {
  const [line] = /^forceRerunTriggers: .*$/m.exec(readFileSync(join(root, 'docs/runners.md'), 'utf8')) ?? [];
  if (line === undefined) throw new Error('docs/runners.md says nothing about forceRerunTriggers');
  return line;
}

test('adding or editing a migration or a seed runs the tests again', async () => {
  const folder = folderWith({
    'migrations/1_a.sql': 'CREATE TABLE a (id INTEGER PRIMARY KEY);',
    'seeds/1_a.sql': 'INSERT INTO a VALUES (1);',
    'migrations.test.js': `import { testMigrations } from '${root}/src/vitest.ts';\ntestMigrations({ migrations: 'migrations', dataset: ['fixture'] });\n`,
    'vitest.config.mjs': `export default { test: { ${triggersOfDocs()} server: { deps: { external: [/\\/src\\//] } } } };`,
  });
  const child = spawn(process.execPath, [vitest, '--watch', '--no-color', '--reporter=verbose'], {
    cwd: folder,
    env: { ...process.env, NODE_OPTIONS: '', CI: '' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let output = '';
  let heard = (): void => {};
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data: Buffer) => {
      output += data.toString();
      heard();
    });
  /** What it prints until a run has ended. */
  const run = async (): Promise<string> => {
    while (!/Waiting for file changes|PASS|FAIL {2}Tests failed/.test(output))
      await new Promise<void>((done) => {
        heard = done;
      });
    const said = output;
    output = '';
    return said;
  };
  try {
    expect(await run()).toMatch(/✓ .* fixture > 1_a/);
    writeFileSync(join(folder, 'migrations/2_b.sql'), 'ALTER TABLE a ADD COLUMN b NOT NULL;');
    expect(await run()).toMatch(/× .* fixture > 2_b/);
    appendFileSync(join(folder, 'seeds/1_a.sql'), '\nDELETE FROM a;\n');
    expect(await run()).toMatch(/✓ .* fixture > 2_b/);
  } finally {
    child.kill('SIGKILL');
  }
});
