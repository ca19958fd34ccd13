import type { Difference } from '../model/comparison.ts';
import type { FindingCode } from '../model/finding.ts';
import type { Directive, Migration } from '../model/history.ts';
import { sameName } from '../sql/quote.ts';

/** An `allow` directive: a difference that the authors accept, with the reason. */
export type Claim = Extract<Directive, { kind: 'allow' }>;

/** The finding that each kind of difference becomes. */
const codes: Readonly<Record<Difference['kind'], FindingCode>> = {
  'failed-on-rows': 'fails-on-rows',
  'failed-on-empty': 'fails-on-empty',
  'left-behind': 'not-atomic',
  stuck: 'not-rerunnable',
  schema: 'schema-differs',
  drift: 'schema-differs',
  'fewer-rows': 'rows-lost',
  'new-orphans': 'orphans-created',
  'new-violations': 'invariant-broken',
  integrity: 'invariant-broken',
};

/**
 * The claim of a migration that accepts a difference. It speaks of one table, so it never accepts what another one lost;
 * a difference of no table cannot be claimed.
 */
export function claimOn({ directives }: Migration, difference: Difference): Claim | undefined {
  const tables = tablesOf(difference);
  const claims = directives.filter((directive) => directive.kind === 'allow');
  return claims.find(
    ({ code, table }) =>
      code === codes[difference.kind] && tables.length > 0 && tables.every((name) => sameName(name, table)),
  );
}

function tablesOf(difference: Difference): string[] {
  if (difference.kind === 'schema' || difference.kind === 'drift') return difference.objects.map(({ name }) => name);
  return 'table' in difference && difference.table !== null ? [difference.table] : [];
}
