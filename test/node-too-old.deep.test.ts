/** On a Node that the native driver would crash, rowproof says so and nothing else happens. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isSupportedNode, supportedNode } from '../src/supported-node.ts';
import { run } from './package/run.ts';

const root = join(import.meta.dirname, '..');
const built = mkdtempSync(join(tmpdir(), 'rowproof too old '));

beforeAll(async () => {
  const ended = await run(root, process.execPath, 'scripts/build.ts', join(built, 'dist'));
  expect(ended, ended.stdout + ended.stderr).toMatchObject({ code: 0 });
  cpSync(join(root, 'package.json'), join(built, 'package.json'));
  symlinkSync(join(root, 'node_modules'), join(built, 'node_modules'), 'junction');
});
afterAll(() => rmSync(built, { recursive: true, force: true }));

const pretence = 'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.20.2" } });';

/** This Node, which says that it is another; and every Node of the machine that really is too old. */
const tooOld = [
  {
    version: '20.20.2',
    by: 'pretence',
    command: process.execPath,
    flags: ['--import', `data:text/javascript,${pretence}`],
  },
  ...installedNodes()
    .filter(({ version }) => !isSupportedNode(version))
    .map(({ version, path }) => ({ version, by: path, command: path, flags: [] })),
];

describe.each(tooOld)('Node $version ($by)', ({ version, command, flags }) => {
  test('the command says so in one line and exits with 2', async () => {
    expect(await run(built, command, ...flags, 'dist/bin.js', 'check')).toEqual({
      code: 2,
      stdout: '',
      stderr: `rowproof needs Node ${supportedNode}; this is ${version}.\n`,
    });
  });

  test('an import throws an error with a code', async () => {
    const program = "import('rowproof').catch(({ name, code }) => console.log(name, code));";
    expect(await run(built, command, ...flags, '--input-type=module', '--eval', program)).toEqual({
      code: 0,
      stdout: 'HarnessError node-too-old\n',
      stderr: '',
    });
  });
});

function installedNodes(): { version: string; path: string }[] {
  const { PATH = '' } = process.env;
  const places = PATH.split(delimiter).map((place) => join(place, 'node'));
  const programs = new Set(places.filter((path) => existsSync(path)).map((path) => realpathSync(path)));
  return [...programs].map((path) => ({
    path,
    version: execFileSync(path, ['--print', 'process.versions.node'], { encoding: 'utf8' }).trim(),
  }));
}
