import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { documents, renderParts } from '../scripts/made-parts.ts';
import { topics } from '../src/explain/catalogue.ts';
import { codeTopics } from '../src/explain/topics.ts';
import { inProcess } from './cli/main.ts';

const root = join(import.meta.dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

test.each(documents.quick)('the made parts of %s are up to date (pnpm docs)', async (name) => {
  const text = readFileSync(join(root, name), 'utf8');
  expect(await renderParts(name, text, 'quick')).toBe(text);
});

describe('README', () => {
  test('is short enough to be read', () => {
    expect(readme.split('\n').length).toBeLessThan(200);
  });

  test('every file that it links to is there', () => {
    const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link]) => link ?? '');
    expect(links.filter((link) => !existsSync(join(root, link)))).toEqual([]);
  });

  test('every flag that it shows is a flag', async () => {
    const shown = [...readme.matchAll(/(?<=[\s`(])--[a-z][a-z-]+/g)].map(([flag]) => flag);
    const help = await Promise.all(
      ['check', 'gate', 'migrate', 'profile', 'seed'].map(
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

  test.each(topics.map(({ id }) => id))('%s tells why and what to write instead', async (id) => {
    const { stdout, status } = await inProcess('explain', id);
    expect(status).toBe(0);
    expect(stdout).toMatch(/Unsafe\n {4}\S[\s\S]*Safe\n {4}\S[\s\S]*https:\/\//);
  });

  test('a topic that there is not', async () => {
    const { status, stderr } = await inProcess('explain', 'nonsense');
    expect(status).toBe(2);
    expect(stderr).toMatch(/no finding called nonsense/);
  });

  test('every code has a topic', () => {
    expect(topics.slice(0, Object.keys(codeTopics).length).map(({ id }) => id)).toEqual(Object.keys(codeTopics));
  });
});
