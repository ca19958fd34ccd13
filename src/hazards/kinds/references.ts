import { quoteName, quoteNames, sameName } from '../../sql/quote.ts';
import { type HazardSort, lastRank, type OfReference } from '../sort.ts';

/** A row that refers to a missing parent. */
export const orphan: HazardSort<'orphan'> = {
  rank: 2,
  describe: (subject) => {
    const { table, columns, parent, parentColumns } = subject;
    const match = columns
      .map((column, i) => [column, parentColumns[i] ?? 'rowid'] as const)
      .map(([column, key]) => `parent.${quoteName(key)} = ${quoteName(table)}.${quoteName(column)}`)
      .join(' AND ');
    return {
      needs: `a row of ${table} whose ${columns.join(', ')} is in no row of ${parent}`,
      query: `SELECT count(*) FROM ${quoteName(table)} WHERE ${given(subject)} AND NOT EXISTS (SELECT 1 FROM ${quoteName(parent)} AS parent WHERE ${match})`,
    };
  },
  ruledOutBy: (columns, { foreignKeys }) =>
    foreignKeys.some(
      (key) =>
        key.orphans === 0 &&
        key.columns.length === columns.length &&
        key.columns.every((name) => columns.some((column) => sameName(column.name, name))),
    ),
  isTwin: false,
  isSecondRow: false,
  value: null,
};

/** Several rows with one parent. */
export const manyChildren: HazardSort<'many-children'> = {
  rank: lastRank,
  describe: (subject) => {
    const { table, columns } = subject;
    const names = quoteNames(columns);
    return {
      needs: `several rows of ${table} with the same ${columns.join(', ')}`,
      query: `SELECT ${names}, count(*) FROM ${quoteName(table)} WHERE ${given(subject)} GROUP BY ${names} HAVING count(*) > 1`,
    };
  },
  ruledOutBy: (columns, { foreignKeys }) =>
    foreignKeys.some(
      (key) => key.most <= 1 && key.columns.every((name) => columns.some((column) => sameName(column.name, name))),
    ),
  isTwin: false,
  isSecondRow: false,
  value: null,
};

function given({ columns }: OfReference): string {
  return columns.map((column) => `${quoteName(column)} IS NOT NULL`).join(' AND ');
}
