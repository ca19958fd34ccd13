import type { Difference } from '../../model/comparison.ts';
import type { FindingOf } from '../../model/finding.ts';
import { finding, placeOf, type RuleContext, statementOf } from '../context.ts';

/** A migration that failed and yet changed the database. */
export function notAtomic(
  difference: Extract<Difference, { kind: 'left-behind' }>,
  context: RuleContext,
): FindingOf<'not-atomic'> {
  const { table, changes } = difference;
  const statement = statementOf(context.migration, difference.statement);
  return finding(placeOf(context.migration, statement, table), context.side, {
    code: 'not-atomic',
    cause: 'not-atomic',
    message: `left behind: ${changes.join(', ')}`,
    details: [],
    facts: { changes },
  });
}
