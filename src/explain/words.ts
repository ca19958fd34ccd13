import type { ShownKeys } from '../model/change.ts';
import type { SqlValue } from '../model/connection.ts';
import type { Held } from '../model/outcome.ts';

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

/** `(id 'demo')`, or `(the first: id 'demo')` for several rows; '' without a key that may be shown. */
export function shownKey({ rows, key }: Held): string {
  if (key === null) return '';
  const pairs = key.columns.map((column, i) => `${column} ${shownValue(key.values[i] ?? null)}`).join(', ');
  return rows === 1 ? ` (${pairs})` : ` (the first: ${pairs})`;
}

/** The keys of a few rows of a table: `In orders: id 3; id 7; ….`; empty without such rows. */
export function shownKeys(table: string, count: number, { columns, rows }: ShownKeys): string[] {
  if (rows.length === 0) return [];
  const keys = rows.map((row) => columns.map((column, i) => `${column} ${shownValue(row[i] ?? null)}`).join(', '));
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

/** What a program leaves behind that its tool does not put right. */
export const keysLeftOff =
  'Foreign keys stay off on the connection after the failure: whatever uses it next can write rows without a parent.';

/** What to do about a program that failed by itself, and not by a statement. */
export const correctProgram =
  'Correct the program at that line; it runs as it does in production, on a scratch database.';
