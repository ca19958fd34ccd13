import type { SqlValue } from '../../model/connection.ts';
import type { ComparisonOperator, Condition } from '../../sql/conditions.ts';
import type { Constant } from '../../sql/parts.ts';
import { jsonDocument } from './json.ts';
import { patternExample, patternMatches } from './patterns.ts';

/**
 * The value out of `plain` and what the conditions suggest that meets the most of them; `plain` where it does as well.
 * NULL meets every condition, as a CHECK that is not false holds. https://sqlite.org/lang_createtable.html#ckconst
 * @param index of the row: it is put into a text that has to be made anew, so that rows still differ.
 */
export function fitTo(plain: SqlValue, conditions: readonly Condition[], index = 0): SqlValue {
  if (conditions.length === 0 || plain === null) return plain;
  let best: SqlValue = plain;
  let most = met(plain, conditions);
  if (most === conditions.length) return plain;
  for (const value of [
    ...between(plain, conditions, index),
    ...numbered(plain, conditions, index),
    ...suggestions(plain, conditions),
  ]) {
    if (most === conditions.length) break;
    const count = met(value, conditions);
    if (count > most) [best, most] = [value, count];
  }
  return best;
}

/** A number that lies where the conditions leave room, another one for each index. */
function between(plain: SqlValue, conditions: readonly Condition[], index: number): SqlValue[] {
  if (typeof plain !== 'number' || index === 0) return [];
  const isWhole = Number.isInteger(plain);
  const range = rangeOf(conditions, isWhole ? 1 : 0);
  if (range === null) return [];
  const width = range.max - range.min;
  return [range.min + (isWhole ? Math.abs(plain + index) % (width + 1) : width * partOf(index))];
}

/** A fraction between 0 and 1 for each of a million indexes. */
function partOf(index: number): number {
  return ((Math.imul(index, 648_055) + 1) & 0xfffff) / 0x10_0000;
}

/**
 * The range of numbers that the conditions leave, where they leave one; `step` is how near to a bound a number may
 * lie.
 */
function rangeOf(conditions: readonly Condition[], step: number): { min: number; max: number } | null {
  let min = Number.NEGATIVE_INFINITY;
  let max = Number.POSITIVE_INFINITY;
  for (const condition of conditions) {
    if (condition.kind !== 'number') continue;
    const { comparison, number } = condition;
    if (comparison === '>' || comparison === '>=') min = Math.max(min, comparison === '>' ? number + step : number);
    if (comparison === '<' || comparison === '<=') max = Math.min(max, comparison === '<' ? number - step : number);
  }
  if (Number.isFinite(min) && max === Number.POSITIVE_INFINITY) max = min + 99;
  if (Number.isFinite(max) && min === Number.NEGATIVE_INFINITY) min = Math.min(0, max - 99);
  return Number.isFinite(min) && max > min ? { min, max } : null;
}

function numbered(plain: SqlValue, conditions: readonly Condition[], index: number): SqlValue[] {
  if (typeof plain !== 'string' || index === 0) return [];
  const patterns = conditions.flatMap((condition) =>
    condition.kind === 'pattern' && !condition.negated ? patternExample(condition.pattern, condition.glob, index) : [],
  );
  const isNumeric = conditions.some(({ kind }) => kind === 'numeric');
  const texts = [...patterns, ...(isNumeric ? [String(index + 1)] : []), index.toString(36) + plain];
  return texts.flatMap((text) => [text, ...suggestions(text, conditions)]);
}

/** Values that the conditions name or imply, in their order; lengths and cases are made of `plain`. */
export function suggestions(plain: SqlValue, conditions: readonly Condition[]): SqlValue[] {
  const named = conditions.flatMap((condition) => suggested(plain, condition));
  const lengths = conditions.filter(({ kind }) => kind === 'length');
  const texts = [plain, ...named].filter((value) => typeof value === 'string');
  // A length and another condition, such as a pattern, speak of the same text.
  return [...named, ...lengths.flatMap((length) => texts.flatMap((text) => suggested(text, length)))];
}

