import type { Computation, Miswritten } from '../../model/change.ts';
import type { Column } from '../../model/schema.ts';
import { affinityOf } from '../../sql/affinity.ts';
import { quoteName, sameName } from '../../sql/quote.ts';
import type { ComparedTable } from '../identity.ts';
import type { Identity } from '../row-diff.ts';
import type { ComputedColumn } from './computed.ts';
import { countRows, keysOf } from './counting.ts';

/**
 * Rows whose number lost a part on its way into another unit: an integer by an integer has no fraction
 * (https://sqlite.org/lang_expr.html#operators_and_parse_affecting_attributes) in a column that is for fractions, a CAST cuts
 * 1998.9999999999998 to 1998 where 19.99 * 100 is meant, and one before the multiplication makes 1900 of it.
 */
export function findLostFractions(
  each: ComparedTable,
  computed: readonly ComputedColumn[],
  identity: Identity,
): Miswritten[] {
  return computed.flatMap(({ column, computations }): Miswritten[] => {
    const [first, second] = computations;
    const test = first === undefined || second !== undefined ? null : lossIn(first, column, each);
    if (first === undefined || test === null) return [];
    const rows = countRows(each, identity, test);
    if (rows === 0) return [];
    const keys = keysOf(each, identity, test);
    const { statement } = first;
    return [{ how: 'fraction-lost', table: each.after.name, column: column.name, rows, of: each.has, statement, keys }];
  });
}

function lossIn({ scales }: Computation, column: Column, { before }: ComparedTable): string | null {
  if (scales === null || !sameName(scales.column.table, before.name)) return null;
  const [had, has] = [`b.${quoteName(scales.column.column)}`, `a.${quoteName(column.name)}`];
  const { operator, by, truncates, isCut } = scales;
  if (operator === '/') {
    const isForFractions = ['real', 'numeric'].includes(affinityOf(column.type));
    if (!isForFractions || truncates || !/^[1-9]\d*$/.test(by)) return null;
    return `typeof(${had}) = 'integer' AND ${had} % ${by} <> 0 AND ${has} = ${had} / ${by}`;
  }
  if (!truncates && !isCut) return null;
  const product = `(${had} * ${by})`;
  const cut = isCut ? `IN (CAST(${had} AS INTEGER) * ${by}, round(${had}) * ${by})` : `= CAST(${product} AS INTEGER)`;
  return `typeof(${had}) = 'real' AND abs(${product} - round(${product})) < 0.000001
    AND ${has} ${cut} AND ${has} <> round(${product})`;
}
