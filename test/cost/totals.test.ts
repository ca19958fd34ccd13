import { describe, expect, test } from 'vitest';
import { excessesOf, totalOf } from '../../src/cost/budgets.ts';
import type { StepCost } from '../../src/model/cost.ts';

function step(bytesBefore: number, grownBytes: number, temporaryBytes: number | null): StepCost {
  return {
    ...{ migration: 'm', milliseconds: 1, lockMilliseconds: 1, rows: 0, statements: [] },
    ...{ bytesBefore, bytesAfter: bytesBefore + 1, journal: 'wal', journalBytes: grownBytes - 1 },
    ...{ grownBytes, temporaryBytes, freeBytes: grownBytes + (temporaryBytes ?? 0) },
  };
}

describe('the free space of several migrations', () => {
  const steps = [step(100, 10, 50), step(130, 40, 5)];

  test('is that of the worst moment, from the file before the first of them', () => {
    expect(totalOf(steps, false)).toMatchObject({ grownBytes: 70, temporaryBytes: 50, freeBytes: 75 });
  });

  test('has one journal where one transaction goes round all, and the files of one statement', () => {
    expect(totalOf(steps, true)).toMatchObject({ grownBytes: 50, temporaryBytes: 50, freeBytes: 100 });
  });

  test('does not tell temporary files that were not measured', () => {
    expect(totalOf([step(100, 10, null), step(110, 10, 5)], false).temporaryBytes).toBeNull();
  });

  test('without temporary files is what the budget of the size is about', () => {
    const budgets = { lock: null, time: null, sizeGrowth: 1.5 };
    expect(excessesOf(totalOf(steps, false), budgets)).toEqual([
      { budget: 'sizeGrowth', limit: 1.5, measured: 1.7, forecast: null },
    ]);
    expect(excessesOf(totalOf([step(100, 10, 900)], false), budgets)).toEqual([]);
  });
});
