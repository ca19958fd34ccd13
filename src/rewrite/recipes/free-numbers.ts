import { closing, inside, items } from '../../sql/nesting.ts';
import { sameName } from '../../sql/quote.ts';
import { nameOf, readWords } from '../../sql/words.ts';
import { applyEdits, type Edit, within } from '../migration-text.ts';
import { statementOf, tableIn } from '../places.ts';
import type { Recipe } from '../recipe.ts';

/** Rows of the migration itself get the next free numbers: those that it writes may be in use. https://sqlite.org/autoinc.html */
export const freeNumbers: Recipe = {
  causes: ['own-row-collides'],
  write: ({ finding, file, before }) => {
    const statement = statementOf(finding, file, 'insert');
    const table = tableIn(before, statement?.head.target ?? null);
    if (statement === null || table?.rowidAlias == null) return null;
    const { rowidAlias } = table;
    const words = readWords(statement.sql).filter(({ text }) => text !== ';');
    const into = words.findIndex(({ key }) => key === 'INTO');
    const end = closing(words, into + 2);
    if (words[into + 2]?.text !== '(' || words[end + 1]?.key !== 'VALUES') return null;
    const lists = [
      into + 2,
      ...words.flatMap(({ text, depth }, i) => (i > end && text === '(' && depth === 0 ? [i] : [])),
    ];
    const at = items(inside(words, into + 2)).findIndex(([word]) => sameName(nameOf(word) ?? '', rowidAlias));
    if (at < 0) return null;
    const edits = lists.flatMap((open): Edit[] => {
      const all = items(inside(words, open));
      const [item, next, previous] = [all[at], all[at + 1]?.[0], all[at - 1]?.at(-1)];
      const [first, last] = [item?.[0], item?.at(-1)];
      if (first === undefined || last === undefined) return [];
      if (next !== undefined) return [within(statement, first.start, next.start, '')];
      return previous === undefined ? [] : [within(statement, previous.end, last.end, '')];
    });
    return edits.length === lists.length ? applyEdits(file.text, edits) : null;
  },
  declares: ({ finding }) => `The new rows of ${finding.table} get the next free numbers.`,
};

/** An UPDATE that would make two rows equal leaves both as they are. */
export const orIgnore: Recipe = {
  causes: ['made-equal', 'rows-lost'],
  write: ({ finding, file }) => {
    const statement = statementOf(finding, file, 'update');
    if (statement === null) return null;
    const words = readWords(statement.sql);
    const [first, second, third] = words;
    if (first === undefined) return null;
    if (second?.key === 'OR' && third !== undefined)
      return third.key === 'IGNORE'
        ? null
        : applyEdits(file.text, [within(statement, third.start, third.end, 'IGNORE')]);

    return applyEdits(file.text, [within(statement, first.end, first.end, ' OR IGNORE')]);
  },
  declares: ({ finding }) => `Rows of ${finding.table} whose new key is taken stay as they are.`,
};
