import { sameName, unquote } from '../../sql/quote.ts';
import { nameOf, readWords } from '../../sql/words.ts';
import { readInsertParts } from '../insert-parts.ts';
import { applyEdits, type Edit, insertAfter, remove, within } from '../migration-text.ts';
import { nameIn } from '../names.ts';
import { rebuildOf, statementOf, tableIn } from '../places.ts';
import type { Recipe } from '../recipe.ts';

/** A column's name that stands in quotes of a text: the column itself, or nothing where the source has none. */
export const realColumns: Recipe = {
  causes: ['literal-text'],
  write: ({ finding, file, before }) => {
    const statement = statementOf(finding, file, 'insert', 'update') ?? rebuildOf(finding, file)?.copy ?? null;
    if (statement === null) return null;
    const rebuild = rebuildOf(finding, file);
    const was = tableIn(before, rebuild?.name ?? statement.head.target);
    const has = (name: string): boolean => was?.columns.some((each) => sameName(each.name, name)) ?? false;
    const quoted = readWords(statement.sql).filter(({ kind, text }) => kind === 'string' && has(unquote(text)));
    const named = quoted.map(({ start, end, text }) => within(statement, start, end, nameIn(file, unquote(text))));
    if (named.length > 0) return applyEdits(file.text, named);
    const missing = withoutMissing();
    return missing ?? laterDropped();

    /** A listed column that the source does not have gets its default. */
    function withoutMissing(): string | null {
      const parts = statement === null ? null : readInsertParts(statement.sql);
      if (statement === null || parts?.columns == null || was === null) return null;
      const { columns, items } = parts;
      const edits = items.flatMap((item, i): Edit[] => {
        const column = columns[i];
        const isGone = item.name !== null && !has(item.name);
        if (!isGone || column === undefined || i === 0) return [];
        return [
          within(statement, columns[i - 1]?.end ?? column.start, column.end, ''),
          within(statement, items[i - 1]?.end ?? item.start, item.end, ''),
        ];
      });
      return applyEdits(file.text, edits);
    }

    /** A column is read before it is dropped. */
    function laterDropped(): string | null {
      if (statement?.head.verb !== 'update') return null;
      const names = readWords(statement.sql).flatMap((word) => nameOf(word) ?? []);
      const drop = file.statements.find(
        ({ head, index }) =>
          head.verb === 'drop-column' &&
          index < statement.index &&
          names.some((name) => sameName(name, head.column ?? '')),
      );
      return drop === undefined
        ? null
        : applyEdits(file.text, [remove(file, drop), insertAfter(file, statement, [drop.sql])]);
    }
  },
};
