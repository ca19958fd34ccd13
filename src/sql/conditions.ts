import { affinityOf } from './affinity.ts';
import { walksIn } from './json-walks.ts';
import { closing, inside } from './nesting.ts';
import { type Constant, isOperand, readParts, type SqlPart } from './parts.ts';

/** A comparison of a value, its length or its type with a constant. */
export type ComparisonOperator = '=' | '<' | '<=' | '>' | '>=';

/** The condition of an expression on one column, read from its tokens. A condition concerns values other than NULL. */
export type Condition =
  /** `closed` where the text takes the list for all that the column holds. */
  | { readonly kind: 'one-of'; readonly values: readonly Constant[]; readonly closed?: true }
  | { readonly kind: 'none-of'; readonly values: readonly Constant[] }
  | { readonly kind: 'number'; readonly comparison: ComparisonOperator; readonly number: number }
  | { readonly kind: 'length'; readonly comparison: ComparisonOperator; readonly number: number }
  | { readonly kind: 'pattern'; readonly pattern: string; readonly glob: boolean; readonly negated: boolean }
  /** A JSON function reads it: the type that is asked for and the path, where they are constants. */
  | { readonly kind: 'json'; readonly type: string | null; readonly path: string | null }
  | { readonly kind: 'typeof'; readonly types: readonly Constant[] }
  /** CAST makes a number of it, so that a text is one written out. */
  | { readonly kind: 'numeric' }
  /** `IS NULL` stands as a test of its own, not in a CASE. */
  | { readonly kind: 'null-test' };

/** A condition and the name of the column that it is about, as written. */
export interface ColumnCondition {
  readonly column: string;
  readonly condition: Condition;
}

/** The place of a column in an expression, from its qualifier to the last parenthesis of the functions round it. */
interface ConditionContext {
  readonly start: number;
  readonly end: number;
  /** The functions round it, the innermost first. */
  readonly calls: readonly string[];
  /** The constant after the comma when one of them reads JSON. */
  readonly path: Constant | null;
}

/**
 * Reads the simple comparisons of an expression or a whole statement: `col IN (…)`, `col = 'x'`, BETWEEN, LIKE, GLOB,
 * IS NULL, `length(col)`, `typeof(col)`, `json_…(col, '$.path')`. There is no grammar, so it may take a word for what
 * it is not; but every value that comes of it is tried on SQLite.
 */
export function readConditions(sql: string): ColumnCondition[] {
  const parts = readParts(sql);
  const readings: ColumnCondition[] = [];
  const walks = walksIn(parts);
  parts.forEach(({ name }, i) => {
    if (name === null || !isCompared(parts, i)) return;
    // `entry.value` of a walk is an element of a document, and no column of a table, which may have that name as well.
    const qualifier = parts[i - 1]?.key === '.' ? parts[i - 2]?.name : null;
    if (qualifier != null && walks.has(qualifier.toLowerCase())) return;
    for (const condition of conditionsAt(parts, i)) readings.push({ column: name, condition });
  });
  return readings;
}

const operators: ReadonlySet<string> = new Set(
  '= == <> != < <= > >= -> ->> IN IS ISNULL NOT BETWEEN LIKE GLOB'.split(' '),
);

/** Whether the name at `at` may be a column beside an operator; most names in a statement need no closer look. */
function isCompared(parts: readonly SqlPart[], at: number): boolean {
  const after = parts[at + 1]?.key ?? '';
  if (after === '(' || after === '.') return false;
  const before = parts[parts[at - 1]?.key === '.' ? at - 3 : at - 1]?.key ?? '';
  return before === '(' || operators.has(before) || operators.has(after);
}

const jsonReaders =
  /^JSONB?(?:_(?:VALID|EXTRACT|EACH|TREE|TYPE|ARRAY_LENGTH|SET|INSERT|REPLACE|REMOVE|PATCH|PRETTY))?$/;
const passing: ReadonlySet<string> = new Set(['LOWER', 'UPPER', 'TRIM', 'CAST', 'COALESCE', 'IFNULL']);
const measuring: ReadonlySet<string> = new Set(['LENGTH', 'TYPEOF']);

function conditionsAt(parts: readonly SqlPart[], at: number): Condition[] {
  const place = placeOf(parts, at);
  const json = place.calls.find((call) => jsonReaders.test(call));
  const compared = comparisonsAt(parts, place).flatMap((condition) => applied(condition, place.calls));
  if (isCastToNumber(parts, at)) return [...compared, { kind: 'numeric' }];
  const arrow = parts[place.end + 1]?.key;
  if (arrow === '->' || arrow === '->>') return [jsonCondition(null, parts[place.end + 2]?.constant)];
  if (json === undefined) return compared;
  return [...compared, jsonCondition(null, place.path)];
}