/** Whether `value` meets a condition, as far as can be told without SQLite. */
export function satisfies(value: SqlValue, condition: Condition): boolean {
  if (value === null) return true;
  switch (condition.kind) {
    case 'one-of':
      return condition.values.some((constant) => isSame(value, constant));
    case 'none-of':
      return !condition.values.some((constant) => isSame(value, constant));
    case 'number':
      return compares(Number(value), condition.comparison, condition.number);
    case 'length':
      return compares(lengthOf(value), condition.comparison, condition.number);
    case 'pattern':
      return condition.negated !== patternMatches(condition.pattern, condition.glob, String(value));
    case 'json':
      return condition.type === null ? jsonType(value) !== null : jsonType(value) === condition.type;
    case 'typeof':
      return condition.types.some((type) => type === typeOf(value));
    case 'numeric':
      return typeof value !== 'string' || /^(?:0|-?[1-9]\d{0,14})$/.test(value);
    case 'null-test':
      return true;
  }
}

function met(value: SqlValue, conditions: readonly Condition[]): number {
  return conditions.filter((condition) => satisfies(value, condition)).length;
}

function suggested(plain: SqlValue, condition: Condition): SqlValue[] {
  switch (condition.kind) {
    case 'one-of':
      return [...condition.values];
    case 'none-of':
    case 'null-test':
      return [];
    case 'number': {
      const { comparison, number } = condition;
      if (comparison === '<') return [number - 1, number / 2];
      return comparison === '>' ? [number + 1, number + 0.5] : [number];
    }
    case 'length':
      return typeof plain === 'string' ? ofLength(plain, condition.comparison, condition.number) : [];
    case 'pattern':
      return condition.negated ? [] : [patternExample(condition.pattern, condition.glob)];
    case 'json':
      return condition.type === null ? ['{}', '[]'] : (jsonExamples.get(condition.type) ?? []);
    case 'numeric':
      return ['1'];
    case 'typeof':
      return condition.types.flatMap((type) => typeExamples.get(String(type)) ?? []);
  }
}

const jsonExamples: ReadonlyMap<string, SqlValue[]> = new Map([
  ['object', [jsonDocument({ shape: 'object', word: 'plain' })]],
  ['array', [jsonDocument({ shape: 'array', word: 'plain' })]],
  ['text', ['"plain"']],
  ['integer', ['1']],
  ['real', ['1.5']],
  ['true', ['true']],
  ['false', ['false']],
]);

const typeExamples: ReadonlyMap<string, SqlValue[]> = new Map([
  ['integer', [1]],
  ['real', [1.5]],
  ['text', ['plain']],
  ['blob', [Uint8Array.of(1, 2, 3, 4)]],
]);

/** `text` cut or repeated to a length that compares well, and the same in capitals, small letters and digits. */
function ofLength(text: string, comparison: ComparisonOperator, number: number): SqlValue[] {
  const length = comparison === '<' ? number - 1 : comparison === '>' ? number + 1 : number;
  const enough = comparison !== '=' && compares([...text].length, comparison, number);
  if (!(length >= 0) || length > 10_000) return [];
  const fitted = enough || text === '' ? text : text.repeat(Math.ceil(length / text.length)).slice(0, length);
  const digits = '1234567890'.repeat(Math.ceil(length / 10)).slice(0, length);
  return [fitted, fitted.toUpperCase(), fitted.toLowerCase(), digits, fitted.replace(/[^A-Za-z]/g, 'A').toUpperCase()];
}

function isSame(value: SqlValue, constant: Constant): boolean {
  return String(value) === String(constant);
}

function compares(value: number, comparison: ComparisonOperator, number: number): boolean {
  if (comparison === '=') return value === number;
  if (comparison === '<') return value < number;
  if (comparison === '<=') return value <= number;
  return comparison === '>' ? value > number : value >= number;
}

/** As length() counts: characters of a text, bytes of a blob. https://sqlite.org/lang_corefunc.html#length */
function lengthOf(value: Exclude<SqlValue, null>): number {
  return value instanceof Uint8Array ? value.length : [...String(value)].length;
}

function typeOf(value: Exclude<SqlValue, null>): string {
  if (typeof value === 'string') return 'text';
  if (value instanceof Uint8Array) return 'blob';
  return Number.isInteger(Number(value)) ? 'integer' : 'real';
}

function jsonType(value: Exclude<SqlValue, null>): string | null {
  if (value instanceof Uint8Array) return null;
  try {
    const parsed: unknown = JSON.parse(String(value));
    if (parsed === null) return 'null';
    if (Array.isArray(parsed)) return 'array';
    if (typeof parsed === 'number') return Number.isInteger(parsed) ? 'integer' : 'real';
    if (typeof parsed === 'boolean') return String(parsed);
    return typeof parsed === 'string' ? 'text' : 'object';
  } catch {
    return null;
  }
}
