import { inside } from './nesting.ts';
import { nameOf, readWords } from './words.ts';

/**
 * The columns of the key after ON CONFLICT in an INSERT; empty where it names none, or not columns alone.
 * https://sqlite.org/lang_upsert.html
 */
export function readConflictTarget(insert: string): readonly string[] {
  const words = readWords(insert);
  const at = words.findIndex(({ key, depth }, i) => depth === 0 && key === 'CONFLICT' && words[i - 1]?.key === 'ON');
  if (at < 0) return [];
  const names = inside(words, at + 1).filter(({ key }) => key !== ',');
  const columns = names.flatMap((word) => nameOf(word) ?? []);
  return columns.length === names.length ? columns : [];
}
