import type { Difference } from '../model/comparison.ts';
import type { HazardLabel } from '../model/hazard.ts';
import type { Migration } from '../model/history.ts';
import { describeDuplicate } from '../sql/duplicate.ts';
import { foldName, unquote } from '../sql/quote.ts';
import { significantTokens } from '../sql/tokens.ts';

/**
 * Keeps, of the hazards that show a difference, those of columns that the statement names, where it names any of them; and
 * of a duplicate, those columns alone.
 */
export function narrow(hazards: readonly HazardLabel[], difference: Difference, migration: Migration): HazardLabel[] {
  const named = namesOf(difference, migration);
  const within = conditionOf(difference, migration);
  const isNamed = (column: string): boolean => named.has(foldName(column));
  const close = hazards.filter(({ columns }) => columns.some(isNamed));
  const narrowed = (close.length > 0 ? close : hazards).map((hazard) => {
    const columns = hazard.columns.filter(isNamed);
    if (hazard.kind !== 'duplicate' || columns.length === 0) return hazard;
    return { ...hazard, columns, ...describeDuplicate(hazard.table, columns, within) };
  });
  // Rows with one parent are duplicates over that reference: the same rows by another name.
  const twins = narrowed.filter(({ kind }) => kind === 'duplicate');
  const isTold = ({ table, columns }: HazardLabel): boolean =>
    twins.some((twin) => twin.table === table && twin.columns.join() === columns.join());
  return narrowed.filter((hazard) => hazard.kind !== 'many-children' || !isTold(hazard));
}

/** The names that SQLite says in its message, or else those in the statement; of a second run, those in the one where the first failed. */
function namesOf(difference: Difference, { statements }: Migration): ReadonlySet<string> {
  const index = statementOf(difference);
  const sql = statements.find((statement) => statement.index === index)?.sql ?? '';
  const inStatement = namesIn(sql);
  if (!('failure' in difference) || difference.kind === 'stuck') return inStatement;
  const unique = /^UNIQUE constraint failed: (?!index )(.*)$/s.exec(difference.failure.message)?.[1];
  return unique === undefined ? inStatement : namesIn(unique);
}

/** The condition of the partial index at whose making a difference shows. */
function conditionOf(difference: Difference, { statements }: Migration): string | null {
  const statement = statements.find(({ index }) => index === statementOf(difference));
  if (statement?.head.verb !== 'create-index') return null;
  return /\bWHERE\s+(.*?)\s*;?$/is.exec(statement.sql)?.[1]?.replaceAll(/\s+/g, ' ') ?? null;
}

function statementOf(difference: Difference): number | null {
  if (difference.kind === 'stuck') return difference.first;
  return 'statement' in difference ? difference.statement : null;
}

function namesIn(sql: string): Set<string> {
  const names = significantTokens(sql).filter(({ kind }) => kind === 'word' || kind === 'name');
  return new Set(names.map(({ text }) => foldName(unquote(text))));
}
