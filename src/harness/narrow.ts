import type { Difference } from '../model/comparison.ts';
import type { HazardLabel } from '../model/hazard.ts';
import type { Migration, Statement } from '../model/history.ts';
import { describeDuplicate } from '../sql/duplicate.ts';
import { foldName, unquote } from '../sql/quote.ts';
import { significantTokens } from '../sql/tokens.ts';

/**
 * Keeps, of the hazards that show a difference, those of columns that the statement names, where it names any of them; and
 * of a duplicate, those columns alone.
 */
export function narrow(hazards: readonly HazardLabel[], difference: Difference, migration: Migration): HazardLabel[] {
  const named = namesOf(difference, migration);
  const isNamed = (column: string): boolean => named.has(foldName(column));
  const close = hazards.filter(({ columns }) => columns.some(isNamed));
  return (close.length > 0 ? close : hazards).map((hazard) => {
    const columns = hazard.columns.filter(isNamed);
    if (hazard.kind !== 'duplicate' || columns.length === 0) return hazard;
    return {
      ...hazard,
      columns,
      ...describeDuplicate(hazard.table, columns, takesNullsTogether(difference, migration)),
    };
  });
}

/** Whether the statement takes rows together as GROUP BY and DISTINCT do, to which NULLs are equal. */
function takesNullsTogether(difference: Difference, migration: Migration): boolean {
  const { narrowings = [] } = statementOf(difference, migration)?.head ?? {};
  return difference.kind === 'fewer-rows' && narrowings.some((each) => each === 'group-by' || each === 'distinct');
}

/** The statement that made the difference; of a second run, the one where the first failed. */
function statementOf(difference: Difference, { statements }: Migration): Statement | undefined {
  const at = 'statement' in difference ? difference.statement : null;
  const index = difference.kind === 'stuck' ? difference.first : at;
  return statements.find((statement) => statement.index === index);
}

/** The names that SQLite says in its message, or else those in the statement. */
function namesOf(difference: Difference, migration: Migration): ReadonlySet<string> {
  const sql = statementOf(difference, migration)?.sql ?? '';
  const inStatement = namesIn(sql);
  if (!('failure' in difference) || difference.kind === 'stuck') return inStatement;
  const unique = /^UNIQUE constraint failed: (?!index )(.*)$/s.exec(difference.failure?.message ?? '')?.[1];
  return unique === undefined ? inStatement : namesIn(unique);
}

function namesIn(sql: string): Set<string> {
  const names = significantTokens(sql).filter(({ kind }) => kind === 'word' || kind === 'name');
  return new Set(names.map(({ text }) => foldName(unquote(text))));
}