/** `CAST(column AS INTEGER)`. https://sqlite.org/lang_expr.html#castexpr */
function isCastToNumber(parts: readonly SqlPart[], at: number): boolean {
  const start = parts[at - 1]?.key === '.' ? at - 2 : at;
  if (parts[start - 1]?.key !== '(' || parts[start - 2]?.key !== 'CAST' || parts[at + 1]?.key !== 'AS') return false;
  const type = affinityOf(parts[at + 2]?.name ?? '');
  return type !== 'text' && type !== 'blob';
}

function jsonCondition(type: string | null, path: Constant | null | undefined): Condition {
  return { kind: 'json', type, path: typeof path === 'string' ? path : null };
}

/** Widens the place of the column at `at` by its qualifier and by the functions whose first argument it is. */
function placeOf(parts: readonly SqlPart[], at: number): ConditionContext {
  const calls: string[] = [];
  let start = parts[at - 1]?.key === '.' ? at - 2 : at;
  let end = at;
  let path: Constant | null = null;
  while (parts[start - 1]?.key === '(') {
    const before = parts[start - 2];
    const call = before?.key ?? '';
    if (passing.has(call) || measuring.has(call) || jsonReaders.test(call)) {
      calls.push(call);
      if (jsonReaders.test(call) && parts[end + 1]?.key === ',') path = parts[end + 2]?.constant ?? null;
      end = closing(parts, start - 1);
      start -= 2;
    } else if (parts[end + 1]?.key === ')' && !isOperand(before)) {
      end += 1;
      start -= 1;
    } else {
      break;
    }
  }
  return { start, end, calls, path };
}

/** The condition on the column itself that a comparison of `length(col)`, `typeof(col)` or `json_type(col)` states. */
function applied(condition: Condition, calls: readonly string[]): Condition[] {
  const call = calls.find((name) => !passing.has(name));
  if (call === undefined) return [condition];
  const [value] = condition.kind === 'one-of' ? condition.values : [];
  if (call === 'TYPEOF' && condition.kind === 'one-of') return [{ kind: 'typeof', types: condition.values }];
  if (/^JSONB?_TYPE$/.test(call) && typeof value === 'string') return [jsonCondition(value, null)];
  if (call !== 'LENGTH') return [];
  if (condition.kind === 'number') return [{ ...condition, kind: 'length' }];
  return typeof value === 'number' ? [{ kind: 'length', comparison: '=', number: value }] : [];
}

function comparisonsAt(parts: readonly SqlPart[], { start, end }: ConditionContext): Condition[] {
  const negated = parts[end + 1]?.key === 'NOT';
  const at = negated ? end + 2 : end + 1;
  const right = parts[at + 1]?.constant ?? null;
  switch (parts[at]?.key) {
    case 'IN':
      return listed(constantsIn(parts, at + 1), negated);
    case '=':
    case '==':
      return listed(right === null ? [] : [right], false);
    case '<>':
    case '!=':
      return listed(right === null ? [] : [right], true);
    case 'IS':
      if (parts[at + 1]?.key === 'NULL') return parts[start - 1]?.key === 'WHEN' ? [] : [{ kind: 'null-test' }];
      return right === null ? [] : listed([right], false);
    case 'ISNULL':
      return [{ kind: 'null-test' }];
    case 'BETWEEN':
      return [...numbered('>=', right), ...numbered('<=', parts[at + 3]?.constant ?? null)];
    case '<':
    case '<=':
    case '>':
    case '>=':
      return numbered(comparisonOf(parts[at]?.key), right);
    case 'LIKE':
    case 'GLOB':
      return typeof right === 'string'
        ? [{ kind: 'pattern', pattern: right, glob: parts[at]?.key === 'GLOB', negated }]
        : [];
    default:
      return reversedAt(parts, start);
  }
}

/** `0 < col` says what `col > 0` says. */
function reversedAt(parts: readonly SqlPart[], start: number): Condition[] {
  const left = parts[start - 2]?.constant ?? null;
  const key = parts[start - 1]?.key;
  if (key === '=' || key === '==') return listed(left === null ? [] : [left], false);
  const turned = key === undefined ? undefined : turnedRound.get(key);
  return turned === undefined ? [] : numbered(turned, left);
}

const turnedRound: ReadonlyMap<string, ComparisonOperator> = new Map([
  ['<', '>'],
  ['<=', '>='],
  ['>', '<'],
  ['>=', '<='],
]);

function comparisonOf(key: string | undefined): ComparisonOperator {
  return key === '<' || key === '<=' || key === '>' ? key : '>=';
}

function listed(values: readonly Constant[], negated: boolean): Condition[] {
  return values.length === 0 ? [] : [{ kind: negated ? 'none-of' : 'one-of', values }];
}

function numbered(comparison: ComparisonOperator, constant: Constant | null): Condition[] {
  return typeof constant === 'number' ? [{ kind: 'number', comparison, number: constant }] : [];
}

function constantsIn(parts: readonly SqlPart[], open: number): Constant[] {
  return inside(parts, open).flatMap(({ constant }) => (constant === null ? [] : [constant]));
}
