import type { Difference } from '../model/comparison.ts';
import type { Directive, Migration } from '../model/history.ts';
import { sameName } from '../sql/quote.ts';
import { codeOf, readingOf } from './rules/rules.ts';

/** An `allow` directive: a difference that the authors accept, with the reason. */
export type Claim = Extract<Directive, { kind: 'allow' }>;

/**
 * The claim of a migration that accepts a difference. It names one table, so it never accepts a loss of another table;
 * if it names a column, it accepts that column only. A difference without a table cannot be claimed.
 */
export function claimOn({ directives }: Migration, difference: Difference): Claim | undefined {
  const claims = directives.filter((directive) => directive.kind === 'allow');
  if (claims.length === 0) return undefined;
  const code = codeOf(difference.kind);
  const { tables, columns } = claimedOf(difference);
  return claims.find(
    (claim) =>
      claim.code === code && areAll(tables, claim.table) && (claim.column === null || areAll(columns, claim.column)),
  );
}

function areAll(names: readonly string[], name: string): boolean {
  return names.length > 0 && names.every((each) => sameName(each, name));
}

/** The names that a claim must give; a difference without a table cannot be claimed. */
function claimedOf(difference: Difference): {
  readonly tables: readonly string[];
  readonly columns: readonly string[];
} {
  const { claimed } = readingOf(difference.kind);
  if (claimed !== undefined) return claimed(difference);
  const table = 'table' in difference ? difference.table : null;
  return { tables: table === null ? [] : [table], columns: 'columns' in difference ? difference.columns : [] };
}
