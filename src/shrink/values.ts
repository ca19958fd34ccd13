import type { SqlValue } from '../model/connection.ts';
import { foldName } from '../sql/quote.ts';
import { type Case, type CaseRow, sequenceTable } from './case.ts';
import type { ShrinkableColumn } from './shrink.ts';

/** Texts that are longer may be told by their first word. */
const longText = 10;

/**
 * Leaves out the values of columns that a row need not give, and that nobody names: a NULL in another column could be what
 * the finding is about.
 */
export function omitColumns(
  whole: Case,
  columnsOf: (whole: Case, table: string) => readonly ShrinkableColumn[],
  named: ReadonlySet<string>,
  accept: (tried: Case) => boolean,
): Case {
  let best = whole;
  for (const table of new Set(whole.rows.map((row) => row.table))) {
    if (table === sequenceTable) continue;
    const columns = columnsOf(best, table).filter(
      ({ name, isOptional, isKey }) => isOptional && !isKey && !named.has(foldName(name)),
    );
    const given = columns.filter(({ name }) => best.rows.some((row) => row.table === table && row.values.has(name)));
    if (given.length === 0) continue;
    const names = new Set(given.map(({ name }) => name));
    const tried = {
      ...best,
      rows: best.rows.map(
        (row): CaseRow =>
          row.table === table ? { ...row, values: new Map([...row.values].filter(([name]) => !names.has(name))) } : row,
      ),
    };
    if (accept(tried)) best = tried;
  }
  return best;
}

/**
 * Shortens texts of several words to their first word, each the same everywhere, so that what is equal stays equal and a
 * word stays a word. Texts in columns that the migration names stay first of all.
 */
export function shortenTexts(whole: Case, named: ReadonlySet<string>, accept: (tried: Case) => boolean): Case {
  const texts = new Set<string>();
  for (const { table, values } of whole.rows)
    for (const value of table === sequenceTable ? [] : values.values())
      if (typeof value === 'string' && value.length > longText && /^\p{L}+[ \p{L}.,'’-]*$/u.test(value))
        texts.add(value);
  const taken = new Set(whole.rows.flatMap(({ values }) => [...values.values()]));
  const shorter = new Map<SqlValue, string>();
  for (const text of texts) {
    const word = /^\p{L}+/u.exec(text)?.[0] ?? text;
    const short = word.length <= longText ? word : word.slice(0, longText);
    if (taken.has(short) || named.has(foldName(short))) continue;
    taken.add(short);
    shorter.set(text, short);
  }
  if (shorter.size === 0) return whole;
  const tried = replaceValues(whole, (value) => shorter.get(value) ?? value);
  return accept(tried) ? tried : whole;
}

/** The case with each value of its rows replaced. */
export function replaceValues(whole: Case, by: (value: SqlValue) => SqlValue): Case {
  const rows = whole.rows.map(
    (row): CaseRow => ({
      ...row,
      values: new Map(
        [...row.values].map(([name, value]) => [
          name,
          row.table === sequenceTable && name === 'name' ? value : by(value),
        ]),
      ),
    }),
  );
  return { ...whole, rows };
}
