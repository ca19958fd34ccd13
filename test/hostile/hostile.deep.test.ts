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
import { build, byCommand, mayBecomeNobody } from './command.ts';
import { inputOf, kinds } from './kinds.ts';
import { Pool } from './pool.ts';
import { kindOf } from './smallest.ts';
import { type Tally, tableOf } from './table.ts';

const { HOSTILE = '', HOSTILE_SEED = '20261129' } = process.env;
const seed = Number(HOSTILE_SEED);
const [onlyKind, onlyIndex] = HOSTILE === '' ? [] : HOSTILE.split('#');
const chosen = kinds.filter(({ name }) => onlyKind === undefined || name === onlyKind);

/** Violations of a kind after which it is given up: no more can be read, and those that hang take their whole limit. */
const patience = { all: 400, limits: 4 };

const home = mkdtempSync(join(tmpdir(), 'rowproof-hostile-'));
chmodSync(home, 0o755);
const pool = new Pool(home);
const tallies: Tally[] = [];
afterAll(() => {
  pool.close();
  rmSync(home, { recursive: true, force: true });
  console.log(`\nseed ${seed}\n${tableOf(tallies)}`);
});

/** What broke the law, each way of breaking it once. */
class Breaches {
  readonly #found = new Map<string, { readonly text: string; count: number }>();
  #all = 0;
  #limits = 0;

  /** Takes the violations of an input; returns whether more inputs of the kind should be tried. */
  add(violations: readonly string[], describe: () => string): boolean {
    for (const violation of violations) {
      const known = this.#found.get(kindOf(violation));
      if (known === undefined) this.#found.set(kindOf(violation), { text: `${violation}\n${describe()}`, count: 1 });
      else known.count += 1;
      this.#all += 1;
      if (violation.startsWith('ended by the limit')) this.#limits += 1;
    }
    return this.#all < patience.all && this.#limits < patience.limits;
  }

  kinds(): string[] {
    return [...this.#found.keys()];
  }

  texts(): string[] {
    return [...this.#found.values()].map(({ text, count }) => (count === 1 ? text : `(${count} times) ${text}`));
  }
}

const indexesOf = (tries = 0, from = 0): number[] => {
  const all = Array.from({ length: tries }, (_, i) => from + i);
  return onlyIndex === undefined ? all : all.filter((index) => index === Number(onlyIndex));
};

function shown(kind: string, index: number, input: unknown): string {
  return `HOSTILE_SEED=${seed} HOSTILE='${kind}#${index}'\n${inspect(input, { depth: 6, maxStringLength: 1000, maxArrayLength: 30, breakLength: 140 })}`;
}

describe('in this process', () => {
  test.each(chosen.filter(({ tries }) => tries.worker !== undefined))('$name', async ({ name, tries }) => {
    const tally: Tally = { kind: name, way: 'worker', tries: 0, exits: [0, 0, 0], violations: 0 };
    tallies.push(tally);
    const breaches = new Breaches();
    const questions = indexesOf(tries.worker).map((index) => ({ seed, kind: name, index }));
    await pool.run(
      questions,
      () => breaches.kinds(),
      ({ index }, { exit, violations, smallest }) => {
        count(tally, exit, violations);
        return breaches.add(violations, () => shown(name, index, smallest ?? inputOf({ seed, kind: name, index })));
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
        const input = inputOf({ seed, kind: name, index });
        if (input.asNobody === true && !mayBecomeNobody) continue;
        const { exit, violations } = await attempt(input, join(home, `command-${lane}`), byCommand(bin));
        count(tally, exit, violations);
        if (!breaches.add(violations, () => shown(name, index ?? -1, input))) left.length = 0;
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
