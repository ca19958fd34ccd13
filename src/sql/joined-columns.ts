import { readCompound } from './compound.ts';
import { readSelect } from './select-parts.ts';
import { readWords } from './words.ts';
import { readWriteText } from './write-text.ts';

/**
 * Whether the WHERE of a copy does nothing but join tables that stand beside each other, as in `WHERE l.tenant_id = t.id`, and says
 * nothing of the rows that are wanted.
 */
export function joinsColumns(sql: string): boolean {
  const [select = ''] = readCompound(readWriteText(sql).query ?? '').selects;
  const words = readWords(readSelect(select)?.where ?? '');
  return (
    words.length > 0 &&
    words.every(({ kind, key }) => kind === 'name' || (kind === 'word' ? !choosing.has(key) : equating.has(key)))
  );
}

const choosing: ReadonlySet<string> = new Set(
  'NOT IS NULL ISNULL NOTNULL IN LIKE GLOB EXISTS BETWEEN OR CASE SELECT TRUE FALSE'.split(' '),
);
const equating: ReadonlySet<string> = new Set(['=', '==', '.']);
