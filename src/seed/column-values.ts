import type { SqlValue } from '../model/connection.ts';
import type { Column, Table } from '../model/schema.ts';
import type { Condition } from '../sql/conditions.ts';
import { constantOf } from '../sql/literals.ts';
import { isNullable, isOrdinarilyNull } from './nulls.ts';
import type { ColumnFacts } from './reading/facts.ts';
import { words } from './reading/names.ts';
import { contentOf, takes } from './values/affinity.ts';
import { anything } from './values/anything.ts';
import { type ValueMaker, valueMaker } from './values/believable.ts';
import { fitTo, satisfies, suggestions } from './values/fit.ts';
import { jsonDocument } from './values/json.ts';
import { redraw, streamKey } from './values/streams.ts';
import { isEnumerationName } from './values/texts.ts';
import type { Vocabulary } from './values/vocabulary.ts';

/** A value of a column, or undefined, so that SQLite takes the default or counts a rowid. */
export type Cell = SqlValue | undefined;

/** Gives the value for a key of a document. */
export type Known = (key: string) => SqlValue | undefined;

/** The column whose values are described. */
export interface ColumnRequest {
  readonly seed: number;
  readonly vocabulary: Vocabulary;
  readonly table: Table;
  readonly column: Column;
  readonly facts: ColumnFacts;
  /** Whether it points, or will, at a missing table or column. */
  readonly dangles: boolean;
  /** Whether a migration to come writes rows of the table out, so that its keys stay out of their way. */
  readonly apart: boolean;
  /** Whether such a row has this value in the column. */
  readonly isWritten: (value: SqlValue) => boolean;
}

/** The values that plain rows have in a column, for rows in any order. */
export interface ColumnValues {
  readonly column: Column;
  readonly facts: ColumnFacts;
  readonly isOrdinarilyNull: boolean;
  readonly dangles: boolean;
  /** The value of a default that is a literal; undefined for none and for an expression. */
  readonly fallback: Cell;
  /** The short list that the values come from, by CHECKs and those to come; empty without such a list. */
  readonly choices: readonly SqlValue[];
  /** The cell of the plain row `index`: a value, NULL or the default. */
  readonly plain: (index: number, known: Known) => Cell;
  /** The value of row `index` where it has one; another attempt may give another one. Documents have their own. */
  readonly filled: (index: number, attempt: number) => SqlValue;
  /** The document of row `index`; null where the column holds none. */
  readonly document: ((index: number, known: Known) => SqlValue) | null;
  /** A value for each row that no other has, as long as a list of values is not used up. */
  readonly distinct: (index: number, attempt: number) => SqlValue;
  /** Other cells for row `index`, for when SQLite refused the plain one: what the texts name first, then anything. */
  readonly others: (index: number, known: Known) => readonly Cell[];
}

/** Where the numbers of rows begin that must not be in the way of those that people write out. */
const apartFrom = 1_000_000;

/** Far from every index that rows of a table have. */
export const beyond = 10_000_000;

/** The rowid of row `index`, where rows say it. */
export function rowidAt(index: number, apart: boolean): number {
  return (apart ? apartFrom : 0) + index + 1;
}

