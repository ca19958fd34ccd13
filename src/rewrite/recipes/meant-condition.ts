import { readWords } from '../../sql/words.ts';
import { applyEdits, within } from '../migration-text.ts';
import { statementOf } from '../places.ts';
import type { Recipe } from '../recipe.ts';

const no = /^'(?:false|no|off|f|n)'$/i;
const yes = /^'(?:true|yes|on|t|y)'$/i;

/** 1 and 0 in the place of words that a column of numbers is compared with. */
export const comparedNumbers: Recipe = {
  causes: ['never-equal'],
  write: ({ finding, file }) => {
    const statement = statementOf(finding, file, 'update', 'delete');
    if (statement === null) return null;
    const words = readWords(statement.sql);
    const where = words.findIndex(({ key }) => key === 'WHERE');
    const edits = words.flatMap(({ text, start, end }, i) => {
      const digit = no.test(text) ? '0' : yes.test(text) ? '1' : null;
      return i > where && where >= 0 && digit !== null ? [within(statement, start, end, digit)] : [];
    });
    return applyEdits(file.text, edits);
  },
  declares: ({ finding }) => `The condition on ${finding.table} finds the rows that hold the number.`,
};

/** ESCAPE for the underscores of a LIKE. */
export const escapedUnderscore: Recipe = {
  causes: ['underscore-matches', 'underscore-takes-others'],
  write: ({ finding, file }) => {
    const statement = statementOf(finding, file, 'update', 'delete');
    if (statement === null) return null;
    const words = readWords(statement.sql);
    const edits = words.flatMap(({ kind, text, start, end }, i) => {
      const isPattern = kind === 'string' && words[i - 1]?.key === 'LIKE' && words[i + 1]?.key !== 'ESCAPE';
      if (!isPattern || text.includes('\\')) return [];
      return [within(statement, start, end, `${text.replaceAll('_', '\\_')} ESCAPE '\\'`)];
    });
    return applyEdits(file.text, edits);
  },
  declares: ({ finding }) => `Rows of ${finding.table} with another character in the place of the underscore stay.`,
};
