import type { ShownKeys } from '../model/change.ts';
import type { SqlValue } from '../model/connection.ts';
import type { Side } from '../model/dataset.ts';

/** `1 row`, `3 rows`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(names: readonly string[]): string {
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : names.join();
}

/** A value as SQL writes it, cut after 40 characters. */
export function shownValue(value: SqlValue): string {
  if (value === null) return 'NULL';
  if (value instanceof Uint8Array) return `a BLOB of ${counted(value.byteLength, 'byte')}`;
  if (typeof value !== 'string') return String(value);
  const cut = value.length > 40 ? `${value.slice(0, 40)}…` : value;
  return `'${cut.replaceAll("'", "''")}'`;
}

/** A row by its key: `id 3`. */
export function keyText(columns: readonly string[], key: readonly SqlValue[]): string {
  return columns.map((column, i) => `${column} ${shownValue(key[i] ?? null)}`).join(', ');
}

/** The keys of a few rows of a table: `In orders: id 3; id 7; ….`; empty without such rows. */
export function shownKeys(table: string, count: number, { columns, rows }: ShownKeys): string[] {
  if (rows.length === 0) return [];
  const keys = rows.map((row) => keyText(columns, row));
  return [`In ${table}: ${keys.join('; ')}${count > rows.length ? '; …' : ''}.`];
}

/** Something that a statement did; null if the statement is unknown. */
interface Placed {
  readonly statement: number | null;
}

/** The events, in the order of the statements. */
export function byStatement<T extends Placed>(things: readonly T[]): T[] {
  return things.toSorted((a, b) => (a.statement ?? 0) - (b.statement ?? 0));
}

/** The tables of a finding that a later statement affected. */
export function otherStatements(things: readonly (Placed & { readonly table: string })[]): string[] {
  const [first] = things;
  const others = things.filter(({ statement }) => statement !== null && statement !== first?.statement);
  if (others.length === 0) return [];
  return [`Other statements: ${others.map(({ table, statement }) => `${table} (statement ${statement})`).join(', ')}.`];
}

/**
 * Several results, in sentences that each have the numbers of one dataset.
 * @returns those of the finding's own dataset, and a sentence for each other one.
 */
export function byDataset<T extends { readonly dataset?: Side }>(
  things: readonly T[],
  describe: (thing: T) => string,
  between: string,
): { readonly message: string; readonly others: readonly string[] } {
  const groups = Map.groupBy(things, ({ dataset }) => dataset ?? null);
  const own = groups.get(null) ?? [];
  const others = [...groups].flatMap(([dataset, each]) =>
    dataset === null ? [] : [`On ${dataset}: ${each.map(describe).join(between)}.`],
  );
  return { message: own.map(describe).join(between), others };
}

/** Things that only another dataset saw, with its name. */
export function seenOn<T extends { readonly dataset?: Side }>(dataset: Side, things: readonly T[]): T[] {
  return things.map((thing) => ({ ...thing, dataset: thing.dataset ?? dataset }));
}

/** Numbers added up. */
export function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

/** The state that a program leaves behind and its tool does not restore. */
export const keysLeftOff =
  'Foreign keys stay off on the connection after the failure: whatever uses it next can write rows without a parent.';

/** The remedy for a program that failed by itself, and not by a statement. */
export const correctProgram =
  'Correct the program at that line; it runs as it does in production, on a scratch database.';
