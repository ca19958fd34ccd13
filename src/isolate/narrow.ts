import { hazardSorts, identityOf } from '../hazards/hazards.ts';
import type { Difference } from '../model/comparison.ts';
import type { HazardLabel } from '../model/hazard.ts';
import type { Migration, Statement } from '../model/history.ts';
import { readIndexCondition } from '../sql/index-condition.ts';
import { namesIn } from '../sql/names.ts';
import { foldName, sameName } from '../sql/quote.ts';
import type { Suspect } from './minimise.ts';

/** A hazard that shows a difference. */
export interface Listed {
  readonly label: Suspect;
  /** The SELECT that lists the rows at fault with this hazard and none without one; null where none does. */
  readonly query: string | null;
}

/**
 * Keeps, of the hazards that show a difference, those of columns that the statement names, where it names any of them. Production
 * is asked for the condition that the statement fails by, where it can be said: no other SELECT tells as exactly whether it
 * has such rows.
 */
export function narrow(listed: readonly Listed[], difference: Difference, migration: Migration): HazardLabel[] {
  const hazards = listed.map(({ label }) => label);
  const queries = new Map(listed.map(({ label, query }) => [label, query]));
  const statement = statementOf(difference, migration);
  const named = namesOf(difference, statement);
  const columnsOf = ({ columns, and = [] }: HazardLabel): string[] => [...columns, ...and.flatMap(columnsOf)];
  const close = hazards.filter((hazard) => columnsOf(hazard).some((column) => named.has(foldName(column))));
  const likeness = { within: conditionOf(statement), nullsAreAlike: takesNullsTogether(difference, statement) };
  // Hazards that production is asked the same for are one by two names, whatever it is asked in the end.
  const described = widest(withoutDoubles(close.length > 0 ? close : hazards)).map((hazard): Suspect => {
    const query = queries.get(hazard) ?? null;
    if (hazard.kind !== 'duplicate') return asking(query, asPair(hazard, difference));
    // Columns in the condition of a partial index must be equal too, and do not belong to its columns.
    const said = likeness.within === null ? [] : hazard.columns.filter((column) => named.has(foldName(column)));
    const columns = said.length > 0 ? said : hazard.columns;
    const { table, expressions, computed } = hazard;
    const subject = { table, columns, likeness: { ...likeness, expressions, computed } };
    const { needs, ...told } = hazardSorts.duplicate.describe(subject);
    return asking(query, { ...hazard, columns, ...told, needs: isOfAnyTwo(query) ? `two rows of ${table}` : needs });
  });
  // Rows with one parent are duplicates over that reference: the same rows by another name.
  const twins = described.filter(({ kind }) => kind === 'duplicate');
  const isTold = ({ table, columns }: HazardLabel): boolean =>
    twins.some((twin) => twin.table === table && twin.columns.join() === columns.join());
  return withoutDoubles(described).filter((hazard) => hazard.kind !== 'many-children' || !isTold(hazard));
}

/** The first of the hazards that production is asked the same for. */
function withoutDoubles(hazards: readonly Suspect[]): Suspect[] {
  const firsts = new Map(hazards.toReversed().map((hazard) => [identityOf(hazard), hazard]));
  return hazards.filter((hazard) => firsts.get(identityOf(hazard)) === hazard);
}

/** The hazard with another SELECT for it, and for those that it takes at the same time. */
function asking(query: string | null, hazard: Suspect): Suspect {
  if (query === null) return hazard;
  const { and } = hazard;
  const exact = { query, listsRows: true } as const;
  return { ...hazard, ...exact, ...(and && { and: and.map((other) => ({ ...other, ...exact })) }) };
}

/** Whether a SELECT takes rows together that share a constant, which all of them do: `GROUP BY 'theme' HAVING count(*) > 1`. */
function isOfAnyTwo(query: string | null): boolean {
  return (
    query !== null &&
    /\bGROUP BY (?:'(?:[^']|'')*'|\d+)(?:, (?:'(?:[^']|'')*'|\d+))* HAVING count\(\*\) > 1/.test(query)
  );
}

/** One row cannot break a key: it takes a second, equal row. The SELECT of the rows at fault finds both. */
function asPair(hazard: Suspect, difference: Difference): Suspect {
  const fault = difference.kind === 'failed-on-rows' ? difference.fault : null;
  const isMeeting = difference.kind === 'failed-on-rows' && /_(?:UNIQUE|PRIMARYKEY)$/.test(difference.failure.code);
  const { isSecondRow, isTwin } = hazardSorts[hazard.kind];
  if (!isMeeting || isSecondRow || isTwin || hazard.and !== undefined) return hazard;
  if (fault == null || fault.query === null || fault.rows < 2 || !sameName(fault.table, hazard.table)) return hazard;
  return {
    ...hazard,
    needs: `${hazard.needs}, and another row that it then collides with`,
    query: fault.query,
    listsRows: true,
  };
}

/** Leaves out duplicates over the columns of another that counts more NULLs as equal: it finds them too. */
function widest(hazards: readonly Suspect[]): Suspect[] {
  const counts = ({ expressions }: Suspect): number => expressions?.size ?? 0;
  const isOver = (a: Suspect, b: Suspect): boolean =>
    b.kind === 'duplicate' && a.table === b.table && a.columns.join() === b.columns.join() && a.and === b.and;
  return hazards.filter(
    (hazard) =>
      hazard.kind !== 'duplicate' || !hazards.some((other) => isOver(hazard, other) && counts(other) > counts(hazard)),
  );
}

/** The statement that made the difference; of a second run, the one where the first failed. */
function statementOf(difference: Difference, { statements }: Migration): Statement | undefined {
  const at = 'statement' in difference ? difference.statement : null;
  const index = difference.kind === 'stuck' ? difference.first : at;
  return statements.find((statement) => statement.index === index);
}

/** Whether the statement takes rows together as GROUP BY and DISTINCT do, to which NULLs are equal. */
function takesNullsTogether({ kind }: Difference, statement: Statement | undefined): boolean {
  const narrowings = statement?.head.narrowings ?? [];
  return kind === 'fewer-rows' && narrowings.some((each) => each === 'group-by' || each === 'distinct');
}

/** The condition of the partial index at whose making a difference shows. */
function conditionOf(statement: Statement | undefined): string | null {
  return statement?.head.verb === 'create-index' ? readIndexCondition(statement.sql) : null;
}

/** The names that SQLite says in its message, or else those in the statement. */
function namesOf(difference: Difference, statement: Statement | undefined): ReadonlySet<string> {
  const inStatement = namesIn(statement?.sql ?? '');
  if (!('failure' in difference) || difference.kind === 'stuck') return inStatement;
  const unique = /^UNIQUE constraint failed: (?!index )(.*)$/s.exec(difference.failure?.message ?? '')?.[1];
  return unique === undefined ? inStatement : namesIn(unique);
}
