import { describe, expect, test } from 'vitest';
import type { Limits } from '../../src/model/limits.ts';
import { asLoading, asStatement, asStep, doing, onDataset, watched } from '../../src/watch/activity.ts';
import { commonField, field, openBoard, readText, tick } from '../../src/watch/board.ts';
import { describeLimit, describeMemory } from '../../src/watch/reached.ts';

const none: Limits = { statement: null, step: null, dataset: null, loading: null, memory: null };

describe('what is being done', () => {
  test('is the innermost of what is open, and nothing outside a run', async () => {
    expect(asStep('A', doing)).toBeNull();
    await watched(none, async () => {
      expect(doing()).toBeNull();
      asStep('A', () => {
        expect(doing()).toBe('A');
        expect(asStatement('b.sql', 7, doing)).toBe('b.sql:7');
        expect(asStatement('b.sql', 0, doing)).toBe('b.sql');
        expect(asStep('C', doing)).toBe('C');
        expect(doing()).toBe('A');
      });
    });
    expect(doing()).toBeNull();
  });

  test('is put right after errors', async () => {
    const failing = (): never => {
      throw new Error('boom');
    };
    await watched(none, async () => {
      expect(() => onDataset('d', () => asStep('A', () => asStatement('b', 1, failing)))).toThrow('boom');
      expect(doing()).toBeNull();
    });
  });

  test('is right where two runs load side by side and end in any order', async () => {
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
    const runs = gates.map((gate, i) => watched(none, () => asLoading(`Loading ${i}`, () => gate.promise)));
    expect(doing()).toBe('Loading 1');
    gates[0].resolve();
    await runs[0];
    expect(doing()).toBe('Loading 1');
    gates[1].resolve();
    await runs[1];
    expect(doing()).toBeNull();
  });

  test('has a name of any length', async () => {
    await watched(none, async () => {
      expect(asStep('é'.repeat(1000), doing)).toMatch(/^é{200}$/);
    });
  });
});

describe('what is said of a limit', () => {
  const board = openBoard();
  const write = (name: keyof typeof board.slots, text: string, line: number, limit: number): void => {
    const { numbers, text: bytes } = board.slots[name];
    numbers[field.length] = new TextEncoder().encodeInto(text, bytes).written;
    numbers[field.line] = line;
    numbers[field.limit] = limit / tick;
  };
  write('statement', 'm/1_a.sql', 12, 90_000);
  write('step', 'Migration 1_a', 0, 600_000);
  write('dataset', 'typical', 0, 7_200_000);

  test('names the statement, the step and the dataset', () => {
    expect(readText(board.slots.statement)).toBe('m/1_a.sql:12');
    expect(describeLimit(board, 'statement').message).toMatch(/^m\/1_a\.sql:12 on the dataset typical .* 1\.5 m, /);
    expect(describeLimit(board, 'step').message).toMatch(
      /^Migration 1_a on .* 10 m, .* stopped at this: m\/1_a\.sql:12,/,
    );
    expect(describeLimit(board, 'dataset').message).toMatch(/^The run on the dataset typical .* 2 h, /);
    expect(describeMemory(board, 512).message).toMatch(/512 MiB .* at this: m\/1_a\.sql:12 on the dataset typical,/);
  });

  test('says what to do about it', () => {
    expect(describeLimit(board, 'step').remedy).toMatch(/--limit-step or limits\.step/);
    expect(describeMemory(board, 512).remedy).toMatch(/--limit-memory or limits\.memory/);
    expect(board.common[commonField.memory]).toBe(0);
  });
});
