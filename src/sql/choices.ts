import { clause, items, outsideAt, withoutParentheses } from './nesting.ts';
import { foldName, quoteName } from './quote.ts';
import { nameOf, readWords, type Word } from './words.ts';

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
  const words = readWords(sql).filter(({ text }) => text !== ';');
  const verb = outsideAt(words, updating);
  const set = outsideAt(words, setting, Math.max(verb, 0));
  if (verb < 0 || set < 0 || words.slice(verb, set).some(({ text }) => text === '.')) return [];
  const start = words[verb + 1]?.key === 'OR' ? verb + 3 : verb + 1;
  const [table, alias] = [nameOf(words[start]), nameOf(words[set - 1])];
  if (table === null || alias === null) return [];
  const body = words.slice(set);
  const [from, where] = [clause(body, joining, endsFrom), clause(body, choosing, ends)];
  const common = textOf(words.slice(0, verb));
  const target = (columns: string): string =>
    `(SELECT ${columns} FROM ${quoteName(table)} LIMIT ${asked}) AS ${quoteName(alias)}`;
  const pairs = items(clause(body, setting, endsSet) ?? []);
  return pairs.flatMap((pair): Choice[] => {
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
  const isColumn =
    item.length > 0 && item.every(({ kind, text }) => kind === 'word' || kind === 'name' || text === '.');
  return isColumn ? `SELECT count(DISTINCT quote(${textOf(item)})) ${textOf(query.slice(from))}` : null;
}

function textOf(words: readonly Word[]): string {
  return words.map(({ text }) => text).join(' ');
}

const updating: ReadonlySet<string> = new Set(['UPDATE']);
const setting: ReadonlySet<string> = new Set(['SET']);
const joining: ReadonlySet<string> = new Set(['FROM']);
const choosing: ReadonlySet<string> = new Set(['WHERE']);
const deciding: ReadonlySet<string> = new Set(['LIMIT', 'ORDER', 'GROUP', 'UNION', 'EXCEPT', 'INTERSECT', 'DISTINCT']);
const ends: ReadonlySet<string> = new Set(['ORDER', 'LIMIT', 'RETURNING']);
const endsFrom: ReadonlySet<string> = new Set([...ends, 'WHERE']);
const endsSet: ReadonlySet<string> = new Set([...endsFrom, 'FROM']);
const equalsSigns: ReadonlySet<string> = new Set(['=', '==']);
