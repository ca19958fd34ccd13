import { expect, test } from 'vitest';
import { check } from '../../src/api.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Recipe } from '../../src/rewrite/recipe.ts';
import { findRewrite, type JudgedText } from '../../src/rewrite/search.ts';
import { buildHistory, buildMigration, buildSettings } from '../build.ts';
import { specimens } from '../specimens.ts';

/** An error of a real run, which stands for those of other tables. */
const sample = await (async () => {
  const specimen = specimens.find(({ name }) => name === 'positional-copy-swaps-two-columns');
  const findings = specimen === undefined ? [] : (await check({ ...specimen.config, rewrites: false })).findings;
  const first = findings.find(({ severity }) => severity === 'error');
  if (first === undefined) throw new Error('no finding');
  return first;
})();

/** A text in which each `fault TABLE;` is an error of that table. */
function judged(text: string): JudgedText {
  const tables = [...text.matchAll(/fault (\w+);/g)].map(([, table = '']) => table);
  const migration = buildMigration('SELECT 1');
  const schema = { objects: [], tables: [] };
  return {
    text,
    findings: tables.map((table): Finding => ({ ...sample, table, sql: `fault ${table}` })),
    contextOf: (finding) => ({
      ...{ finding, migration, file: { text, statements: [] }, before: schema, after: null },
      ...{ settings: buildSettings(), runner: buildHistory().runner },
    }),
  };
}

/** Writes something else in the place of the fault of a table; null leaves it to other recipes. */
function instead(change: (table: string, text: string) => string | null): Recipe {
  return {
    causes: [sample.cause],
    write: ({ finding: { table }, file: { text } }) => {
      const other = change(table ?? '', text);
      return other === null ? null : text.replace(`fault ${table};`, other);
    },
  };
}

/** The text that a search finds, and all that it judged. */
function searchFrom(text: string, recipes: readonly Recipe[]): { found: string | null; tried: readonly string[] } {
  const tried: string[] = [];
  const found = findRewrite(judged(text), {
    recipes,
    tries: 200,
    judge: (each) => {
      tried.push(each);
      return judged(each);
    },
    accepts: () => true,
  });
  return { found: found?.judged.text ?? null, tried };
}

test('Faults that can be corrected in any order are corrected in one, although another one stays', () => {
  const correctsAll = instead((table) => (table === 'z' ? null : `fine ${table};`));
  const { found, tried } = searchFrom('fault z;fault a;fault b;fault c;fault d;fault e;', [correctsAll]);
  expect(found).toBeNull();
  expect(tried).toHaveLength(5);
});

test('A correction that leaves its fault is not tried again after those of other tables', () => {
  const fails = instead((table) => (table === 'z' ? 'fault z;again;' : null));
  const corrects = instead((table) => (table === 'z' ? null : `fine ${table};`));
  const { tried } = searchFrom('fault z;fault a;fault b;fault c;', [fails, corrects]);
  expect(tried).toEqual([
    'fault z;again;fault a;fault b;fault c;',
    ...['fault z;fine a;fault b;fault c;', 'fault z;fine a;fine b;fault c;', 'fault z;fine a;fine b;fine c;'],
  ]);
});

test('Another recipe for a fault is tried where the first one brought another fault', () => {
  const brings = instead((table) => (table === 'a' ? 'fault y;' : null));
  const corrects = instead((table) => (table === 'y' ? null : `fine ${table};`));
  expect(searchFrom('fault a;fault b;fault c;', [brings, corrects]).found).toBe('fine a;fine b;fine c;');
});

test('Another order is tried where the first one brought another fault', () => {
  const early = instead((table, text) => {
    if (table === 'y') return null;
    return table === 'a' && text.includes('fault b') ? 'fault y;' : `fine ${table};`;
  });
  expect(searchFrom('fault a;fault b;fault c;', [early]).found).toBe('fine a;fine b;fine c;');
});
