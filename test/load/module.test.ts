import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createJiti } from 'jiti';
import { describe, expect, test } from 'vitest';
import { importDefault } from '../../src/load/module.ts';
import { rowproof } from '../cli/run.ts';
import { folderWith } from '../temporary.ts';

/** A config and a seed that Node's own type stripping refuses, in a project that says nothing of modules. */
const project = {
  'migrations/1_a.sql': 'CREATE TABLE a (b);',
  'rowproof.config.ts': "enum Folder { migrations }\nexport default { migrations: Folder[0], dataset: ['fixture'] };",
  'seeds/1_a.ts': "enum Table { a }\nexport default ({ insert }) => insert(Table[0], { b: 'c' });",
  'tmp/.keep': '',
};

describe('a check of a project in TypeScript', () => {
  test('leaves nothing in the folder for temporary files', () => {
    const cwd = folderWith(project);
    expect(rowproof(['check'], { cwd, env: { TMPDIR: join(cwd, 'tmp') } })).toMatchObject({ status: 0, stderr: '' });
    expect(readdirSync(join(cwd, 'tmp'))).toEqual(['.keep']);
  });

  test('runs nothing that somebody has put into a cache there', async () => {
    const cwd = folderWith(project);
    const cache = join(cwd, 'tmp', 'jiti');
    // The entries as jiti makes and names them, of the files as they are.
    const loader = createJiti(join(import.meta.dirname, '../../src/load/module.ts'), {
      fsCache: cache,
      tryNative: false,
    });
    await Promise.all(['rowproof.config.ts', 'seeds/1_a.ts'].map((file) => loader.import(join(cwd, file))));
    const entries = readdirSync(cache).map((name) => join(cache, name));
    for (const entry of entries) writeFileSync(entry, `process.stdout.write('planted');${readFileSync(entry, 'utf8')}`);
    expect(entries).toHaveLength(2);
    const { status, stdout } = rowproof(['check'], { cwd, env: { TMPDIR: join(cwd, 'tmp') } });
    expect(stdout).not.toContain('planted');
    expect(status).toBe(0);
  });
});

describe('importDefault', () => {
  const load = (file: string): Promise<unknown> => importDefault(file, 'it', 'bad-seed');

  test.each([
    ['a.ts', 'enum A { b = 7 }\nexport default A.b;'],
    ['a.ts', 'const a: number = 7;\nexport default a;'],
    ['a.ts', 'import { seven } from "./other";\nexport default seven;'],
    ['a.mjs', 'export default 7;'],
    ['a.cjs', 'module.exports = 7;'],
    ['a.cjs', 'Object.defineProperty(exports, "__esModule", { value: true }); exports.default = 7;'],
  ])('reads %s: %s', async (name, text) => {
    const folder = folderWith({ [name]: text, 'other.ts': 'export const seven = 7;' });
    expect(await load(join(folder, name))).toBe(7);
  });

  test.each<[string, string, string, number]>([
    ['an error that it throws', 'a.ts', '\nthrow new Error("boom");\nexport default 1;', 2],
    ['an error that it throws beside an enum', 'a.ts', 'enum A { b }\nthrow new Error("boom");\nexport default A;', 2],
    ['a rejection', 'a.mjs', '\n\nawait Promise.reject(new Error("boom"));\nexport default 1;', 3],
  ])('names the line of %s', async (_what, name, text, line) => {
    const file = join(folderWith({ [name]: text }), name);
    await expect(load(file)).rejects.toMatchObject({ code: 'bad-seed', facts: { file, line } });
  });

  test('names the file with the fault, not the one that imports it', async () => {
    const folder = folderWith({
      'a.mjs': 'import "./b.mjs";\nexport default 1;',
      'b.mjs': '\n\nthrow new Error("boom");',
    });
    await expect(load(join(folder, 'a.mjs'))).rejects.toThrow(/^it cannot be loaded: boom \(.*b\.mjs:3\)$/);
  });

  test('runs a module that throws only once', async () => {
    const folder = folderWith({
      'a.mjs': `import { appendFileSync } from 'node:fs';
        appendFileSync(new URL('ran', import.meta.url), 'x'); throw new Error('boom');`,
    });
    await expect(load(join(folder, 'a.mjs'))).rejects.toThrow('boom');
    expect(existsSync(join(folder, 'ran')) && readFileSync(join(folder, 'ran'), 'utf8')).toBe('x');
  });
});
