/** Random histories whose last migration has one or two faults that rows show. */
import fc from 'fast-check';
import { faults, type Place } from './faults.ts';
import { fileOf, firstMigration, type Plan, plans } from './plan.ts';

/** A history as files, with its faults. */
export interface FaultyHistory {
  readonly first: string;
  readonly last: string;
  readonly faults: readonly string[];
  readonly tool: Plan['tool'];
}

/** Histories of two migrations, the second with one or two faults in different tables. */
export const faultyHistories: fc.Arbitrary<FaultyHistory> = fc
  .record({
    plan: plans,
    faults: fc.uniqueArray(fc.constantFrom(...Object.keys(faults)), { minLength: 1, maxLength: 2 }),
    at: fc.nat(2),
    keysOff: fc.boolean(),
  })
  .map(({ plan, faults: chosen, at, keysOff }) => {
    const spare = [...plan.spare];
    const written = chosen.flatMap((name, i) => {
      const table = plan.tables[(at + i) % plan.tables.length];
      if (table === undefined) return [];
      const place: Place = { plan, table, style: plan.style, fresh: () => spare.shift() ?? 'one more' };
      const statements = faults[name]?.(place) ?? null;
      return statements === null ? [] : [{ name, statements }];
    });
    const text = fileOf(
      written.flatMap(({ statements }) => statements),
      plan.style,
    );
    const isOff = keysOff && plan.tool !== undefined;
    return {
      first: fileOf(firstMigration(plan), plan.style),
      last: isOff ? `-- rowproof: foreign_keys=off${plan.style.lineEnd}${text}` : text,
      faults: written.map(({ name }) => name),
      tool: plan.tool,
    };
  })
  .filter((history) => history.faults.length > 0);
