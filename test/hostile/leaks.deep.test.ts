/** No value of production comes out: generated schemas, every value marked, attacked by migrations of every kind, on both engines. */
import { describe, expect, test } from 'vitest';
import { attacks } from './attacks.ts';
import { markedProduction, tell } from './leak-run.ts';
import { createRandom, markedSchema, traceIn } from './leaking.ts';

/** Printed with every failure; `LEAK_SEED` repeats a run. */
const seed = Number(process.env['LEAK_SEED'] ?? 1);
const schemas = 120;
const attacksEach = 2;

describe.each(['better-sqlite3', 'node'] as const)('on %s', (engine) => {
  test(`no value of ${schemas} schemas is shown (LEAK_SEED=${seed})`, async () => {
    const random = createRandom(seed + (engine === 'node' ? 7919 : 0));
    const [leaks, tried] = [[] as unknown[], new Set<string>()];
    let told = 0;
    for (let i = 0; i < schemas; i++) {
      const schema = markedSchema(random);
      const file = await markedProduction(schema);
      for (let j = 0; j < attacksEach; j++) {
        const attack = attacks[(i * attacksEach + j) % attacks.length];
        const table = schema.tables[random(schema.tables.length)] ?? schema.tables[0];
        if (attack === undefined) continue;
        tried.add(attack.name);
        const texts = await tell(schema, file, attack, table, { engine });
        for (const [where, text] of Object.entries(texts)) {
          told += 1;
          const trace = traceIn(text);
          if (trace !== null) leaks.push({ seed, schema: i, attack: attack.name, table: table.name, where, trace });
        }
      }
    }
    expect(leaks).toEqual([]);
    expect(tried.size).toBe(attacks.length);
    expect(told).toBeGreaterThan(schemas * attacksEach * 4);
  });

  test('the marker is shown with --include-values', async () => {
    const random = createRandom(seed);
    const schema = markedSchema(random);
    const file = await markedProduction(schema);
    const shown = await Promise.all(
      attacks
        .filter(({ name }) => name === 'raise' || name === 'json path' || name === 'function')
        .map((attack) => tell(schema, file, attack, schema.tables[0], { engine, includeValues: true })),
    );
    for (const texts of shown) expect(traceIn(texts['gate: terminal'] ?? '')).not.toBeNull();
  });
});
