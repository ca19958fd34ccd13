import type { Refusal } from '../model/dataset.ts';
import type { Table } from '../model/schema.ts';
import type { Placement } from './search.ts';
import type { Slot } from './slots.ts';

/** The searches that found no row for a table, by the choices that they had. A table that changes is another object. */
const known = new WeakMap<Table, Map<string, Placement>>();

/** How many searches of a table are kept. */
const limit = 8;

/** What SQLite says of a row whatever other rows are there. https://sqlite.org/rescode.html#extended_result_code_list */
const ownReasons: ReadonlySet<string> = new Set([
  ...['SQLITE_CONSTRAINT_CHECK', 'SQLITE_CONSTRAINT_NOTNULL', 'SQLITE_CONSTRAINT_DATATYPE', 'SQLITE_MISMATCH'],
]);

/** Whether a row is refused for what it is itself, so that it is refused again in any state of the database. */
export function isOfRowAlone({ code, ofAnyRow }: Refusal): boolean {
  return !ofAnyRow && ownReasons.has(code);
}

/** Remembers searches that ended without a row, which would be repeated at each step of a history. */
export interface HopelessSearches {
  /** The result of the same search, or undefined. */
  readonly recall: () => Placement | undefined;
  readonly remember: (placement: Placement) => void;
}

/** The searches for a row of a table with the same choices. */
export function hopelessSearches(table: Table, slots: readonly Slot[]): HopelessSearches {
  let made: string | null = null;
  const choices = (): string => {
    made ??= textOf(slots);
    return made;
  };
  return {
    recall: () => {
      const searches = known.get(table);
      return searches?.get(choices());
    },
    remember: (placement) => {
      const searches = known.get(table) ?? new Map<string, Placement>();
      if (searches.size < limit) searches.set(choices(), placement);
      known.set(table, searches);
    },
  };
}

function textOf(slots: readonly Slot[]): string {
  const cellText = (cell: unknown): string => `${typeof cell} ${cell}`;
  return slots
    .map(({ plain, others }) =>
      [plain, ...others()]
        .map((option) => option.map(([column, cell]) => `${column} ${cellText(cell)}`).join('\n'))
        .join('\n\n'),
    )
    .join('\n\n\n');
}
