import { closing } from '../../sql/nesting.ts';
import { readWords } from '../../sql/words.ts';
import { applyEdits, within } from '../migration-text.ts';
import { statementOf } from '../places.ts';
import type { Recipe } from '../recipe.ts';

/** A condition before `abs()`, which has no result for the smallest integer. https://sqlite.org/lang_corefunc.html#abs */
export const overflowGuard: Recipe = {
  causes: ['integer-overflow'],
  write: ({ finding, file }) => {
    const statement = statementOf(finding, file);
    if (statement === null) return null;
    const words = readWords(statement.sql);
    const edits = words.flatMap((word, i) => {
      const [open, close] = [words[i + 1], words[closing(words, i + 1)]];
      if (word.key !== 'ABS' || open?.text !== '(' || close === undefined) return [];
      const argument = statement.sql.slice(open.end, close.start).trim();
      const call = statement.sql.slice(word.start, close.end);
      const guarded = `CASE WHEN ${argument} > -9223372036854775808 THEN ${call} END`;
      return [within(statement, word.start, close.end, guarded)];
    });
    return applyEdits(file.text, edits);
  },
  declares: () => 'The smallest integer, which has no absolute value, gives NULL.',
};
