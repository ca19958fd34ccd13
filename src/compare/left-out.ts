import type { Difference } from '../model/comparison.ts';
import type { Applied } from '../model/outcome.ts';
import { type Lineage, survivor } from '../sql/lineage.ts';
import { sameName } from '../sql/quote.ts';
import { tableNamed } from '../sql/tables.ts';

/**
 * Rows that INSERT OR IGNORE left out on their way from a table where they are gone afterwards. A table that takes the
 * place of the one they came from is compared with it row by row.
 */
export function findLeftOut(lineage: Lineage, { before, after, changes, leftOut }: Applied): Difference[] {
  return leftOut.flatMap(({ statement, table, sources, rows, of }): Difference[] => {
    const now = lineage.nameAtEnd(table, statement) ?? table;
    if (tableNamed(after.schema, now) === undefined) return [];
    const isShort = sources.some((source) => {
      const was = lineage.nameAtStart(source, statement);
      const had = was === null ? undefined : before.rows.get(was);
      if (was === null || had === undefined) return false;
      const is = survivor(lineage, was, (name) => tableNamed(after.schema, name) !== undefined);
      if (is === null) return true;
      if (sameName(is, now)) return false;
      return (
        changes.some((change) => sameName(change.table, was) && change.lost > 0) || (after.rows.get(is) ?? 0) < had
      );
    });
    if (!isShort) return [];
    const reach = { cascade: false, trigger: false };
    return [{ kind: 'fewer-rows', table: now, before: of, after: of - rows, treatment: 'left-out', reach, statement }];
  });
}
