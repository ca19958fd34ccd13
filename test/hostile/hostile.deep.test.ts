/**
 * Inputs that nobody should give and somebody will: every one ends with exit 0, 1 or 2 in its time, without a stack of ours,
 * a leftover, a value that leaks or a changed source (`law.ts`).
 *
 * `HOSTILE_SEED=7` makes other inputs. `HOSTILE=migrations#17` runs that one alone and prints it; `HOSTILE=migrations` runs
 * the inputs of that kind.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { attempt } from './attempt.ts';
import { Breaches } from './breaches.ts';
import { build, byCommand, mayBecomeNobody } from './command.ts';
import type { Input } from './input.ts';
import { inputOf, kinds } from './kinds.ts';
import { Pool } from './pool.ts';
import { type Tally, tableOf } from './table.ts';
import type { Place } from './worker.ts';

const { HOSTILE = '', HOSTILE_SEED = '20261129' } = process.env;
const seed = Number(HOSTILE_SEED);
const [onlyKind, onlyIndex] = HOSTILE === '' ? [] : HOSTILE.split('#');
const chosen = kinds.filter(({ name }) => onlyKind === undefined || name === onlyKind);

const home = mkdtempSync(join(tmpdir(), 'rowproof-hostile-'));
chmodSync(home, 0o755);
const pool = new Pool(home);
const tallies: Tally[] = [];
afterAll(() => {
  pool.close();
  rmSync(home, { recursive: true, force: true });
  console.log(`\nseed ${seed}\n${tableOf(tallies)}`);
});

const indexesOf = (tries = 0, from = 0): number[] => {
  const all = Array.from({ length: tries }, (_, i) => from + i);
  return onlyIndex === undefined ? all : all.filter((index) => index === Number(onlyIndex));
};

/** An input with what gives it again. */
function shown(place: Place, input: Input = inputOf(place)): string {
  const text = inspect(input, { depth: 6, maxStringLength: 1000, maxArrayLength: 30, breakLength: 140 });
  return `HOSTILE_SEED=${place.seed} HOSTILE='${place.kind}#${place.index}'\n${text}`;
}

if (onlyKind !== undefined && onlyIndex !== undefined)
  console.log(shown({ seed, kind: onlyKind, index: Number(onlyIndex) }));

describe('in this process', () => {
  test.each(chosen.filter(({ tries }) => tries.worker !== undefined))('$name', async ({ name, tries }) => {
    const tally: Tally = { kind: name, way: 'worker', tries: 0, exits: [0, 0, 0], violations: 0 };
    tallies.push(tally);
    const breaches = new Breaches();
    const questions = indexesOf(tries.worker).map((index) => ({ seed, kind: name, index }));
    await pool.run(
      questions,
      () => breaches.kinds(),
      (place, { exit, violations, smallest }) => {
        count(tally, exit, violations);
        return breaches.add(violations, () => shown(place, smallest ?? inputOf(place)));
      },
    );
    expect(breaches.texts().join('\n\n')).toBe('');
  });
});

describe('through the built command', () => {
  let bin = '';
  beforeAll(() => {
    bin = build(home);
  });

  test.each(chosen.filter(({ tries }) => tries.command !== undefined))('$name', async ({ name, tries }) => {
    const tally: Tally = { kind: name, way: 'command', tries: 0, exits: [0, 0, 0], violations: 0 };
    tallies.push(tally);
    const breaches = new Breaches();
    const left = indexesOf(tries.command, tries.worker ?? 0);
    const loop = async (_: unknown, lane: number): Promise<void> => {
      for (let index = left.shift(); index !== undefined; index = left.shift()) {
        const place = { seed, kind: name, index };
        const input = inputOf(place);
        if (input.asNobody === true && !mayBecomeNobody) continue;
        const { exit, violations } = await attempt(input, join(home, `command-${lane}`), byCommand(bin));
        count(tally, exit, violations);
        if (!breaches.add(violations, () => shown(place, input))) left.length = 0;
      }
    };
    await Promise.all(Array.from({ length: 3 }, loop));
    expect(breaches.texts().join('\n\n')).toBe('');
  });
});

function count(tally: Tally, exit: number | null, violations: readonly string[]): void {
  tally.tries += 1;
  if (exit === 0 || exit === 1 || exit === 2) tally.exits[exit] += 1;
  if (violations.length > 0) tally.violations += 1;
}
