import { guardJson } from '../guard.ts';
import { applyEdits, type PlacedStatement } from '../migration-text.ts';
import { rebuildOf, statementOf } from '../places.ts';
import type { Recipe } from '../recipe.ts';

/** `json_valid` before each reading of a document: what is no JSON gives NULL instead of an error. */
export const jsonGuard: Recipe = {
  causes: ['malformed-json'],
  write: ({ finding, file }) => {
    const own = statementOf(finding, file);
    // An index or a copy computes what a column of the same file says.
    const parts = [
      own,
      rebuildOf(finding, file)?.create,
      ...file.statements.filter(({ head }) => head.verb === 'add-column'),
    ];
    const statements = new Set(parts.filter((each): each is PlacedStatement => each !== null && each !== undefined));
    const edits = [...statements].flatMap((statement) =>
      guardJson(statement.sql).map((edit) => ({
        start: statement.start + edit.start,
        end: statement.start + edit.end,
        by: edit.by,
      })),
    );
    return applyEdits(file.text, edits);
  },
  declares: () => 'A text other than JSON gives NULL.',
};
