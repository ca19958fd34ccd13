import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { progressLine } from '../../src/cli/output.ts';
import { folderWith } from '../temporary.ts';
import { inProcess } from './main.ts';
import { command, rowproof } from './run.ts';

const good = { 'm/0001_a.sql': 'CREATE TABLE a (id INTEGER PRIMARY KEY);' };
const bad = { ...good, 'm/0002_b.sql': 'ALTER TABLE a ADD COLUMN b INTEGER NOT NULL;' };
const copyWarns = { ...good, 'm/0002_b.sql': 'DROP TABLE a; CREATE TABLE a (id INTEGER PRIMARY KEY);' };
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what colours begin with
const colours = /\u001b\[/;

describe('the command, as a process', () => {
  test('passes a clean history, fails on findings, and prints neither colours nor progress into a pipe', () => {
    const clean = rowproof(['check', 'm'], { cwd: folderWith(good) });
    expect(clean).toMatchObject({ status: 0, stderr: '' });
    expect(clean.stdout).toMatch(
      /No findings: 1 migration behaves the same on the empty database, on one-row, on typical and on awkward\.\n$/,
    );
    const failing = rowproof(['check', 'm'], { cwd: folderWith(bad) });
    expect(failing).toMatchObject({ status: 1, stderr: '' });
    expect(failing.stdout).toContain('m/0002_b.sql:1   statement 1 of 1');
    expect(clean.stdout + failing.stdout).not.toMatch(colours);
  });

  test('prints colours where they are requested, and none under NO_COLOR', () => {
    const cwd = folderWith(bad);
    expect(rowproof(['check', 'm'], { cwd, env: { FORCE_COLOR: '1', NO_COLOR: undefined } }).stdout).toMatch(colours);
    expect(rowproof(['check', 'm'], { cwd, env: { NO_COLOR: '1' } }).stdout).not.toMatch(colours);
  });

  test('finds the default folders, and the seeds beside them', () => {
    const cwd = folderWith({
      'db/migrations/1_a.sql': good['m/0001_a.sql'],
      'db/seeds/1_a.sql': 'INSERT INTO a VALUES (7);',
    });
    expect(rowproof(['check'], { cwd }).stdout).toMatch(
      /1 migration in db\/migrations[\s\S]*on fixture, on one-row, on typical and on awkward/,
    );
    expect(rowproof(['check'], { cwd: folderWith() })).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^rowproof: This folder and those below it hold no migrations\./),
    });
  });

  test('reads rowproof.config.ts, and flags win', () => {
    const config = "enum Unused { A }\nexport default { migrations: 'm', foreignKeys: false };";
    const cwd = folderWith({ ...good, 'rowproof.config.ts': config });
    expect(rowproof(['check'], { cwd }).stdout).toContain('foreign keys off');
    expect(rowproof(['check', '--foreign-keys', 'on'], { cwd }).stdout).toContain('foreign keys on');
  });

  test('a reader that closes the pipe causes no failure', () => {
    const words = ['-c', '"$0" "$@" | head -n 1; echo done', process.execPath, ...command, 'explain', 'fails-on-rows'];
    const run = spawnSync('sh', words, { encoding: 'utf8' });
    expect(run.stdout).toMatch(/^fails-on-rows {2}error\ndone\n$/);
    expect(run.stderr).toBe('');
  });
});

describe('the command line', () => {
  test.each([[[]], [['check']], [['gate']], [['migrate']], [['profile']], [['seed']], [['explain']]])(
    '%j --help prints a usage and exits 0',
    async (command) => {
      const { status, stdout, stderr } = await inProcess(...command, '--help');
      expect(status).toBe(0);
      expect(stdout).toMatch(/^Usage: rowproof/);
      expect(stderr).toBe('');
    },
  );

  test.each([['check'], ['gate'], ['migrate'], ['profile'], ['seed']])('%s --help has examples', async (command) => {
    expect((await inProcess(command, '--help')).stdout).toMatch(/\nExamples:\n {2}rowproof /);
  });

  test('--version prints the version of the package', async () => {
    const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8'));
    expect(await inProcess('--version')).toMatchObject({ status: 0, stdout: `${version}\n` });
  });

  test('--fail-on and --strict decide on the exit code', async () => {
    const [errors, warnings] = [join(folderWith(bad), 'm'), join(folderWith(copyWarns), 'm')];
    const status = async (...args: string[]): Promise<number | null> => (await inProcess('check', ...args)).status;
    expect(await status(errors)).toBe(1);
    expect(await status(errors, '--fail-on', 'never')).toBe(0);
    expect(await status(warnings)).toBe(0);
    expect(await status(warnings, '--fail-on', 'warning')).toBe(1);
    expect(await status(warnings, '--strict')).toBe(1);
  });

  test('-o writes the report and prints a line with the result of the run', async () => {
    const folder = folderWith(bad);
    const run = await inProcess('check', join(folder, 'm'), '--format', 'json', '-o', join(folder, 'report.json'));
    expect(run).toMatchObject({ status: 1, stderr: '' });
    expect(run.stdout).toMatch(/^1 error, 0 warnings, 0 notes\n {2}json: .*report\.json\n$/);
    expect(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')).summary.errors).toBe(1);
    expect(readdirSync(folder).sort()).toEqual(['m', 'report.json']);
  });
});

describe('the progress line', () => {
  test('erases itself on a terminal, and does not appear on a pipe or in CI', () => {
    const written = (isTTY: boolean, env: NodeJS.ProcessEnv = {}): string => {
      const stream = Object.assign(new PassThrough(), { isTTY, columns: 30 });
      const line = progressLine(stream, env);
      line.show(`1/2 ${'x'.repeat(50)}`);
      line.clear();
      return String(stream.read() ?? '');
    };
    expect(written(true)).toBe(`\r\u001b[2K1/2 ${'x'.repeat(25)}\r\u001b[2K`);
    expect(written(false)).toBe('');
    expect(written(true, { CI: 'true' })).toBe('');
  });
});
