/** The report as a page: what stands in it, and that nothing in it acts. A browser reads it in `html.deep.test.ts`. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { describe, expect, test } from 'vitest';
import { check, render } from '../../src/api.ts';
import type { PageData } from '../../src/report/html/data.ts';
import { folderWith } from '../temporary.ts';
import { gateReport, outageReport } from './demonstration.ts';
import { hostileReport, hostileTexts } from './hostile.ts';

type Element = DefaultTreeAdapterTypes.Element;

function elementsOf(html: string): Element[] {
  const walk = (node: DefaultTreeAdapterTypes.Node): Element[] => [
    ...('tagName' in node ? [node] : []),
    ...('childNodes' in node ? node.childNodes.flatMap(walk) : []),
  ];
  return walk(parse(html));
}

function attribute({ attrs }: Element, name: string): string | null {
  return attrs.find((each) => each.name === name)?.value ?? null;
}

function textOf(element: Element): string {
  return element.childNodes.map((child) => ('value' in child ? child.value : '')).join('');
}

function dataOf(html: string): PageData {
  const data = elementsOf(html).find((element) => attribute(element, 'id') === 'data');
  if (data === undefined) throw new Error('the page has no data');
  return JSON.parse(textOf(data));
}

describe('with hostile names and values', () => {
  const html = async (): Promise<string> => render(hostileReport(await outageReport()), 'html');

  test('has the elements of any other page and no more', async () => {
    const tags = (text: string): string[] => elementsOf(text).map(({ tagName }) => tagName);
    const { weighed } = hostileReport(await outageReport());
    const harmless = {
      ...(await outageReport()),
      weighed: weighed.map((each) => ({ ...each, migration: 'm', title: 't', table: 't' })),
      verdict: { go: false, because: 'a reason' },
    };
    expect(tags(await html())).toEqual(tags(render(harmless, 'html')));
  });

  test('has no attribute that runs or loads something', async () => {
    const attributes = elementsOf(await html()).flatMap(({ attrs }) => attrs);
    expect(attributes.filter(({ name }) => /^on|^(?:src|srcset|style|action|formaction|data)$/.test(name))).toEqual([]);
    expect(attributes.filter(({ name }) => name === 'href').map(({ value }) => value)).toEqual(['#findings']);
  });

  test('keeps each text as data, with what would steer a terminal written out', async () => {
    const { texts, findings } = dataOf(await html());
    expect(findings).toHaveLength(hostileTexts.length);
    expect(findings.map(({ table }) => texts[table ?? -1])).toEqual(
      expect.arrayContaining(['<script>alert(1)</script>', ']]><![CDATA[', '\\u{202e}gnp.exe']),
    );
  });
});

test.each([
  [true, 'GO: all is well.', 'summary clean'],
  [false, 'NO-GO: all is well.', 'summary error'],
])('the verdict is on the page (go: %s)', async (go, text, style) => {
  const report = { ...(await gateReport()), verdict: { go, because: 'all is well' } };
  const told = elementsOf(render(report, 'html')).filter((element) => textOf(element) === text);
  expect(told.map((element) => attribute(element, 'class'))).toEqual([style]);
});

test('the policy allows the scripts and the style of the page by their hashes, and nothing else', async () => {
  const elements = elementsOf(render(await outageReport(), 'html'));
  const policy = elements.map((element) => attribute(element, 'content') ?? '').find((text) => text.includes('-src'));
  const hash = (element: Element): string =>
    `'sha256-${createHash('sha256').update(textOf(element)).digest('base64')}'`;
  const scripts = elements.filter((each) => each.tagName === 'script' && attribute(each, 'type') === null).map(hash);
  const styles = elements.filter(({ tagName }) => tagName === 'style').map(hash);
  expect(policy?.split('; ')).toEqual([
    "default-src 'none'",
    `script-src ${scripts.join(' ')}`,
    `style-src ${styles.join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
  ]);
});

describe('the picture of a history', () => {
  const project = (): string =>
    folderWith({
      'm/1_users.sql': 'CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);',
      'm/2_posts.sql':
        'CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER NOT NULL REFERENCES users ON DELETE CASCADE);',
      'm/3_rebuild.sql': `-- names may be missing
CREATE TABLE users_new (id INTEGER PRIMARY KEY, name TEXT);
INSERT INTO users_new SELECT * FROM users;
DROP TABLE users;
ALTER TABLE users_new RENAME TO users;`,
    });

  test('is left out unless asked for', async () => {
    expect(await check({ migrations: join(project(), 'm'), dataset: ['one-row'] })).not.toHaveProperty('picture');
  });

  test('has the rows round each step, the schema of steps with findings, and the keys', async () => {
    const report = await check({ migrations: join(project(), 'm'), dataset: ['one-row'] }, { picture: true });
    expect(report.picture?.rows.filter(({ dataset }) => dataset === 'one-row')).toEqual([
      {
        table: 'users',
        dataset: 'one-row',
        points: [
          { position: 1, before: null, after: 0 },
          { position: 2, before: 1, after: 1 },
        ],
      },
      {
        table: 'posts',
        dataset: 'one-row',
        points: [
          { position: 2, before: null, after: 0 },
          { position: 3, before: 1, after: 0 },
        ],
      },
    ]);
    expect(report.picture?.schema).toEqual([
      {
        migration: '3_rebuild',
        objects: [
          {
            type: 'table',
            name: 'users',
            before: 'CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL)',
            after: 'CREATE TABLE "users" (id INTEGER PRIMARY KEY, name TEXT)',
          },
        ],
      },
    ]);
    expect(
      report.picture?.tables.map(({ name, foreignKeys }) => [name, foreignKeys.map((key) => key.onDelete)]),
    ).toEqual([
      ['posts', ['CASCADE']],
      ['users', []],
    ]);
  });

  test('is no part of JSON, which does not depend on other formats', async () => {
    const config = { migrations: join(project(), 'm'), dataset: ['one-row'] } as const;
    const [plain, drawn] = [
      await check({ ...config, dataset: ['one-row'] }),
      await check({ ...config, dataset: ['one-row'] }, { picture: true }),
    ];
    expect(render(drawn, 'json')).toBe(render(plain, 'json'));
  });
});

test('a finding has the lines of its file, and its reason once for many findings', async () => {
  const { texts, findings } = dataOf(render(hostileReport(await outageReport()), 'html'));
  const [first] = findings;
  expect(texts[first?.frame?.text ?? -1]?.split('\n')[(first?.frame?.line ?? 0) - (first?.frame?.first ?? 0)]).toMatch(
    /^ALTER TABLE pipelines/,
  );
  expect(new Set(findings.map(({ why }) => why)).size).toBe(1);
});

test('a slow statement has its measured points, which the page draws', async () => {
  const folder = join(import.meta.dirname, '..', 'specimens', 'fees-looked-up-in-a-tariff-without-an-index');
  const report = await check({ migrations: join(folder, 'migrations'), dataset: ['typical'], rewrites: false });
  const [growth] = dataOf(render(report, 'html')).findings.flatMap((finding) => finding.growth ?? []);
  expect(growth?.rows.length).toBeGreaterThan(2);
  expect(growth?.steps).toHaveLength(growth?.rows.length ?? 0);
  expect(growth?.exponent).toBeCloseTo(2, 0);
  expect(growth?.withIndex).toBeLessThan(1.6);
});

test('the cost of a gate stands in a table of its own', async () => {
  const elements = elementsOf(render(await gateReport(), 'html'));
  const title = elements.find((element) => attribute(element, 'id') === 'cost-title');
  expect(title === undefined ? '' : textOf(title)).toContain('Cost on the copy');
  const cells = elements.filter(({ tagName }) => tagName === 'td').map(textOf);
  expect(cells.some((text) => /^\d+(?:\.\d+)? ms$/.test(text))).toBe(true);
});
