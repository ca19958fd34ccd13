import type { SqlValue } from '../model/connection.ts';
import type { Column, Table } from '../model/schema.ts';
import type { Condition } from '../sql/conditions.ts';
import { unquote } from '../sql/quote.ts';
import { significantTokens } from '../sql/tokens.ts';
import { isNullable, isOrdinarilyNull } from './nulls.ts';
import type { ColumnFacts } from './reading/facts.ts';
import { words } from './reading/names.ts';
import { contentOf, takes } from './values/affinity.ts';
import { type ValueMaker, valueMaker } from './values/believable.ts';
import { fitTo, satisfies, suggestions } from './values/fit.ts';
import { jsonDocument } from './values/json.ts';
import { isEnumerationName } from './values/texts.ts';
import type { Vocabulary } from './values/vocabulary.ts';

/** A value of a column, or undefined, so that SQLite takes the default or counts a rowid. */
export type Cell = SqlValue | undefined;

/** The column that a cell is for. */
export interface CellRequest {
  readonly seed: number;
  readonly vocabulary: Vocabulary;
  readonly table: Table;
  readonly column: Column;
  readonly facts: ColumnFacts;
  /** 0 for the plain row; another number gives other values of the same kind. */
  readonly variant: number;
  /** The value for a key of a document. */
  readonly known: (key: string) => SqlValue | undefined;
}

/** The cell of a plain row. */
export function plainCell(request: CellRequest): Cell {
  const { table, column, facts } = request;
  if (column.name === table.rowidAlias) return undefined;
  if (isOrdinarilyNull(table, column, facts)) return null;
  const fallback = literalOf(column.default);
  const value = ownValue(request, fallback);
  if (fallback === undefined || fallback === null) return value;
  return keepsDefault(request, fallback) && facts.demanded.every((condition) => satisfies(fallback, condition))
    ? undefined
    : value;
}

function isOneOf(condition: Condition): condition is Extract<Condition, { kind: 'one-of' }> {
  return condition.kind === 'one-of';
}

/** Whether the default says more than a value made up from the name. An empty text says nothing. */
function keepsDefault(request: CellRequest, fallback: SqlValue): boolean {
  if (isDocument(fallback)) return false;
  if (fallback !== '') return true;
  const isJson = jsonConditions(request.facts).length > 0;
  return !isJson && !makerOf(request).evident;
}

function makerOf({ seed, vocabulary, table, column }: CellRequest): ValueMaker {
  return valueMaker({ seed, vocabulary, table: table.name, columns: table.columns, column });
}

/** The value for a column from its name, type and what is known of it, its default left aside. */
function ownValue(request: CellRequest, fallback: Cell): SqlValue {
  const { column, facts, variant, known } = request;
  const guess = makerOf(request).at(variant);
  if (isDocumentColumn(column, facts)) {
    const shape = String(fallback).trimStart().startsWith('[') ? 'array' : shapeOf(guess);
    const paths = jsonConditions(facts).flatMap(({ path }) => path ?? []);
    const word = words(column.name)[0] ?? 'plain';
    const text = jsonDocument({ shape, word: variant === 0 ? word : `${word} ${variant + 1}`, paths, known });
    return fitTo(text, facts.demanded);
  }
  if (facts.demanded.length > 0) return fitTo(guess, facts.demanded, variant);
  const expected = facts.expected.filter((condition) => speaksOf(column, condition));
  if (expected.length > 0) return fitTo(guess, expected, variant);
  const named = isEnumerationName(words(column.name).join('_')) ? facts.compared.filter(isOneOf) : [];
  const [first] = named.filter((condition) => speaksOf(column, condition));
  return first === undefined ? guess : fitTo(guess, [first]);
}

/** Whether a column holds JSON: its type says so, its default is an object or array, or a JSON function reads it. */
export function isDocumentColumn(column: Column, facts: ColumnFacts): boolean {
  if (/JSON/i.test(column.type)) return true;
  return isTextual(column) && (jsonConditions(facts).length > 0 || isDocument(literalOf(column.default)));
}

