import type { Difference } from '../model/comparison.ts';
import type { HazardLabel } from '../model/hazard.ts';
import type { Migration } from '../model/history.ts';
import { foldName, unquote } from '../sql/quote.ts';
import { significantTokens } from '../sql/tokens.ts';

/** Keeps, of the hazards that show a difference, those of columns that the statement names, where it names any of them. */
export function narrow(hazards: readonly HazardLabel[], difference: Difference, migration: Migration): HazardLabel[] {
  const named = namesOf(difference, migration);
  const columnsOf = ({ columns, and = [] }: HazardLabel): string[] => [...columns, ...and.flatMap(columnsOf)];
  const close = hazards.filter((hazard) => columnsOf(hazard).some((column) => named.has(foldName(column))));
  return [...(close.length > 0 ? close : hazards)];
}

/** The names that SQLite says in its message, or else those in the statement. */
function namesOf(difference: Difference, { statements }: Migration): ReadonlySet<string> {
  const index =
    'failure' in difference ? difference.failure.statement : 'statement' in difference ? difference.statement : null;
  const sql = statements.find((statement) => statement.index === index)?.sql ?? '';
  const inStatement = namesIn(sql);
  if (!('failure' in difference)) return inStatement;
  const unique = /^UNIQUE constraint failed: (?!index )(.*)$/s.exec(difference.failure.message)?.[1];
  return unique === undefined ? inStatement : namesIn(unique);
}

function namesIn(sql: string): Set<string> {
  const names = significantTokens(sql).filter(({ kind }) => kind === 'word' || kind === 'name');
  return new Set(names.map(({ text }) => foldName(unquote(text))));
}
