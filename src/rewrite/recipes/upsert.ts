import { closing, inside } from '../../sql/nesting.ts';
import { foldName, sameName } from '../../sql/quote.ts';
import { nameOf, readWords } from '../../sql/words.ts';
import { applyEdits, remove, within } from '../migration-text.ts';
import { nameIn, namesIn } from '../names.ts';
import { statementOf, tableIn } from '../places.ts';
import type { Recipe } from '../recipe.ts';

/**
 * ON CONFLICT DO UPDATE in the place of OR REPLACE, or of DELETE and INSERT: those delete the row, its children and the columns
 * that they do not list. https://sqlite.org/lang_upsert.html
 */
export const upsert: Recipe = {
  causes: [
    'cascade-on-delete',
    'default-instead-of-copy',
    'foreign-key-meets-rows',
    'set-null-by-action',
    'set-default-by-action',
  ],
  write: ({ finding, file, before }) => {
    const own = statementOf(finding, file, 'insert', 'replace', 'delete');
    const target = own?.head.target ?? null;
    const table = tableIn(before, target);
    const isEmptied = own?.head.verb === 'delete' && own.head.narrowings.length === 0;
    const statement = isEmptied
      ? file.statements.find(
          ({ head, index }) => head.verb === 'insert' && index > own.index && sameName(head.target ?? '', target ?? ''),
        )
      : own;
    if (!own || !statement || table === null || table.primaryKey.length === 0) return null;
    const words = readWords(statement.sql).filter(({ text }) => text !== ';');
    const into = words.findIndex(({ key }) => key === 'INTO');
    const open = words[into + 2];
    const last = words.at(-1);
    if (open?.text !== '(' || last === undefined || words[closing(words, into + 2) + 1]?.key !== 'VALUES') return null;
    const listed = inside(words, into + 2).flatMap((word) => (word.text === ',' ? [] : (nameOf(word) ?? [])));
    const isKey = (name: string): boolean => table.primaryKey.some((key) => foldName(key) === foldName(name));
    if (!table.primaryKey.every((key) => listed.some((name) => sameName(name, key)))) return null;
    const set = listed
      .filter((name) => !isKey(name))
      .map((name) => `${nameIn(file, name)} = excluded.${nameIn(file, name)}`);
    const action = set.length === 0 ? 'DO NOTHING' : `DO UPDATE SET ${set.join(', ')}`;
    const first = words[0];
    const isReplacing = statement.head.verb === 'replace';
    if (!isReplacing && !isEmptied) return null;
    const at = words[into];
    return applyEdits(file.text, [
      ...(isReplacing && first !== undefined && at !== undefined
        ? [within(statement, first.start, at.end, 'INSERT INTO')]
        : []),
      within(statement, last.end, last.end, `\nON CONFLICT (${namesIn(file, table.primaryKey)}) ${action}`),
      ...(isEmptied ? [remove(file, own)] : []),
    ]);
  },
  declares: ({ finding }) =>
    `Rows of ${finding.table} that are there are updated instead of being replaced; those that the file does not list stay.`,
};
