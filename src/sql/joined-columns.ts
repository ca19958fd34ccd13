import { readCondition } from './select-parts.ts';
import { readWords } from './words.ts';
import { readWriteText } from './write-text.ts';

/**
 * Whether the WHERE of a copy does nothing but join tables that stand beside each other, as in `WHERE l.tenant_id = t.id`, and says
 * nothing of the rows that are wanted.
 */
export function joinsColumns(sql: string): boolean {
  const condition = readWords(readCondition(readWriteText(sql).query ?? '') ?? '');
  const end = condition.findIndex(({ key }) => key === 'GROUP');
  const words = end < 0 ? condition : condition.slice(0, end);
  return (
    words.length > 0 &&
    words.every(({ kind, key }) => kind === 'name' || (kind === 'word' ? !choosing.has(key) : equating.has(key)))
  );
}

const choosing: ReadonlySet<string> = new Set(
  'NOT IS NULL ISNULL NOTNULL IN LIKE GLOB EXISTS BETWEEN OR CASE SELECT TRUE FALSE'.split(' '),
);
const equating: ReadonlySet<string> = new Set(['=', '==', '.']);
