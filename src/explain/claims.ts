import type { Difference } from '../model/comparison.ts';
import type { FindingCode } from '../model/finding.ts';
import type { Directive, Migration } from '../model/history.ts';
import { sameName } from '../sql/quote.ts';

/** An `allow` directive: a difference that the authors accept, with the reason. */
export type Claim = Extract<Directive, { kind: 'allow' }>;

/** The finding that each kind of difference becomes; a lost part becomes that of its kind. */
const codes: Readonly<Record<Exclude<Difference['kind'], 'lost-part'>, FindingCode>> = {
  'failed-on-rows': 'fails-on-rows',
  'failed-on-empty': 'fails-on-empty',
  'left-behind': 'not-atomic',
  stuck: 'not-rerunnable',
  interrupted: 'not-rerunnable',
  schema: 'schema-differs',
  drift: 'schema-differs',
  'fewer-rows': 'rows-lost',
  'changed-values': 'values-changed',
  'duplicate-rows': 'rows-duplicated',
  'sequence-reset': 'autoincrement-reset',
  'new-orphans': 'orphans-created',
  'new-violations': 'invariant-broken',
  integrity: 'invariant-broken',
  'unreadable-rows': 'rows-unreadable',
  'broken-object': 'object-broken',
};

/**
 * The claim of a migration that accepts a difference. It speaks of one table, so it never accepts what another one lost,
 * and where it names a column, of that column alone; a difference of no table cannot be claimed.
 */
export function claimOn({ directives }: Migration, difference: Difference): Claim | undefined {
  const claims = directives.filter((directive) => directive.kind === 'allow');
  if (claims.length === 0) return undefined;
  const code = codeOf(difference);
  const tables = tablesOf(difference);
  const columns = columnsOf(difference);
  return claims.find(
    (claim) =>
      claim.code === code && areAll(tables, claim.table) && (claim.column === null || areAll(columns, claim.column)),
  );
}

function columnsOf(difference: Difference): readonly string[] {
  if (difference.kind === 'unreadable-rows') return difference.column === null ? [] : [difference.column];
  return 'columns' in difference ? difference.columns : [];
}

function codeOf(difference: Difference): FindingCode {
  return difference.kind === 'lost-part' ? `${difference.part}-dropped` : codes[difference.kind];
}

function areAll(names: readonly string[], name: string): boolean {
  return names.length > 0 && names.every((each) => sameName(each, name));
}

function tablesOf(difference: Difference): string[] {
  if (difference.kind === 'schema' || difference.kind === 'drift') return difference.objects.map(({ name }) => name);
  return 'table' in difference && difference.table !== null ? [difference.table] : [];
}
