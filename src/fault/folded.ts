import { quoteName } from '../sql/quote.ts';
import { tableNamed } from '../sql/tables.ts';
import { readWriteText } from '../sql/write-text.ts';
import type { Listing } from './ask.ts';
import type { FailedStatement } from './conditions.ts';
import { keyOf, saidOf } from './uniques.ts';
import { unfoldedView, type Views } from './view.ts';

/**
 * The rows that GROUP BY or DISTINCT takes together in lots which share a key: what it compares is not what the key compares,
 * as two spellings under NOCASE.
 */
export function clashingLots(failed: FailedStatement, views: Views): Listing[] {
  const { statement, insertion, schema } = failed;
  const { query, into } = readWriteText(statement.sql);
  const key = keyOf(failed);
  if (query === null || insertion === undefined || key === null) return [];
  const view = unfoldedView(query, insertion.filled, insertion.names, views);
  const said = view === null ? null : saidOf(view, key);
  if (view === null || said === null) return [];
  const table = tableNamed(schema, statement.head.target ?? '');
  const given = into ?? table?.columns.filter(({ generated }) => generated === 'no').map(({ name }) => name) ?? [];
  const one = said.terms.length > 1 ? `(${said.terms.join(', ')})` : said.terms.join();
  const terms = key.terms.join(', ');
  const lots = `WITH lots (${given.map(quoteName).join(', ')}) AS (${query}) SELECT ${terms} FROM lots GROUP BY ${terms} HAVING count(*) > 1`;
  return [{ view, conditions: [...said.conditions, `${one} IN (${lots})`] }];
}
