/** The package as its users get it: packed, and installed from its tarball into empty projects. */
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { writeConsumer } from './package/consumer.ts';
import { type Ended, run } from './package/run.ts';

const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'rowproof package '));
const tarball = join(folder, 'rowproof.tgz');

/** One project is CommonJS by default and has no vitest; the other is ESM and has it. */
const projects = {
  npm: {
    manifest: { name: 'installed-with-npm' },
    install: ['install', '--prefer-offline', '--no-audit', '--no-fund', tarball],
  },
  pnpm: {
    manifest: { name: 'installed-with-pnpm', type: 'module' },
    install: ['add', '--prefer-offline', tarball, `vitest@${manifest.devDependencies.vitest}`],
  },
} as const;
const names = ['npm', 'pnpm'] as const;

/** A project whose vitest is older than ours: installing must not fail, and the tests run. */
const older = { manifest: { name: 'older', type: 'module' }, vitest: 'vitest@3.2.7' };
const installed = new Map<string, Ended>();

beforeAll(async () => {
  const packed = await run(root, 'pnpm', 'pack', '--out', tarball);
  expect(packed, packed.stdout + packed.stderr).toMatchObject({ code: 0 });
  writeConsumer(join(folder, 'older'), older.manifest);
  await Promise.all([
    run(
      join(folder, 'older'),
      'npm',
      'install',
      '--prefer-offline',
      '--no-audit',
      '--no-fund',
      older.vitest,
      tarball,
    ).then((ended) => void installed.set('older', ended)),
    ...names.map(async (name) => {
      writeConsumer(join(folder, name), projects[name].manifest);
      installed.set(name, await run(join(folder, name), name, ...projects[name].install));
    }),
  ]);
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(names)('installed with %s', (name) => {
  const project = join(folder, name);
  const rowproof = (...args: string[]): Promise<Ended> =>
    run(project, join(project, 'node_modules/.bin/rowproof'), ...args);

  test('installs without warnings', () => {
    expect(installed.get(name)).toMatchObject({ code: 0 });
  });

  test('the command prints its version', async () => {
    expect(await rowproof('--version')).toEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: '' });
  });

  test('the demonstration shows an outage and a loss', async () => {
    const ended = await rowproof('demo');
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout).toMatch(/✗ 0002_publishers .*fails on rows[\s\S]*✗ 0003_titles .*loses rows[\s\S]*2 errors/);
  });

  test('a check with a config and a TypeScript seed ends with 0 or 1', async () => {
    const safe = await rowproof('check', 'safe/migrations', '--format', 'json');
    expect(safe).toMatchObject({ code: 0 });
    expect(JSON.parse(safe.stdout)).toMatchObject({
      steps: expect.arrayContaining([
        expect.objectContaining({ migration: '0001_tracks', dataset: 'fixture', outcome: 'applied' }),
      ]),
      findings: [],
    });
    const unsafe = await rowproof('check', 'unsafe/migrations', '--format', 'json');
    expect(unsafe).toMatchObject({ code: 1 });
    expect(JSON.parse(unsafe.stdout)).toMatchObject({
      findings: [
        { code: 'fails-on-rows', migration: '0002_mood', datasets: ['fixture', 'one-row', 'typical', 'awkward'] },
      ],
    });
  });

  test('a program can import it', async () => {
    const program = `import { check } from 'rowproof';
      const { findings } = await check({ migrations: 'unsafe/migrations', dataset: ['one-row'] });
      console.log(findings.map(({ code }) => code).join());`;
    const ended = await run(project, process.execPath, '--input-type=module', '--eval', program);
    expect(ended).toMatchObject({ code: 0, stdout: 'fails-on-rows\n' });
  });

  test.each([
    ['nodenext', 'nodenext'],
    ['bundler', 'esnext'],
  ])('a strict compiler that resolves like %s accepts its types', async (moduleResolution, module) => {
    const sources = ['rowproof.config.ts', 'safe/seeds/0001_tracks.ts'];
    if (name === 'pnpm') sources.push('migrations.test.ts');
    const options = { module, moduleResolution, target: 'es2022', strict: 'true', skipLibCheck: 'false' };
    const flags = Object.entries(options).flatMap(([option, value]) => [`--${option}`, value]);
    const compiler = join(root, 'node_modules/typescript/bin/tsc');
    const ended = await run(project, process.execPath, compiler, '--noEmit', ...flags, ...sources);
    expect(ended).toEqual({ code: 0, stdout: '', stderr: '' });
  });
});

/** The part of vitest's JSON report that is read here. */
interface VitestReport {
  readonly testResults: readonly { readonly assertionResults: readonly { fullName: string; status: string }[] }[];
}