/** Describes the values of a column from its name, its type and what texts say of it. */
export function columnValues(request: ColumnRequest): ColumnValues {
  const { seed, table, column, facts, dangles, apart } = request;
  const made = keptApart(request, valueMaker({ ...request, table: table.name, columns: table.columns }));
  const choices = choicesOf(column, facts);
  const fallback = constantOf(column.default);
  const isLeftOut = keepsDefault(fallback, made, facts);
  const isOrdinary = isOrdinarilyNull(table, column, facts);
  const isNull = isOrdinary || (dangles && isNullable(table, column));
  const document = isDocumentColumn(column, facts) ? documents(request, made.at(0), fallback) : null;
  const filled =
    choices.length > 0
      ? chosen(choices, made.at(0), streamKey(seed, table.name, column.name, 'choice'))
      : fitted(column, facts, made.at);
  const valueAt = (index: number, known: Known): SqlValue => document?.(index, known) ?? filled(index, 0);
  const rowid = column.name === table.rowidAlias ? (index: number): number => rowidAt(index, apart) : null;
  return {
    ...{ column, facts, dangles, fallback, choices, filled, document, isOrdinarilyNull: isOrdinary },
    plain: (index, known) => {
      if (rowid !== null) return apart ? rowid(index) : undefined;
      return isNull ? null : isLeftOut ? undefined : valueAt(index, known);
    },
    distinct: rowid ?? (choices.length > 0 ? inTurn(choices) : bent(made.distinctAt, conditionsOn(column, facts))),
    others: (index, known) => {
      // Any other key could be one of those that are written out.
      if (apart && isKey(table, column)) return [];
      const conditions = [...facts.demanded, ...facts.compared, ...facts.expected];
      const cells: Cell[] = [valueAt(index, known), ...suggestions(made.at(index), conditions)];
      if (isNullable(table, column)) cells.push(null);
      if (column.default !== null || rowid !== null) cells.push(undefined);
      cells.push(made.at(index + 1), ...anything(column.type));
      return [...new Map(cells.map((cell) => [`${typeof cell} ${String(cell)}`, cell])).values()];
    },
  };
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

/** The list of today, without what a later migration refuses, or else the list to come. */
function choicesOf(column: Column, facts: ColumnFacts): readonly SqlValue[] {
  const { lasting, allowed } = listedValues(column, facts);
  if (allowed.length > 0) return lasting.length > 0 ? lasting : allowed;
  return listedValues(column, { ...facts, demanded: conditionsOn(column, facts) }).allowed;
}

/** Values of a list: the first one in the plain row, unless its own is in the list, and then as they are drawn. */
function chosen(choices: readonly SqlValue[], plain: SqlValue, key: number): ColumnValues['filled'] {
  const first = choices.includes(plain) ? plain : (choices[0] ?? null);
  return (index, attempt) =>
    index + attempt === 0 ? first : (choices[redraw(key, index, attempt) % choices.length] ?? null);
}

function inTurn(choices: readonly SqlValue[]): ColumnValues['distinct'] {
  return (index, attempt) => choices[(index + attempt) % choices.length] ?? null;
}

/**
 * Values that meet the conditions on a column. Where there are none, the plain row is in a state that other texts compare
 * the column with.
 */
function fitted(column: Column, facts: ColumnFacts, at: ValueMaker['at']): ColumnValues['filled'] {
  const conditions = conditionsOn(column, facts);
  if (conditions.length > 0) return bent(at, conditions);
  const isState = isEnumerationName(words(column.name).join('_'));
  const states = isState ? facts.compared.filter(isOneOf).filter((list) => speaksOf(column, list)) : [];
  return (index) => (index === 0 ? fitTo(at(0), states.slice(0, 1)) : at(index));
}

/** Values that are changed until they meet conditions. */
function bent(at: ValueMaker['at'], conditions: readonly Condition[]): ColumnValues['filled'] {
  return conditions.length === 0 ? at : (index, attempt) => fitTo(at(index), conditions, index + attempt);
}

/** The conditions that values are to meet: those of today, or else those to come. */
function conditionsOn(column: Column, { demanded, expected }: ColumnFacts): readonly Condition[] {
  return demanded.length > 0 ? demanded : expected.filter((condition) => speaksOf(column, condition));
}

/** Values that keep out of the way of keys that a migration to come writes out. */
function keptApart({ table, column, apart, isWritten }: ColumnRequest, made: ValueMaker): ValueMaker {
  if (!apart || !isKey(table, column)) return made;
  const away = (at: ValueMaker['at']) => (index: number) => {
    const [value, other] = [at(index), at(index + beyond)];
    if (typeof value === 'number') return value + apartFrom;
    return isWritten(value) ? other : value;
  };
  return { ...made, at: away(made.at), distinctAt: away(made.distinctAt) };
}

/** Whether a column tells rows apart by itself or with others. */
function isKey({ rowidAlias, indexes }: Table, { name }: Column): boolean {
  return name === rowidAlias || indexes.some(({ unique, columns }) => unique && columns.includes(name));
}

/** Whether a column holds JSON: its type says so, its default is an object or array, or a JSON function reads it. */
function isDocumentColumn(column: Column, facts: ColumnFacts): boolean {
  if (/JSON/i.test(column.type)) return true;
  return isTextual(column) && (jsonConditions(facts).length > 0 || isDocument(constantOf(column.default)));
}

function documents({ column, facts }: ColumnRequest, guess: SqlValue, fallback: Cell): ColumnValues['document'] {
  const isList = [fallback, guess].some((text) => String(text).trimStart().startsWith('['));
  const paths = jsonConditions(facts).flatMap(({ path }) => path ?? []);
  const word = words(column.name)[0] ?? 'plain';
  return (index, known) => {
    const text = index === 0 ? word : `${word} ${index + 1}`;
    return fitTo(jsonDocument({ shape: isList ? 'array' : 'object', word: text, paths, known }), facts.demanded);
  };
}

/** Whether a default is good, and says more than a value made up from the name. An empty text says nothing. */
function keepsDefault(fallback: Cell, { evident }: ValueMaker, facts: ColumnFacts): boolean {
  if (fallback === undefined || fallback === null || isDocument(fallback)) return false;
  const says = fallback !== '' || (jsonConditions(facts).length === 0 && !evident);
  return says && facts.demanded.every((condition) => satisfies(fallback, condition));
}

function isOneOf(condition: Condition): condition is Extract<Condition, { kind: 'one-of' }> {
  return condition.kind === 'one-of';
}

function jsonConditions({ demanded, compared }: ColumnFacts): Extract<Condition, { kind: 'json' }>[] {
  return [...demanded, ...compared].filter((condition) => condition.kind === 'json');
}

function isDocument(value: Cell): boolean {
  return typeof value === 'string' && /^\s*(?:\{.*\}|\[.*\])\s*$/s.test(value);
}

function isTextual(column: Column): boolean {
  const content = contentOf(column.type);
  return content === 'text' || content === 'bytes' || content === 'anything';
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
