import { readWords } from '../../sql/words.ts';
import { applyEdits, within } from '../migration-text.ts';
import { statementOf } from '../places.ts';
import type { Recipe } from '../recipe.ts';

/**
 * Rows of an INSERT stay out where any key is taken: its ON CONFLICT is for one key alone, or a SELECT without a table has none.
 * https://sqlite.org/lang_upsert.html
 */
export const leaveTaken: Recipe = {
  causes: ['own-row-collides', 'unique-meets-duplicates'],
  write: ({ finding, file }) => {
    const statement = statementOf(finding, file, 'insert');
    if (statement === null) return null;
    const words = readWords(statement.sql).filter(({ text }) => text !== ';');
    const outside = (...keys: string[]): number =>
      words.findIndex(({ depth }, i) => depth === 0 && keys.every((key, n) => words[i + n]?.key === key));
    const last = words.at(-1);
    if (last === undefined || outside('RETURNING') >= 0) return null;
    const on = outside('ON', 'CONFLICT');
    const [conflict, action] = [words[on + 1], words[outside('DO')]];
    if (on >= 0 && conflict !== undefined && action !== undefined) {
      const isSkipping = outside('DO', 'NOTHING') >= 0;
      return applyEdits(file.text, [
        isSkipping
          ? within(statement, conflict.end, action.start, ' ')
          : within(statement, last.end, last.end, ' ON CONFLICT DO NOTHING'),
      ]);
    }
    if (outside('SELECT') < 0 || outside('FROM') >= 0 || outside('OR') >= 0) return null;
    // Without WHERE the parser takes ON for a join.
    const where = outside('WHERE') < 0 ? ' WHERE true' : '';
    return applyEdits(file.text, [within(statement, last.end, last.end, `${where} ON CONFLICT DO NOTHING`)]);
  },
  declares: ({ finding }) => `A row of ${finding.table} that has one of the keys already stays as it is.`,
};
