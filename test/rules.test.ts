import { expect, test } from 'vitest';
import { keyOf } from '../src/explain/difference-key.ts';
import { rules } from '../src/explain/rules/rules.ts';
import { hazardSorts, valueKinds } from '../src/hazards/hazards.ts';
import type { Difference } from '../src/model/comparison.ts';

test('one rule reads each kind of difference', () => {
  const kinds = Object.values(rules).flatMap(({ readings }) => Object.keys(readings));
  expect(kinds.length).toBeGreaterThan(15);
  expect(new Set(kinds).size).toBe(kinds.length);
});

test('a difference keeps its key with other numbers, and has another key in another table', () => {
  const lost = { kind: 'fewer-rows', table: 'a', before: 5, after: 3, treatment: 'untouched', statement: 2 } as const;
  const reach = { cascade: true, trigger: false };
  const others: readonly Difference[] = [
    { ...lost, reach, table: 'b' },
    { ...lost, reach, treatment: 'narrowed' },
    { kind: 'duplicate-rows', table: 'a', rows: 1, of: 5, statement: 2 },
  ];
  const key = keyOf({ ...lost, reach });
  expect(keyOf({ ...lost, reach, before: 9, after: 0, statement: 4 })).toBe(key);
  expect(others.map(keyOf)).not.toContain(key);
});

test('the hazards that are values of a column query the column by its quoted name', () => {
  const asked = valueKinds.map((kind) => hazardSorts[kind].describe({ table: 'a "b"', column: "c'?d" }).query);
  expect(asked.length).toBeGreaterThan(15);
  expect(asked.filter((query) => !query.includes(`"a ""b"""`) || !query.includes(`"c'?d"`))).toEqual([]);
});
