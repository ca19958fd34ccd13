import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { documents, renderParts } from '../scripts/made-parts.ts';
import { check } from '../src/api.ts';
import { codeTopics, topics } from '../src/explain/catalogue.ts';
import { inProcess } from './cli/main.ts';
import { folderWith } from './temporary.ts';

const root = join(import.meta.dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

test.each(documents.quick)('the generated parts of %s are up to date (pnpm docs)', async (name) => {
  const text = readFileSync(join(root, name), 'utf8');
  expect(await renderParts(name, text, 'quick')).toBe(text);
});

describe('README', () => {
  test('has fewer lines than its limit', () => {
    expect(readme.split('\n').length).toBeLessThan(200);
  });

  test('links only to existing files', () => {
    const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link]) => link ?? '');
    expect(links.filter((link) => !existsSync(join(root, link)))).toEqual([]);
  });

  test('shows only existing flags', async () => {
    const shown = [...readme.matchAll(/(?<=[\s`(])--[a-z][a-z-]+/g)].map(([flag]) => flag);
    const help = await Promise.all(
      ['check', 'drill', 'gate', 'migrate', 'profile', 'seed'].map(
        async (command) => (await inProcess(command, '--help')).stdout,
      ),
    );
    expect([...new Set(shown)].filter((flag) => !help.join().includes(flag))).toEqual([]);
  });
});

describe('explain', () => {
  test('lists every topic once', async () => {
    const { stdout, status } = await inProcess('explain');
    expect(status).toBe(0);
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => line.split(' ')[0]),
    ).toEqual(topics.map(({ id }) => id));
    expect(new Set(topics.map(({ id }) => id)).size).toBe(topics.length);
  });

  test.each(topics.map(({ id }) => id))('%s gives the reason and the safe form', async (id) => {
    const { stdout, status } = await inProcess('explain', id);
    expect(status).toBe(0);
    expect(stdout).toMatch(/Unsafe\n {4}\S[\s\S]*Safe\n {4}\S[\s\S]*https:\/\//);
  });

  test('every id that rowproof recommends has a topic', () => {
    const source = join(root, 'src');
    const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    const texts = [readme, ...files.map((file) => readFileSync(join(source, file), 'utf8'))];
    const named = texts.flatMap((text) => [...text.matchAll(/rowproof explain ([a-z][a-z-]+)/g)]).map(([, id]) => id);
    const ids: readonly string[] = topics.map(({ id }) => id);
    expect(named).toContain('fails-on-rows');
    // The last words are those of a sentence about the command itself.
    expect(named.filter((id) => id !== undefined && !ids.includes(id) && id !== 'lists')).toEqual([]);
  });

  test('a finding of PRAGMA integrity_check can be explained', async () => {
    const folder = folderWith({
      'm/1.sql': 'CREATE TABLE orders (id INTEGER PRIMARY KEY, amount INTEGER NOT NULL CHECK (amount > 0));',
      'm/2.sql': 'PRAGMA ignore_check_constraints = ON; UPDATE orders SET amount = -1;',
    });
    const { findings } = await check({ migrations: join(folder, 'm'), dataset: ['one-row'] });
    expect(findings.map(({ code, cause }) => [code, cause])).toEqual([['invariant-broken', 'integrity-check']]);
    expect((await inProcess('explain', 'integrity-check')).status).toBe(0);
  });

  test('an unknown topic', async () => {
    const { status, stderr } = await inProcess('explain', 'nonsense');
    expect(status).toBe(2);
    expect(stderr).toMatch(/No finding has the code nonsense/);
  });

  test('every code has a topic', () => {
    expect(topics.slice(0, codeTopics.length)).toEqual(codeTopics);
  });
});