test('beside vitest 3 it installs, and its tests run', async () => {
  expect(installed.get('older')).toMatchObject({ code: 0 });
  const project = join(folder, 'older');
  const ended = await run(project, join(project, 'node_modules/.bin/vitest'), 'run', '--no-color');
  expect(ended).toMatchObject({ code: 1, stdout: expect.stringMatching(/Tests +4 failed \| 11 passed/) });
  expect(ended.stderr).toContain('fails-on-rows: 0002_mood');
});

test('with vitest, every migration is a test on every dataset', async () => {
  const project = join(folder, 'pnpm');
  const ended = await run(
    project,
    join(project, 'node_modules/.bin/vitest'),
    'run',
    '--reporter=json',
    '--outputFile=results.json',
  );
  expect(ended).toMatchObject({ code: 1 });
  const { testResults }: VitestReport = JSON.parse(readFileSync(join(project, 'results.json'), 'utf8'));
  const results = testResults.flatMap(({ assertionResults }) => assertionResults);
  expect(results.map(({ fullName, status }) => `${fullName} ${status}`)).toEqual([
    'safe/migrations empty 0001_tracks passed',
    'safe/migrations fixture 0001_tracks passed',
    'safe/migrations one-row 0001_tracks passed',
    'safe/migrations typical 0001_tracks passed',
    'safe/migrations awkward 0001_tracks passed',
    'unsafe/migrations empty 0001_tracks passed',
    'unsafe/migrations empty 0002_mood passed',
    'unsafe/migrations fixture 0001_tracks passed',
    'unsafe/migrations fixture 0002_mood failed',
    'unsafe/migrations one-row 0001_tracks passed',
    'unsafe/migrations one-row 0002_mood failed',
    'unsafe/migrations typical 0001_tracks passed',
    'unsafe/migrations typical 0002_mood failed',
    'unsafe/migrations awkward 0001_tracks passed',
    'unsafe/migrations awkward 0002_mood failed',
  ]);
});

describe('the installed packages', () => {
  const modules = join(folder, 'npm/node_modules');
  const own = join(modules, 'rowproof');

  test('no package of the production tree has an install script', () => {
    // npm keeps a list of what it installed: https://docs.npmjs.com/cli/configuring-npm/package-lock-json#hidden-lockfiles
    const lock: { packages: object } = JSON.parse(readFileSync(join(modules, '.package-lock.json'), 'utf8'));
    const packages = Object.keys(lock.packages).map((path) => readPackage(join(folder, 'npm', path)));
    expect(packages.map((each) => each.name)).toEqual(
      expect.arrayContaining([manifest.name, ...Object.keys(manifest.dependencies)]),
    );
    expect(packages.filter((each) => each.runsOnInstall)).toEqual([]);
  });

  test('vitest is not installed until the project asks for it', () => {
    expect(existsSync(join(modules, 'vitest'))).toBe(false);
  });

  test('the package holds the compiled sources, the demonstration, the documentation and nothing else', () => {
    const files = globSync('**/*', { cwd: own, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(own.length + 1));
    const compiled = globSync('**/*.ts', { cwd: join(root, 'src') })
      .map((source) => `dist/${source.slice(0, -'.ts'.length)}`)
      .flatMap((stem) => [`${stem}.js`, `${stem}.d.ts`]);
    const demo = globSync('demo/migrations/*.sql', { cwd: root });
    const docs = globSync('docs/*.md', { cwd: root });
    const page = globSync('report/html/page/*.{css,js}', { cwd: join(root, 'src') }).map((part) => `dist/${part}`);
    expect(files.sort()).toEqual(
      ['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json', ...demo, ...docs, ...page, ...compiled].sort(),
    );
  });

  test.each(['*.js', '*.d.ts'])('every file that a %s file imports is there', (kind) => {
    // The scripts of the HTML report are no modules; only the types in their comments name files.
    const modules = globSync(`dist/**/${kind}`, { cwd: own, exclude: ['dist/report/html/page/*'] });
    const imported = modules.flatMap((file) => {
      const text = readFileSync(join(own, file), 'utf8');
      return [...text.matchAll(/(?:from|import) ?\(?'(\.[^']+)'/g)].map(([, path = '']) => join(dirname(file), path));
    });
    expect(imported).not.toEqual([]);
    expect(imported.filter((file) => !existsSync(join(own, file)))).toEqual([]);
  });
});

/** Whether a package wants to run a program when it is installed, which package managers ask about or refuse. */
function readPackage(path: string): { name: string; runsOnInstall: boolean } {
  const read: { name: string; scripts?: Record<string, string>; gypfile?: boolean } = JSON.parse(
    readFileSync(join(path, 'package.json'), 'utf8'),
  );
  const { name, scripts = {}, gypfile = existsSync(join(path, 'binding.gyp')) } = read;
  // A binding.gyp is a script of its own: https://docs.npmjs.com/cli/using-npm/scripts#npm-install
  const runsOnInstall = gypfile || ['preinstall', 'install', 'postinstall'].some((script) => script in scripts);
  return { name, runsOnInstall };
}
