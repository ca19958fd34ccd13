import { readWords } from '../../sql/words.ts';
import { applyEdits, within } from '../migration-text.ts';
import { rebuildOf, statementOf } from '../places.ts';
import type { Recipe } from '../recipe.ts';

const no = /^'(?:false|no|off|f|n)'$/i;
const yes = /^'(?:true|yes|on|t|y)'$/i;

/** 0 and 1 as defaults in the place of words: a column of NUMERIC affinity keeps a word unchanged, and SQL takes a word for false. */
export const booleanWords: Recipe = {
  causes: ['text-in-number'],
  write: ({ finding, file }) => {
    const statement =
      statementOf(finding, file, 'add-column', 'create-table') ?? rebuildOf(finding, file)?.create ?? null;
    if (statement === null) return null;
    const words = readWords(statement.sql);
    const edits = words.flatMap(({ text, start, end }, i) => {
      const digit = no.test(text) ? '0' : yes.test(text) ? '1' : null;
      return words[i - 1]?.key === 'DEFAULT' && digit !== null ? [within(statement, start, end, digit)] : [];
    });
    return applyEdits(file.text, edits);
  },
  declares: ({ finding }) => `The default of ${finding.table} is a number in the place of a word.`,
};
