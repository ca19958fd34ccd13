import type { Miswritten } from '../../model/change.ts';
import type { State } from '../../model/outcome.ts';
import { sameName } from '../../sql/quote.ts';
import { tableNamed } from '../../sql/tables.ts';
import type { ComparedTable } from '../identity.ts';
import type { ComparedColumn } from '../pairing.ts';
import type { Identity } from '../row-diff.ts';
import { computedColumns } from './computed.ts';
import { findQuotedDocuments } from './document-quoted.ts';
import { findDocumentsWithin } from './document-within.ts';
import { findLostFractions } from './fraction.ts';
import { findJsonBooleans } from './json-booleans.ts';
import { findEmptied, findNulled } from './nulled.ts';
import { findLostOffsets } from './offset.ts';
import { findTextInNumbers, type TypedTable } from './text-in-number.ts';
import { findUnmatched } from './unmatched.ts';

/**
 * Columns of a table of before into which expressions put what cannot be meant.
 * @param identity what rows are known by; null where values cannot be compared row by row.
 */
export function miswrittenIn(
  each: ComparedTable,
  columns: readonly ComparedColumn[],
  identity: Identity | null,
): Miswritten[] {
  const { before, after } = each;
  const was: TypedTable['was'] = (column) => {
    const paired = columns.find((pair) => sameName(pair.after, column))?.before;
    const own = paired ?? before.columns.find(({ name }) => sameName(name, column))?.name;
    return own === undefined ? null : { table: before.name, column: own };
  };
  const texts = findTextInNumbers({ ...each, was });
  if (identity === null) return texts;
  const computed = computedColumns(after, each.end);
  const unmatched = computed.length > 0 || each.end.lookups.size > 0 ? findUnmatched(each, columns, identity) : [];
  if (computed.length === 0) return [...texts, ...unmatched];
  const nulled = findNulled(each, columns, computed, identity);
  const emptied = findEmptied(each, columns, computed, identity);
  const moments = findLostOffsets(each, computed, identity);
  const documents = [
    ...findQuotedDocuments(each, computed, identity),
    ...findDocumentsWithin(each, computed, identity),
    ...findJsonBooleans(each, computed, identity),
  ];
  const fractions = findLostFractions(each, computed, identity);
  return [...texts, ...unmatched, ...fractions, ...moments, ...nulled, ...emptied, ...documents];
}

/** The same of a table that held no rows before, or was not there. */
export function miswrittenAnew(
  table: Omit<TypedTable, 'after' | 'has' | 'was'>,
  { schema, rows }: State,
): Miswritten[] {
  const after = tableNamed(schema, table.end.name);
  if (after?.kind !== 'table') return [];
  return findTextInNumbers({ ...table, after, has: rows.get(after.name) ?? 0, was: () => null });
}
