import { memoized } from '../memoized.ts';
import type { Migration, Statement } from '../model/history.ts';
import { readCompound } from './compound.ts';
import { readSelect, type Select } from './select-parts.ts';
import { readWriteText } from './write-text.ts';

/** The rows that one SELECT of an INSERT or of a CREATE TABLE … AS brings into a table. */
export interface Transfer {
  readonly statement: Statement;
  /** The table that they come into, by its name when the statement runs. */
  readonly target: string;
  /** The columns that are named there; null where all are meant. */
  readonly into: readonly string[] | null;
  readonly select: Select;
  /** Whether each row of the only table comes along once: nothing picks, joins or folds rows. */
  readonly isWhole: boolean;
  /** Whether a row that is there already by a key ends the statement. */
  readonly isStrict: boolean;
}

/** The transfers of a migration, in the order of its statements. */
export const transfersIn = memoized(({ statements }: Migration): readonly Transfer[] =>
  statements.flatMap(readTransfers),
);

/** Reads the SELECTs of a statement that bring rows of tables into another one, those of a UNION one by one. */
function readTransfers(statement: Statement): Transfer[] {
  const { target, verb, sources, narrowings } = statement.head;
  const isMade = verb === 'create-table';
  if ((verb !== 'insert' && verb !== 'replace' && !isMade) || target === null || sources.length === 0) return [];
  const { into, query } = readWriteText(statement.sql);
  const { selects, tail, isUnion } = readCompound(query ?? '');
  // EXCEPT and INTERSECT bring rows of the first SELECT alone.
  const read = (isUnion ? selects : selects.slice(0, 1)).flatMap((text) => readSelect(text) ?? []);
  const isStrict = verb === 'insert' && !narrowings.includes('or-ignore') && !narrowings.includes('or-replace');
  // The first SELECT names the columns of a table that is made of it.
  const names = isMade ? (read[0]?.items.map(({ name }) => name ?? '') ?? []) : into;
  return read.map((select) => {
    const isPicked = select.where !== null || select.isFolded || select.hasMore || !isUnion || /\bLIMIT\b/i.test(tail);
    return { statement, target, into: names, select, isWhole: !isPicked && select.tables.length === 1, isStrict };
  });
}
