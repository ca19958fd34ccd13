import type { RowNumbers } from '../model/outcome.ts';
import type { Schema } from '../model/schema.ts';
import { placeOfTable } from '../sql/tables.ts';

/**
 * The numbers of rows of a schema's tables, in its order. They lie in an array and not in a map: each step copies them, and
 * copying an array takes a hundredth of the time.
 */
export class RowCounts implements RowNumbers {
  readonly #schema: Schema;
  readonly #counts: readonly (number | undefined)[];

  /** @param counts one for each table; undefined for one that keeps no rows itself or cannot be read. */
  constructor(schema: Schema, counts: readonly (number | undefined)[]) {
    this.#schema = schema;
    this.#counts = counts;
  }

  /** The counts of a later schema: those of its tables that are there already, else 0, with some of them counted anew. */
  carry(schema: Schema, touched: readonly string[], counted: ReadonlyMap<string, number>): RowCounts {
    const { tables } = this.#schema;
    const isGrown = tables.every((table, i) => table === schema.tables[i]);
    const counts = isGrown
      ? [...this.#counts]
      : schema.tables.map(({ name, kind }) => (kind === 'shadow' ? undefined : (this.get(name) ?? 0)));
    for (let i = counts.length; i < schema.tables.length; i++) counts.push(undefined);
    for (const name of touched) counts[placeOfTable(schema, name)] = counted.get(name);
    return new RowCounts(schema, counts);
  }

  withAtMost(rows: number): string[] {
    const found: string[] = [];
    for (const [i, count] of this.#counts.entries())
      if (count !== undefined && count <= rows) found.push(this.#schema.tables[i]?.name ?? '');
    return found;
  }

  above(later: ReadonlyMap<string, number>): [table: string, rows: number][] {
    const found: [string, number][] = [];
    for (const [i, count] of this.#counts.entries()) {
      const table = this.#schema.tables[i];
      if (table === undefined || count === undefined) continue;
      // Most tables stand where they stood.
      const isInPlace = later instanceof RowCounts && later.#schema.tables[i] === table;
      if (((isInPlace ? later.#counts[i] : later.get(table.name)) ?? 0) < count) found.push([table.name, count]);
    }
    return found;
  }

  get(name: string): number | undefined {
    const place = placeOfTable(this.#schema, name);
    return this.#schema.tables[place]?.name === name ? this.#counts[place] : undefined;
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  get size(): number {
    return this.#counts.filter((count) => count !== undefined).length;
  }

  *entries(): MapIterator<[string, number]> {
    for (const [i, count] of this.#counts.entries()) {
      const name = this.#schema.tables[i]?.name;
      if (name !== undefined && count !== undefined) yield [name, count];
    }
  }

  *keys(): MapIterator<string> {
    for (const [name] of this) yield name;
  }

  *values(): MapIterator<number> {
    for (const [, count] of this) yield count;
  }

  [Symbol.iterator](): MapIterator<[string, number]> {
    return this.entries();
  }

  forEach(work: (count: number, name: string, map: ReadonlyMap<string, number>) => void): void {
    for (const [name, count] of this) work(count, name, this);
  }
}
