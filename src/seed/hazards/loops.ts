import type { HazardRow } from '../../model/hazard.ts';
import type { Table } from '../../model/schema.ts';
import { takes } from '../values/affinity.ts';

/**
 * Whether a text has a query that may call itself, with or without the word RECURSIVE
 * (https://sqlite.org/lang_with.html#recursive_common_table_expressions), until something has grown past something else.
 * One that counts up to a column's value would not come to an end before a huge one, and nothing can interrupt SQLite
 * here.
 */
export function mayCountUp(sql: string): boolean {
  return /\bWITH\b[\s\S]*\bUNION\b[\s\S]*(?:[<>]|\bBETWEEN\b)/i.test(sql);
}

/**
 * Whether a row holds what no counting comes to: a huge number, or a text where numbers are, which is greater than any of
 * them (https://sqlite.org/datatype3.html#sort_order).
 */
export function cannotBeCountedTo({ values }: HazardRow, { columns }: Table): boolean {
  return columns.some(({ name, type }) => {
    const value = values.get(name) ?? null;
    return typeof value === 'bigint' ? value > 1_000_000_000_000n : !takes(type, value);
  });
}
