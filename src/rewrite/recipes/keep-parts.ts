import { sameName } from '../../sql/quote.ts';
import { readWords, type Word } from '../../sql/words.ts';
import { readInsertParts } from '../insert-parts.ts';
import { applyEdits, within } from '../migration-text.ts';
import { statementOf } from '../places.ts';
import type { Recipe } from '../recipe.ts';
import { assignmentsOf, operandsOf } from './coalesce.ts';

/** `coalesce` in an expression that is NULL where a part of it is: the other parts stay. */
export const keepParts: Recipe = {
  causes: ['nulled-by-expression'],
  write: ({ finding, file }) => {
    const statement = statementOf(finding, file, 'insert', 'update');
    if (statement === null) return null;
    const { sql, head } = statement;
    if (head.verb === 'update') {
      const edits = assignmentsOf(sql).flatMap(({ name, expression }) => {
        const joined = joinedWith(expression);
        if (joined.length > 0)
          return joined.map(({ start, end, text }) => within(statement, start, end, `coalesce(${text}, '')`));
        const [first, last] = [expression[0], expression.at(-1)];
        if (first === undefined || last === undefined || !expression.some((word) => sameName(word.text, name)))
          return [];
        const text = sql.slice(first.start, last.end);
        return [within(statement, first.start, last.end, `coalesce(${text}, ${name})`)];
      });
      return applyEdits(file.text, edits);
    }
    const words = readWords(sql);
    const edits = (readInsertParts(sql)?.items ?? []).flatMap((item) => {
      const inItem = words.filter(({ start, end }) => start >= item.start && end <= item.end);
      return joinedWith(inItem).map(({ start, end, text }) => within(statement, start, end, `coalesce(${text}, '')`));
    });
    return applyEdits(file.text, edits);
  },
};

/** The columns beside `||`, those with a qualifier as one word. */
function joinedWith(words: readonly Word[]): Word[] {
  const merged: Word[] = [];
  for (let i = 0; i < words.length; i++) {
    const [word, dot, name] = [words[i], words[i + 1], words[i + 2]];
    if (word === undefined) continue;
    if (dot?.text === '.' && name !== undefined) {
      merged.push({ ...word, end: name.end, text: `${word.text}.${name.text}`, kind: 'name' });
      i += 2;
    } else merged.push(word);
  }
  return operandsOf(merged);
}
