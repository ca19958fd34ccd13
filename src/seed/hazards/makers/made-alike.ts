import { isHandle } from '../../../hazards/names.ts';
import type { SqlValue } from '../../../model/connection.ts';
import type { Hazard } from '../../../model/hazard.ts';
import { quoteName, quoteString, unquote } from '../../../sql/quote.ts';
import { tokens } from '../../../sql/tokens.ts';
import { type Making, readMakings } from '../../reading/makings.ts';
import { isPointing } from '../draft.ts';
import { hazardOf } from '../hazard-of.ts';
import type { HazardRequest } from '../request.ts';

/** How many keys of one table get rows. */
const limit = 6;

/**
 * Two rows with different values of which a migration makes the same key: SQLite itself says of some values like the plain
 * one which of them come to the same. Values that differ in their letters' case or in blanks have hazards of their own.
 */
export function hazardsMadeAlike(request: HazardRequest): Hazard[] {
  const { table, plain, migration, schema, ofStep, host } = request;
  const makings = readMakings(table, migration, schema).filter(({ column }) => {
    const value = plain.get(column) ?? null;
    return value !== null && !isPointing(request, column) && !isHandle(column, value);
  });
  return makings.slice(0, limit).flatMap((making, i): Hazard[] => {
    const { column, expression, beside } = making;
    const held = plain.get(column) ?? null;
    const twin = beside.length > 0 && ofStep.uniques.length < 2;
    const rows = pairOf(making, held, request)
      .filter((value) => value !== held)
      .map((value, which) => {
        const values = new Map([[column, value]]);
        // A twin differs in a key of today by that value, and in nothing else.
        return host({ table, label: `made alike ${i} ${which}`, values, twin });
      });
    if (rows.includes(null)) return [];
    const computed = new Map([[column, expression]]);
    const subject = { table: table.name, columns: [column, ...beside], likeness: { computed } };
    const all = rows.flatMap((each) => each ?? []);
    return hazardOf('duplicate', subject, all, { computed });
  });
}

/** Two values of a column that an expression makes equal; none where none of those that are tried are. */
function pairOf(making: Making, plain: SqlValue, request: HazardRequest): readonly SqlValue[] {
  const tried = valuesLike(plain, making.expression);
  // The result may be there already, as it is.
  const results = makeOf(making, tried, request).flatMap(([, made = null]) =>
    typeof made === typeof plain ? [made] : [],
  );
  const known = new Map<string, SqlValue>();
  for (const [value = null, made = null] of makeOf(making, [...tried, ...results], request)) {
    if (value === null || made === null) continue;
    const key = `${typeof made} ${String(made)}`;
    const other = known.get(key);
    if (other === undefined) known.set(key, value);
    else if (isApart(other, value)) return [other, value];
  }
  return [];
}

/** The values, each with what SQLite makes of it; none where it cannot compute the expression of them alone. */
function makeOf(
  { column, expression }: Making,
  values: readonly SqlValue[],
  { table, select }: HazardRequest,
): readonly (readonly SqlValue[])[] {
  if (values.length === 0) return [];
  const own = quoteName(column);
  const tried = `WITH tried (${own}) AS (VALUES ${values.map((value) => `(${literalOf(value)})`).join(', ')})`;
  return select(`${tried} SELECT ${own}, ${expression} FROM tried AS ${quoteName(table.name)}`, values.length);
}

/** Believable values like the plain one: with the texts of the expression in them, another end, or another number. */
function valuesLike(plain: SqlValue, expression: string): SqlValue[] {
  if (typeof plain === 'number') return [plain, plain + 1, plain + 0.25, plain + 10, plain + 100];
  if (typeof plain !== 'string' || plain.length < 2) return [];
  const texts = [...tokens(expression)]
    .filter(({ kind }) => kind === 'string')
    .map(({ start, end }) => unquote(expression.slice(start, end)))
    .filter((text) => text.trim() !== '');
  const middle = Math.ceil(plain.length / 2);
  const last = plain.at(-1) ?? '';
  const otherEnd = /\d/.test(last) ? String((Number(last) + 1) % 10) : last === 'n' ? 'm' : 'n';
  return [
    plain,
    `${plain.slice(0, -1)}${otherEnd}`,
    ...texts.flatMap((text) => [
      `${plain.slice(0, middle)}${text}${plain.slice(middle)}`,
      `${text}${plain}`,
      `${plain}${text}`,
    ]),
  ];
}

/** Whether two values differ in more than the case of letters and blanks round them. */
function isApart(one: SqlValue, other: SqlValue): boolean {
  const bare = (value: SqlValue): string => String(value).trim().toLowerCase();
  return bare(one) !== bare(other);
}

function literalOf(value: SqlValue): string {
  return typeof value === 'string' ? quoteString(value) : String(value);
}
