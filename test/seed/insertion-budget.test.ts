import { expect, test } from 'vitest';
import { openMemory } from '../../src/database/connection.ts';
import { readSchema } from '../../src/database/introspect.ts';
import { createRowSink } from '../../src/database/row-sink.ts';
import { startBudget } from '../../src/seed/hazards/insertion-budget.ts';
import { buildSettings } from '../build.ts';

/** How many of a thousand insertions into a table are taken, where its trigger reads a view over so many tables. */
function takenOf(parts: number): { readonly taken: number; readonly untried: number } {
  const db = openMemory(buildSettings());
  try {
    const view = Array.from({ length: parts }, () => 'SELECT id FROM stock').join(' UNION ALL ');
    db.exec(`CREATE TABLE stock (id INTEGER PRIMARY KEY); CREATE TABLE meals (id INTEGER PRIMARY KEY, left INTEGER);
      CREATE VIEW whole AS ${view};
      CREATE TRIGGER eaten AFTER INSERT ON meals BEGIN UPDATE meals SET left = (SELECT count(*) FROM whole); END`);
    const [table] = readSchema(db).tables.filter(({ name }) => name === 'meals');
    if (table === undefined) throw new Error('no table');
    const budget = startBudget(createRowSink(db), () => true);
    const taken = Array.from({ length: 1000 }, () => budget.takes(table)).filter(Boolean).length;
    return { taken, untried: budget.untried().get('meals') ?? 0 };
  } finally {
    db.close();
  }
}

test('A table gets the fewer awkward rows the more its triggers run', () => {
  const [cheap, dear] = [takenOf(1), takenOf(200)];
  expect(cheap.taken).toBeGreaterThan(dear.taken);
  expect(cheap.taken + cheap.untried).toBe(1000);
  expect(dear.taken + dear.untried).toBe(1000);
});

test('A table gets some awkward rows whatever its triggers run', () => {
  const db = openMemory(buildSettings());
  db.exec('CREATE TABLE a (id INTEGER PRIMARY KEY)');
  const [table] = readSchema(db).tables;
  db.close();
  if (table === undefined) throw new Error('no table');
  const budget = startBudget({ instructions: () => 1_000_000 }, () => true);
  expect(Array.from({ length: 100 }, () => budget.takes(table)).filter(Boolean)).toHaveLength(16);
  expect(budget.untried()).toEqual(new Map([['a', 84]]));
});

test('A table without triggers has no limit', () => {
  const db = openMemory(buildSettings());
  db.exec('CREATE TABLE a (id INTEGER PRIMARY KEY)');
  const [table] = readSchema(db).tables;
  db.close();
  if (table === undefined) throw new Error('no table');
  const budget = startBudget({ instructions: () => 1_000_000 }, () => false);
  expect(Array.from({ length: 100 }, () => budget.takes(table)).every(Boolean)).toBe(true);
  expect(budget.untried().size).toBe(0);
});
