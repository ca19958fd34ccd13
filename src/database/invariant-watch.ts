import type { Refusal, RowVerdict } from '../model/dataset.ts';
import type { Invariant } from '../model/invariant.ts';
import { namesIn } from '../sql/names.ts';
import { foldName } from '../sql/quote.ts';
import { subquery } from '../sql/subquery.ts';
import { asStatement } from '../watch/activity.ts';
import { type Database, sqliteError } from './connection.ts';
import { isUnbound } from './guard/permit.ts';

/** Watches that made-up rows break no invariant. */
export interface InvariantWatch {
  /** Whether an invariant speaks of rows of a table. */
  readonly watches: (table: string) => boolean;
  /**
   * Asked after each row of a table: why it may not stay, or null.
   * @param lenient keep it nevertheless, and let other rows of the table break the same invariants from now on: rows of
   * another table may be what mends it, such as the first line of an order.
   */
  readonly check: (table: string, lenient: boolean) => RowVerdict;
  /** The invariants that more rows break now than before the first row was put in. */
  readonly broken: () => readonly { readonly invariant: Invariant; readonly rows: number }[];
}

/** An invariant with the names in its text, and how many rows broke it when it was asked last. */
interface Watched {
  readonly invariant: Invariant;
  readonly names: ReadonlySet<string>;
  readonly forgiven: Set<string>;
  readonly before: number;
  known: number;
}

/** Watches the invariants in force. One that cannot run on the schema is left to the step, which names it. */
export function watchInvariants(db: Database, invariants: readonly Invariant[]): InvariantWatch {
  const watched = invariants.flatMap((invariant): Watched[] => {
    const before = countViolations(db, invariant);
    return before === null
      ? []
      : [{ invariant, names: namesIn(invariant.sql), forgiven: new Set(), before, known: before }];
  });
  const about = (table: string): Watched[] =>
    watched.filter(({ names, forgiven }) => names.has(foldName(table)) && !forgiven.has(foldName(table)));
  return {
    watches: (table) => about(table).length > 0,
    check: (table, lenient) => {
      for (const each of about(table)) {
        const rows = countViolations(db, each.invariant) ?? each.known;
        if (rows > each.known && !lenient) return refusalBy(each.invariant);
        if (rows > each.known) each.forgiven.add(foldName(table));
        each.known = rows;
      }
      return null;
    },
    broken: () =>
      watched.flatMap(({ invariant, before }) => {
        const rows = (countViolations(db, invariant) ?? before) - before;
        return rows > 0 ? [{ invariant, rows }] : [];
      }),
  };
}

function refusalBy({ name, sql }: Invariant): Refusal {
  return { code: 'INVARIANT', message: `the invariant ${name} forbids it`, ofAnyRow: false, expression: sql };
}

/** The number of rows that an invariant returns, or null where it cannot run. */
function countViolations(db: Database, { file, sql }: Invariant): number | null {
  try {
    const count = db.prepare<[], number>(`SELECT count(*) FROM ${subquery(sql)}`).pluck();
    return asStatement(file, 0, () => count.get()) ?? null;
  } catch (error) {
    if (sqliteError(error) === null && !isUnbound(error)) throw error;
    return null;
  }
}
