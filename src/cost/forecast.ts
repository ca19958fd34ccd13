import type { Forecast, Growth } from '../model/growth.ts';
import { stepsInMillisecond } from './pace.ts';

/** Tells the rows of a table of production by its name; null for a table that nobody knows. */
export type RowsOf = (table: string) => number | null;

/**
 * The time that a statement takes with the rows of production; null where they are unknown. Of two tables the product counts: both
 * had as many rows when it was measured.
 */
export function forecastOf({ table, outer, rows, steps, exponent }: Growth, rowsOf: RowsOf | null): Forecast | null {
  const own = rowsOf?.(table) ?? null;
  if (own === null) return null;
  const middle = Math.sqrt(own * (rowsOf?.(outer) ?? own));
  const factor = (middle / (rows.at(-1) ?? 1)) ** exponent;
  return { rows: own, milliseconds: Math.round(((steps.at(-1) ?? 0) * factor) / stepsInMillisecond.about) };
}
