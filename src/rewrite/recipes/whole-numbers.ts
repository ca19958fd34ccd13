import { affinityOf } from '../../sql/affinity.ts';
import { closing } from '../../sql/nesting.ts';
import { readWords } from '../../sql/words.ts';
import { applyEdits, type Edit, within } from '../migration-text.ts';
import { statementOf } from '../places.ts';
import type { Recipe } from '../recipe.ts';

/** A division by a number with a point, and `round` before a CAST to an integer. */
export const wholeNumbers: Recipe = {
  causes: ['fraction-lost'],
  write: ({ finding, file }) => {
    const statement = statementOf(finding, file, 'insert', 'update', 'replace', 'create-table');
    if (statement === null) return null;
    const words = readWords(statement.sql);
    const edits = words.flatMap(({ key, kind, text, start, end }, i): Edit[] => {
      if (kind === 'number' && words[i - 1]?.text === '/' && /^\d+$/.test(text))
        return [within(statement, start, end, `${text}.0`)];
      const open = words[i + 1];
      if (key !== 'CAST' || open?.text !== '(') return [];
      const close = closing(words, i + 1);
      const as = words.findIndex((word, at) => at > i && word.key === 'AS' && word.depth === open.depth + 1);
      const [first, last] = [words[i + 2], words[as - 1]];
      const isInteger =
        affinityOf(
          words
            .slice(as + 1, close)
            .map((word) => word.text)
            .join(' '),
        ) === 'integer';
      if (as < 0 || as > close || first === undefined || last === undefined || !isInteger) return [];
      const [times, by] = words.slice(close + 1, close + 3);
      // The unit changes first, and what is left behind the point goes then.
      if (times?.text === '*' && by?.kind === 'number')
        return [
          within(statement, first.start, first.start, 'round('),
          within(statement, last.end, last.end, ` * ${by.text})`),
          within(statement, times.start, by.end, ''),
        ];
      if (!words.slice(i, as).some((word) => word.text === '*')) return [];
      return [within(statement, first.start, first.start, 'round('), within(statement, last.end, last.end, ')')];
    });
    return applyEdits(file.text, edits);
  },
  declares: ({ finding }) => `Numbers of ${finding.table} keep their fractions, or are rounded.`,
};
