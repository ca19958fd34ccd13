import { readHead } from './heads.ts';
import { sameName } from './quote.ts';
import { tokens } from './tokens.ts';
import { readWriteText } from './write-text.ts';

/** The effect of a trigger on a column. */
export type TriggerUpdate = 'none' | 'sets' | 'sets-anew';

const anew =
  /\b(?:current_timestamp|current_date|current_time|datetime|date|time|strftime|julianday|unixepoch|random|randomblob)\b/i;

/**
 * Whether the body of a trigger updates a column of a table, and whether by an expression that gives another value each
 * time it runs, as the ones that note the time do.
 */
export function triggerUpdate(createTrigger: string, table: string, column: string): TriggerUpdate {
  const updates = statementsOf(createTrigger).filter((sql) => {
    const { verb, target } = readHead(sql);
    if (verb !== 'update' || target === null || !sameName(target, table)) return false;
    return readWriteText(sql).sets.some((name) => sameName(name, column));
  });
  if (updates.length === 0) return 'none';
  return updates.some((sql) => anew.test(sql)) ? 'sets-anew' : 'sets';
}

/** The statements between BEGIN and END. */
function statementsOf(createTrigger: string): string[] {
  const statements: string[] = [];
  let start = -1;
  for (const token of tokens(createTrigger)) {
    const text = createTrigger.slice(token.start, token.end);
    if (start < 0 && token.kind === 'word' && text.toUpperCase() === 'BEGIN') start = token.end;
    if (start < 0 || text !== ';') continue;
    statements.push(createTrigger.slice(start, token.start));
    start = token.end;
  }
  return statements;
}
