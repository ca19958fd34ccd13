import { quoteName, quoteNames, quoteString } from '../../sql/quote.ts';
import { type Description, type HazardSort, lastRank } from '../sort.ts';

/** How many values are told in words; the SELECT has all. */
const shownValues = 3;

/** A key that the migration is about to write. */
export const takenKey: HazardSort<'taken-key'> = {
  rank: lastRank,
  describe: ({ table, key, values, renamed, shifted, copied }) => {
    if (shifted !== undefined) return describeShift(table, key, shifted);
    if (copied !== undefined) return describeCopied(table, key, copied);
    const [first = '', ...others] = key;
    const lists = values.map((value) => value.map(literalOf));
    if (renamed !== undefined && others.length > 0) {
      const [name, from, to] = [quoteName(renamed.column), literalOf(renamed.from), literalOf(renamed.to)];
      const rest = key.filter((column) => column !== renamed.column);
      const groups = quoteNames(rest);
      return {
        needs: `two rows of ${table} with the same ${rest.join(', ')} whose ${renamed.column} is ${from} and ${to}`,
        query: `SELECT ${groups}, count(*) FROM ${quoteName(table)} WHERE ${name} IN (${from}, ${to}) GROUP BY ${groups} HAVING count(DISTINCT ${name}) > 1`,
      };
    }
    const tuples = lists.map((list) => (others.length > 0 ? `(${list.join(', ')})` : list.join()));
    const names = others.length > 0 ? `(${quoteNames(key)})` : quoteName(first);
    const shown =
      tuples.length > shownValues
        ? `${tuples.slice(0, shownValues).join(', ')} or ${tuples.length - shownValues} more`
        : tuples.join(' or ');
    return {
      needs: `a row of ${table} whose ${key.join(', ')} is ${shown}, before the migration writes it`,
      query: `SELECT count(*) FROM ${quoteName(table)} WHERE ${names} IN (${others.length > 0 ? 'VALUES ' : ''}${tuples.join(', ')})`,
    };
  },
  ruledOutBy: null,
  isTwin: false,
  isSecondRow: false,
  value: null,
};

/** Rows of two tables with one key, which the migration brings into one table. */
export const sharedKey: HazardSort<'shared-key'> = {
  rank: lastRank,
  describe: ({ table, columns, other, otherColumns }) => {
    const match = columns.map(
      (column, i) => `other.${quoteName(otherColumns[i] ?? '')} = ${quoteName(table)}.${quoteName(column)}`,
    );
    return {
      needs: `a row of ${table} whose ${columns.join(', ')} is that of a row of ${other}`,
      query: `SELECT count(*) FROM ${quoteName(table)} WHERE EXISTS (SELECT 1 FROM ${quoteName(other)} AS other WHERE ${match.join(' AND ')})`,
    };
  },
  ruledOutBy: null,
  isTwin: false,
  isSecondRow: false,
  value: null,
};

/** Two rows that stand as far apart as both are moved: SQLite checks a key after each row. https://sqlite.org/lang_update.html */
function describeShift(
  table: string,
  key: readonly string[],
  { column, by }: { readonly column: string; readonly by: number },
): Description {
  const rest = key.filter((name) => name !== column);
  const same = rest.map((name) => `other.${quoteName(name)} = one.${quoteName(name)}`);
  const apart = `other.${quoteName(column)} = one.${quoteName(column)} ${by < 0 ? '-' : '+'} ${Math.abs(by)}`;
  const among = rest.length === 0 ? '' : ` with the same ${rest.join(', ')}`;
  return {
    needs: `two rows of ${table}${among} whose ${column} differs by ${Math.abs(by)}`,
    query: `SELECT count(*) FROM ${quoteName(table)} AS one JOIN ${quoteName(table)} AS other ON ${[...same, apart].join(' AND ')}`,
  };
}

/** A row with a key that the migration computes from other rows. */
function describeCopied(
  table: string,
  key: readonly string[],
  { names, query }: { readonly names: readonly string[]; readonly query: string },
): Description {
  const own = key.length > 1 ? `(${quoteNames(key)})` : quoteNames(key);
  const copies = `WITH copied (${quoteNames(names)}) AS (${query}\n) SELECT ${quoteNames(key)} FROM copied`;
  return {
    needs: `a row of ${table} whose ${key.join(', ')} is one that the migration copies into it`,
    query: `SELECT count(*) FROM ${quoteName(table)} WHERE ${own} IN (${copies})`,
  };
}

function literalOf(value: string | number): string {
  return typeof value === 'string' ? quoteString(value) : String(value);
}
