import { expect, test } from 'vitest';
import { loadRecipe } from '../../src/datasets/recipe.ts';
import { typicalDataset } from '../../src/datasets/typical.ts';
import { buildHistory } from '../build.ts';
import { emptyDatabase } from './filling.ts';

/** A filling of tables whose triggers refuse rows: what stays empty and why, and how often the triggers of each ran. */
interface Filling {
  readonly unfilled: readonly string[];
  readonly runs: readonly number[];
}

/**
 * Fills tables again and again, with another index each time. A trigger of each asks a function before it lets a row in.
 * @param isOpen whether a table takes rows, by the number of the filling.
 */
async function fillings(
  tables: number,
  times: number,
  isOpen: (table: number, time: number) => boolean = () => false,
): Promise<Filling[]> {
  const db = emptyDatabase('CREATE TABLE other (id INTEGER PRIMARY KEY)');
  let runs: number[] = [];
  let now = 0;
  db.function('is_open', {}, (table) => {
    runs[Number(table)] = (runs[Number(table)] ?? 0) + 1;
    return Number(isOpen(Number(table), now));
  });
  for (let i = 0; i < tables; i++)
    db.exec(`CREATE TABLE t${i} (id INTEGER PRIMARY KEY, name TEXT, kind TEXT, place INTEGER, mail TEXT);
      CREATE TRIGGER shut${i} BEFORE INSERT ON t${i} BEGIN SELECT RAISE(ABORT, 't${i}.name is shut') WHERE NOT is_open(${i}); END`);
  const dataset = typicalDataset(await loadRecipe({ history: buildHistory(), invariants: [], seed: 1 }), 4);
  const found: Filling[] = [];
  for (now = 0; now < times; now++) {
    runs = Array(tables).fill(0);
    db.exec(`CREATE INDEX i${now} ON other (id)`);
    const { unfilled } = dataset.fill(db, { position: 0, restarted: false, state: null });
    found.push({ unfilled: unfilled.map(({ table, reason }) => `${table}: ${reason}`), runs });
  }
  db.close();
  return found;
}

test('A table whose triggers refuse every row is tried again with few rows at the next fillings', async () => {
  const [first, second, third] = await fillings(1, 3);
  expect(first?.runs[0]).toBeGreaterThan(100);
  expect(second?.runs[0]).toBeLessThan((first?.runs[0] ?? 0) / 10);
  expect(second?.runs[0]).toBeGreaterThan(0);
  expect(third).toEqual(second);
  expect([first, second].map((filling) => filling?.unfilled)).toEqual([
    ['t0: t0.name is shut'],
    ['t0: t0.name is shut'],
  ]);
});

test('A table gets its rows at the first filling after its triggers let one in', async () => {
  const found = await fillings(3, 4, (table, time) => table === 1 && time >= 2);
  expect(found.map(({ unfilled }) => unfilled.map((line) => line.slice(0, 2)))).toEqual([
    ...[
      ['t0', 't1', 't2'],
      ['t0', 't1', 't2'],
    ],
    ...[
      ['t0', 't2'],
      ['t0', 't2'],
    ],
  ]);
});

test('However many tables stay empty, few of them are tried again at one filling, and all of them in turns', async () => {
  const [, ...later] = await fillings(12, 3);
  const tried = later.map(({ runs }) => runs.flatMap((times, table) => (times > 0 ? [table] : [])));
  expect(tried.every((tables) => tables.length <= 8)).toBe(true);
  expect(new Set(tried.flat()).size).toBe(12);
  expect(later.every(({ unfilled }) => unfilled.length === 12)).toBe(true);
});
