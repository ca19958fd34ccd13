import type { Difference } from '../model/comparison.ts';
import type { Hazard } from '../model/hazard.ts';
import { sameName } from '../sql/quote.ts';

/**
 * The hazards that a difference points at by itself: the deleted row that a counter forgets, the awkward values of a column
 * that changes, the NULL that SQLite's message names. They are tried first and the others in one go, which takes a few runs
 * where halving all of them takes twenty; the answer is the same.
 */
export function suspectsOf(hazards: readonly Hazard[], shown: Iterable<Difference>): ReadonlySet<Hazard> {
  const signs = [...shown].map(signOf);
  return new Set(hazards.filter((hazard) => signs.some((isOf) => isOf(hazard))));
}

function signOf(difference: Difference): (hazard: Hazard) => boolean {
  switch (difference.kind) {
    case 'sequence-reset':
      return ({ kind, table }) => kind === 'deleted-last-row' && sameName(table, difference.table);
    case 'changed-values':
      return ({ table, columns }) =>
        sameName(table, difference.table) && columns.some((column) => sameName(column, difference.columns[0]));
    case 'failed-on-rows': {
      const column = /^NOT NULL constraint failed: .*\.([^.]+)$/s.exec(difference.failure.message)?.[1];
      return ({ kind, columns }) =>
        kind === 'null' && column !== undefined && columns.some((each) => sameName(each, column));
    }
    default:
      return () => false;
  }
}
