import { describe, expect, test } from 'vitest';
import { limitsFor, readSize, readTime } from '../src/config/limits.ts';
import { parseConfig, resolveConfig } from '../src/config.ts';

describe('limits', () => {
  test.each<[number | string, number | null | undefined]>([
    ['250ms', 250],
    ['30s', 30_000],
    ['1.5m', 90_000],
    [' 2H ', 7_200_000],
    [1, 1],
    ['none', null],
    ['30', undefined],
    ['0s', undefined],
    ['-1s', undefined],
    ['1d', undefined],
    ['1e3s', undefined],
    ['', undefined],
    [0, undefined],
    [Number.NaN, undefined],
    [Number.POSITIVE_INFINITY, undefined],
  ])('the time %j is %j', (given, milliseconds) => {
    expect(readTime(given)).toBe(milliseconds);
  });

  test.each<[number | string, number | null | undefined]>([
    ['500MB', 500 * 2 ** 20],
    ['4gb', 4 * 2 ** 30],
    [1024, 1024],
    ['none', null],
    ['4', undefined],
    ['4TB', undefined],
  ])('the size %j is %j', (given, bytes) => {
    expect(readSize(given)).toBe(bytes);
  });

  test('have defaults for each job, and none for a migration in production', () => {
    expect(limitsFor('check', {})).toMatchObject({ statement: 300_000, step: 600_000, dataset: 7_200_000 });
    expect(limitsFor('migrate', {})).toMatchObject({ statement: null, step: null, dataset: null, memory: null });
    expect(limitsFor('migrate', {}).loading).toBe(600_000);
    expect(limitsFor('gate', { step: '1h', statement: 'none' })).toMatchObject({ statement: null, step: 3_600_000 });
    expect(limitsFor('check', { memory: 'none' }).memory).toBeNull();
    expect(limitsFor('check', {}).memory).toBeGreaterThan(2 ** 20);
  });

  test('are a key of the config, and unreadable values are named', () => {
    const limits = { statement: '30s', memory: 2 ** 30 } as const;
    expect(resolveConfig(parseConfig({ limits }, 'c')).limits).toEqual(limits);
    expect(() => parseConfig({ limits: { step: 'soon' } }, 'c')).toThrow(/limits\.step: must be a time such as '30s'/);
    expect(() => parseConfig({ limits: { steps: '1s' } }, 'c')).toThrow(/limits/);
  });
});
