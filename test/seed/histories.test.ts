import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Dataset } from '../../src/apply/dataset.ts';
import { resolveConfig } from '../../src/config.ts';
import { prepareBase } from '../../src/database/base.ts';
import { openMemory } from '../../src/database/connection.ts';
import { execute } from '../../src/database/execute.ts';
import { oneRowDataset } from '../../src/datasets/one-row.ts';
import { loadRecipe } from '../../src/datasets/recipe.ts';
import { typicalDataset } from '../../src/datasets/typical.ts';
import type { History } from '../../src/model/history.ts';
import { readHistory } from '../../src/tools/history.ts';
import { seedNumbers, some } from '../breadth.ts';
import { specimens } from '../specimens.ts';
import { complaints, emptyTables } from './filling.ts';

const root = join(import.meta.dirname, '..', '..');
const { settings } = resolveConfig({});

/** Whatever is wrong with made-up rows on the schema of each of the `steps`, the baseline's rows below them. */
async function wrongs(
  history: History,
  numbers: readonly number[],
  isAsked: (step: number) => boolean,
): Promise<string[]> {
  const found: string[] = [];
  const baseline = (await prepareBase(history.base, settings))();
  const recipes = await Promise.all(numbers.map((seed) => loadRecipe({ history, invariants: [], seed })));
  for (const [step, migration] of history.migrations.entries()) {
    // Programs are skipped, and so is what needs them.
    if (migration.kind === 'code' || execute(baseline, migration, settings) !== null) continue;
    const bytes = isAsked(step) ? baseline.serialize() : null;
    for (const recipe of bytes === null ? [] : recipes) {
      for (const dataset of [oneRowDataset(recipe), typicalDataset(recipe, 12)]) {
        found.push(
          ...wrongsOf(dataset, bytes ?? Buffer.of(), migration.position).map(
            (text) => `${migration.name}, seed ${recipe.seed}: ${text}`,
          ),
        );
      }
    }
  }
  baseline.close();
  return found;
}

function wrongsOf({ name, fill }: Dataset, bytes: Buffer, position: number): string[] {
  const db = openMemory(settings, bytes);
  try {
    const { unfilled } = fill(db, { position, restarted: false, state: null });
    // Where a migration has dropped what a table points at, or made it no key any more, nobody can put a row in.
    const closed = unfilled.filter(({ reason }) => /^(?:no such table: |foreign key mismatch)/.test(reason));
    const isClosed = (name: string): boolean => closed.some(({ table }) => table === name);
    return [
      ...unfilled.filter(({ table }) => !isClosed(table)).map(({ table, reason }) => `${name}, ${table}: ${reason}`),
      ...emptyTables(db)
        .filter((table) => !isClosed(table))
        .map((table) => `${name} leaves ${table} empty`),
      // SQLite cannot check such keys either.
      ...(closed.some(({ reason }) => reason.startsWith('foreign key mismatch')) ? [] : complaints(db)).map(
        (line) => `${name}: ${line}`,
      ),
    ];
  } finally {
    db.close();
  }
}

describe('made-up rows fill every table and satisfy every constraint at every version', () => {
  test('of the demonstration history', async () => {
    expect(await wrongs(readHistory(join(root, 'migrations')), seedNumbers(0), () => true)).toEqual([]);
  });

  test.each(some(specimens, 60))('of $name', async ({ folder, place }) => {
    const history = readHistory(join(folder, 'migrations'));
    expect(await wrongs(history, seedNumbers(place), () => true)).toEqual([]);
  });
});

test('made-up rows fill a published application at some of its versions', async () => {
  const dist = dirname(fileURLToPath(import.meta.resolve('@actual-app/api')));
  const history = readHistory(join(dist, 'migrations'), join(dist, 'default-db.sqlite'));
  expect(await wrongs(history, [1, 2], (step) => step % 10 === 0 || step === history.migrations.length - 1)).toEqual(
    [],
  );
});