/** The short list that the CHECKs of a column allow, if they do, and those of it that the CHECKs to come allow too. */
export function listedValues(
  column: Column,
  { demanded, expected }: ColumnFacts,
): Readonly<Record<'allowed' | 'lasting', SqlValue[]>> {
  const meets = (conditions: readonly Condition[]) => (value: SqlValue) =>
    conditions.every((condition) => satisfies(value, condition));
  const list = contentOf(column.type) === 'boolean' ? undefined : demanded.find(isOneOf);
  const allowed = list?.values.filter(meets(demanded)) ?? [];
  return { allowed, lasting: allowed.filter(meets(expected)) };
}

/** Other cells for a column, for when SQLite refused the plain one: what the texts name first, then anything. */
export function otherCells(request: CellRequest): Cell[] {
  const { table, column, facts, variant } = request;
  const { at } = makerOf(request);
  const plain = at(variant);
  const conditions = [...facts.demanded, ...facts.compared, ...facts.expected];
  const cells: Cell[] = [ownValue(request, literalOf(column.default)), ...suggestions(plain, conditions)];
  if (isNullable(table, column)) cells.push(null);
  if (column.default !== null || column.name === table.rowidAlias) cells.push(undefined);
  cells.push(at(variant + 1), ...anything(column));
  return [...new Map(cells.map((cell) => [`${typeof cell} ${String(cell)}`, cell])).values()];
}

// Values that would surprise nobody come first.
const numbers: readonly Cell[] = [1, 2, 10, 100, 1000, 1_750_000_000, 0.5, 0, -1];
const texts: readonly Cell[] = [
  'a',
  'A',
  '1',
  '2025-03-04',
  '2025-03-04 10:20:30',
  '2025-03-04T10:20:30Z',
  '2025-03-04T10:20:30.000Z',
  '10:20:30',
  'b6c1f9a2-3d4e-4f50-8a6b-7c8d9e0f1a2b',
  '{}',
  '[]',
  '',
];
const bytes: readonly Cell[] = [new Uint8Array(32), new Uint8Array(0)];

function anything(column: Column): readonly Cell[] {
  switch (contentOf(column.type)) {
    case 'integer':
    case 'real':
    case 'boolean':
      return numbers;
    case 'bytes':
      return [...bytes, ...texts, ...numbers];
    default:
      return [...texts, ...numbers, ...bytes];
  }
}

type JsonCondition = Extract<Condition, { kind: 'json' }>;

function jsonConditions({ demanded, compared }: ColumnFacts): JsonCondition[] {
  return [...demanded, ...compared].filter((condition) => condition.kind === 'json');
}

function isDocument(value: Cell): boolean {
  return typeof value === 'string' && /^\s*(?:\{.*\}|\[.*\])\s*$/s.test(value);
}

function isTextual(column: Column): boolean {
  const content = contentOf(column.type);
  return content === 'text' || content === 'bytes' || content === 'anything';
}

function shapeOf(guess: SqlValue): 'object' | 'array' {
  return typeof guess === 'string' && guess.startsWith('[') ? 'array' : 'object';
}

/** Whether a later condition is about values of the column's present type; the later column may have another. */
function speaksOf(column: Column, condition: Condition): boolean {
  if (condition.kind === 'one-of')
    return condition.values.every(
      (value) => takes(column.type, value) && isTextual(column) === (typeof value === 'string'),
    );
  if (condition.kind === 'number') return !isTextual(column);
  if (condition.kind === 'numeric') return isTextual(column);
  return condition.kind === 'length' || condition.kind === 'pattern' || condition.kind === 'json';
}

/** The value of a default that is a literal; undefined for none and for an expression. */
export function literalOf(expression: string | null): Cell {
  const tokens = significantTokens(expression ?? '').filter(({ text }) => text !== '(' && text !== ')');
  const sign = tokens[0]?.text === '-' ? -1 : 1;
  const [token, more] = sign === -1 || tokens[0]?.text === '+' ? tokens.slice(1) : tokens;
  if (token === undefined || more !== undefined) return undefined;
  if (token.kind === 'string' && token.text.startsWith("'")) return unquote(token.text);
  if (token.kind === 'name' && token.text.startsWith('"')) return unquote(token.text);
  if (token.kind === 'number') return sign * Number(token.text.replaceAll('_', ''));
  return constants.get(token.text.toUpperCase());
}

const constants: ReadonlyMap<string, SqlValue> = new Map([
  ['NULL', null],
  ['TRUE', 1],
  ['FALSE', 0],
]);
