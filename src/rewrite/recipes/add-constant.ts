import { readUpdate } from '../../sql/assignments.ts';
import { isLiteral } from '../../sql/literals.ts';
import { sameName } from '../../sql/quote.ts';
import { readAddedColumn } from '../column-clauses.ts';
import { applyEdits, remove, within } from '../migration-text.ts';
import { statementOf } from '../places.ts';
import type { Recipe } from '../recipe.ts';

/** A constant default in the place of ADD COLUMN and an UPDATE, which fires triggers. */
export const addConstant: Recipe = {
  causes: ['trigger-raises', 'rows-added'],
  write: ({ finding, file }) => {
    const update = statementOf(finding, file, 'update');
    if (update === null) return null;
    const { assignments, isWhole } = readUpdate(update.sql);
    const [only] = assignments;
    const added = file.statements.find(
      ({ index, head }) =>
        head.verb === 'add-column' &&
        index < update.index &&
        sameName(head.target ?? '', update.head.target ?? '') &&
        sameName(head.column ?? '', only?.column ?? ''),
    );
    const clauses = added === undefined ? null : readAddedColumn(added.sql);
    if (
      !isWhole ||
      assignments.length !== 1 ||
      !isLiteral(only?.text ?? null) ||
      added === undefined ||
      !clauses ||
      clauses.default !== null ||
      clauses.references
    )
      return null;
    const end = clauses.words.at(-1)?.end ?? 0;
    return applyEdits(file.text, [within(added, end, end, ` DEFAULT ${only?.text}`), remove(file, update)]);
  },
  declares: ({ finding }) =>
    `A constant default gives the rows their value, because an UPDATE fires the triggers of ${finding.table}; new rows get it as well.`,
};
