import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { check, gate, migrate, profile, seed } from '../src/api.ts';
import { HarnessError } from '../src/errors.ts';
import { testMigrations } from '../src/vitest.ts';
import { type BadProject, badProjects } from './bad-projects.ts';
import { isWide } from './breadth.ts';
import { inProcess } from './cli/main.ts';
import { folderWith } from './temporary.ts';

const root = join(import.meta.dirname, '..').replaceAll('\\', '/');
const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');

/** The same files with their folder before their names, and the config as a module that all entry points are given. */
function filesOf({ files, config }: BadProject, folder: string): Record<string, string | Uint8Array> {
  const placed = Object.entries(files).map(([name, content]) => [`${folder}/${name}`, content] as const);
  return {
    ...Object.fromEntries(placed),
    [`${folder}/config.mjs`]: `const dir = import.meta.dirname;\nexport default ${config};\n`,
  };
}

const jsonReport = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      message: z.string(),
      assertionResults: z.array(z.object({ failureMessages: z.array(z.string()) })),
    }),
  ),
});

/** The messages of `testMigrations` on each project, by its number: one run of vitest over a test file for each. */
async function runTests(): Promise<ReadonlyMap<string, readonly string[]>> {
  const tests = badProjects.flatMap((project, i) => [
    ...Object.entries(filesOf(project, `p${i}`)),
    [
      `p${i}.test.js`,
      `import { testMigrations } from '${root}/src/vitest.ts';\nimport config from './p${i}/config.mjs';\n\ntestMigrations(config);\n`,
    ] as const,
  ]);
  const folder = folderWith({
    ...Object.fromEntries(tests),
    'vitest.config.mjs': 'export default { test: { server: { deps: { external: [/\\/src\\//] } } } };',
  });
  const args = [
    'run',
    '--pool=threads',
    '--no-isolate',
    '--no-file-parallelism',
    '--reporter=json',
    '--outputFile=r.json',
  ];
  await new Promise<void>((done) => {
    execFile(process.execPath, [vitest, ...args], { cwd: folder, env: { ...process.env, NODE_OPTIONS: '' } }, () =>
      done(),
    );
  });
  const { testResults } = jsonReport.parse(JSON.parse(readFileSync(join(folder, 'r.json'), 'utf8')));
  return new Map(
    testResults.map(({ name, message, assertionResults }) => [
      basename(name, '.test.js'),
      [message, ...assertionResults.flatMap(({ failureMessages }) => failureMessages)].filter((text) => text !== ''),
    ]),
  );
}

describe('the command, the API and testMigrations refuse unusable input', () => {
  const cases = badProjects.map((project, i) => [project.name, project, `p${i}`] as const);

  test.each(cases)('%s', async (_name, project) => {
    const config = join(folderWith(filesOf(project, '.')), 'config.mjs');
    const command = await inProcess('check', '--config', config);
    expect(command).toMatchObject({ status: 2, stdout: '', stderr: expect.stringMatching(project.message) });

    const { default: given } = await import(config);
    const error: unknown = await check(given).catch((thrown: unknown) => thrown);
    if (!(error instanceof HarnessError)) throw error;
    expect(error.message).toMatch(project.message);
    // The first words name the file or the argument where it is the config that is wrong.
    expect(command.stderr).toContain(error.message.replace(/^The config is/, 'is'));
  });

  test.runIf(isWide)('testMigrations refuses each as a failure of its file or of a test', async () => {
    const said = await runTests();
    for (const [name, { message }, number] of cases) {
      const texts = said.get(number) ?? [];
      expect.soft(texts.length, name).toBeGreaterThan(0);
      for (const text of texts) expect.soft(text, name).toMatch(message);
    }
  });
});

describe('a request of the API is checked like the flags of the command', () => {
  const commands: Readonly<Record<string, (config: object, request: never) => Promise<unknown>>> = {
    gate,
    migrate,
    profile,
    seed,
  };

  test.each<[string, string, unknown, RegExp]>([
    ['no request', 'gate', undefined, /The request of gate is not usable: /],
    ['no file', 'gate', {}, /file: /],
    ['a file without a name', 'migrate', { file: '' }, /file: must name a file/],
    ['a malformed version', 'gate', { at: 1.5 }, /at: /],
    ['a migration without an id', 'gate', { at: '' }, /at: /],
    ['a version below 0', 'migrate', { to: -1 }, /to: /],
    // Taken for nothing, it would have migrated the file.
    ['a misspelt dry run', 'migrate', { dryrun: true }, /dryrun/],
    ['a value in place of a list', 'profile', { keepValues: 'a.b' }, /keepValues: /],
    ['too few rows', 'profile', { atLeast: 1 }, /--at-least 1: /],
    ['an unknown dataset', 'seed', { dataset: ['tall'] }, /dataset/],
  ])('%s', async (_name, command, keys, message) => {
    const folder = folderWith({ 'm/1_a.sql': 'CREATE TABLE a (b);' });
    const file = join(folder, 'app.db');
    const request = typeof keys === 'object' && Object.keys(keys ?? {}).length > 0 ? { file, ...keys } : keys;
    // A caller in JavaScript hands over anything.
    await expect(commands[command]?.({ migrations: join(folder, 'm') }, request as never)).rejects.toMatchObject({
      name: 'HarnessError',
      message: expect.stringMatching(message),
    });
    expect(existsSync(file)).toBe(false);
  });
});

test.each<[string, unknown, RegExp]>([
  ['nothing', undefined, /is not usable: /],
  ['a limit of no time', { timeout: 0 }, /timeout: /],
  ['a limit as a text', { timeout: '5s' }, /timeout: /],
])('testMigrations refuses %s', (_name, config, message) => {
  // A caller in JavaScript hands over anything.
  expect(() => testMigrations(config as never)).toThrow(message);
});
