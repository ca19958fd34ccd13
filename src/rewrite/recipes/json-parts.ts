import { closing, inside, items } from '../../sql/nesting.ts';
import { columnIn, readWords, type Word } from '../../sql/words.ts';
import { applyEdits, type Edit, within } from '../migration-text.ts';
import { statementOf } from '../places.ts';
import type { Recipe } from '../recipe.ts';

const makers = /^JSONB?_(?:SET|INSERT|REPLACE|OBJECT|ARRAY|GROUP_ARRAY|GROUP_OBJECT)$/;

/** `json` round the columns that JSON functions put into a document as strings, and `->` in the place of `->>`. */
export const documentsWithin: Recipe = {
  causes: ['document-quoted'],
  write: ({ finding, file }) => {
    const statement = statementOf(finding, file, 'insert', 'update');
    if (statement === null) return null;
    const edits = argumentsOfMakers(readWords(statement.sql)).flatMap((argument): Edit[] => {
      const [first, last] = [argument[0], argument.at(-1)];
      if (first === undefined || last === undefined) return [];
      const arrow = argument.find(({ text }) => text === '->>');
      if (arrow !== undefined) return [within(statement, arrow.start, arrow.end, '->')];
      if (columnIn(argument) === null) return [];
      return [within(statement, first.start, last.end, `json(${statement.sql.slice(first.start, last.end)})`)];
    });
    return applyEdits(file.text, edits);
  },
  declares: ({ finding }) => `Documents of ${finding.table} hold the others as documents.`,
};

/** `->` in the place of json_extract, which gives numbers for booleans. */
export const keptBooleans: Recipe = {
  causes: ['boolean-as-number'],
  write: ({ finding, file }) => {
    const statement = statementOf(finding, file, 'insert', 'update');
    if (statement === null) return null;
    const edits = argumentsOfMakers(readWords(statement.sql)).flatMap((argument): Edit[] => {
      const [first, last] = [argument[0], argument.at(-1)];
      if (first?.key !== 'JSON_EXTRACT' || last === undefined || closing(argument, 1) !== argument.length - 1)
        return [];
      const [document, path, more] = items(inside(argument, 1));
      const [from, until, only] = [document?.[0], document?.at(-1), path?.[0]];
      if (from === undefined || until === undefined || only === undefined || more !== undefined) return [];
      const text = `${statement.sql.slice(from.start, until.end)} -> ${only.text}`;
      return [within(statement, first.start, last.end, text)];
    });
    return applyEdits(file.text, edits);
  },
  declares: ({ finding }) => `Documents of ${finding.table} keep their booleans.`,
};

/** The values that JSON functions put into documents. */
function argumentsOfMakers(words: readonly Word[]): (readonly Word[])[] {
  return words.flatMap(({ key }, i) => (makers.test(key) ? items(inside(words, i + 1)) : []));
}
