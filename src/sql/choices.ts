import { readChangeParts } from './change-parts.ts';
import { items, outsideAt, withoutParentheses } from './nesting.ts';
import { foldName, quoteName } from './quote.ts';
import { columnIn, nameOf, type Word } from './words.ts';

/** An UPDATE that takes a value from one of the rows that match, with the query that counts the rows with several values to take. */
export interface Choice {
  readonly column: string;
  readonly query: string;
}

/**
 * The rows of the target that are asked: each may search another table from end to end, and one row that has a choice is enough to
 * say so.
 */
const asked = 2_000;

/**
 * Reads which columns an UPDATE sets from FROM, or from a SELECT in parentheses that neither sorts nor counts: where several rows
 * match, SQLite takes any of them (https://sqlite.org/lang_update.html#update_from).
 */
export function readChoices(sql: string): Choice[] {
  const parts = readChangeParts(sql);
  const [table, alias] = [nameOf(parts?.table[0]), nameOf(parts?.table.at(-1))];
  if (parts === null || table === null || alias === null || parts.table.some(({ text }) => text === '.')) return [];
  const { set, from, where } = parts;
  const common = textOf(parts.common);
  const target = (columns: string): string =>
    `(SELECT ${columns} FROM ${quoteName(table)} LIMIT ${asked}) AS ${quoteName(alias)}`;
  return items(set).flatMap((pair): Choice[] => {
    const equals = outsideAt(pair, equalsSigns);
    const [column, second] = pair.slice(0, equals).map(nameOf);
    const value = pair.slice(equals + 1);
    if (equals < 0 || column == null || second !== undefined) return [];
    if (from === null) {
      const counted = distinctIn(value);
      if (counted === null) return [];
      const rows = `${where === null ? '' : `(${textOf(where)}) AND `}(${counted}) > 1`;
      return [{ column: foldName(column), query: `${common} SELECT count(*) FROM ${target('*')} WHERE ${rows}` }];
    }
    const matches = `${target('rowid AS rowproof_row, *')}, ${textOf(from)} ${where === null ? '' : `WHERE ${textOf(where)}`}`;
    const several = `SELECT 1 FROM ${matches} GROUP BY rowproof_row HAVING count(DISTINCT quote(${textOf(value)})) > 1`;
    return [{ column: foldName(column), query: `${common} SELECT count(*) FROM (${several})` }];
  });
}

/** The SELECT of a value, with the number of its different answers in their place; null where it says which one it takes. */
function distinctIn(value: readonly Word[]): string | null {
  const query = withoutParentheses(value);
  if (query.length === value.length || query[0]?.key !== 'SELECT' || outsideAt(query, deciding) >= 0) return null;
  const from = outsideAt(query, joining);
  const item = query.slice(1, Math.max(from, 1));
  return columnIn(item) !== null ? `SELECT count(DISTINCT quote(${textOf(item)})) ${textOf(query.slice(from))}` : null;
}

function textOf(words: readonly Word[]): string {
  return words.map(({ text }) => text).join(' ');
}

const joining: ReadonlySet<string> = new Set(['FROM']);
const deciding: ReadonlySet<string> = new Set(['LIMIT', 'ORDER', 'GROUP', 'UNION', 'EXCEPT', 'INTERSECT', 'DISTINCT']);
const equalsSigns: ReadonlySet<string> = new Set(['=', '==']);
