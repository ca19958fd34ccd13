import { readDefinitions } from './definitions.ts';
import { foldName } from './quote.ts';

/**
 * Whether two texts of CREATE TABLE make the same columns and constraints in different orders: ALTER TABLE puts a column last
 * (https://sqlite.org/lang_altertable.html#alter_table_add_column).
 */
export function differsInOrderAlone(a: string, b: string): boolean {
  const [first, second] = [partsOf(a), partsOf(b)];
  return first.length > 0 && first.join() !== second.join() && first.toSorted().join() === second.toSorted().join();
}

/** The items of a CREATE TABLE, and what stands after them, each as one text. */
function partsOf(sql: string): string[] {
  const definitions = readDefinitions(sql);
  const end = definitions.at(-1)?.words.at(-1)?.end ?? sql.length;
  const texts = definitions.map(({ words }) =>
    words.map(({ text, key }) => (key === '' ? text : foldName(key))).join(' '),
  );
  return texts.length === 0 ? [] : [...texts, foldName(sql.slice(end).replaceAll(/\s+/g, ' ').trim())];
}
