import type { Difference } from '../../model/comparison.ts';
import type { FindingOf } from '../../model/finding.ts';
import { finding, placeOf, type RuleContext, shownMessage, statementOf } from '../context.ts';
import { codeTopics } from '../topics.ts';

/** A migration that failed and then stumbles over what it left behind. */
export function notRerunnable(
  { failure, table, first }: Extract<Difference, { kind: 'stuck' }>,
  context: RuleContext,
): FindingOf<'not-rerunnable'> {
  const { migration, side } = context;
  const statement = statementOf(migration, failure.statement);
  return finding(codeTopics['not-rerunnable'], placeOf(migration, statement, table), side, {
    code: 'not-rerunnable',
    cause: 'not-rerunnable',
    message: `the second run fails: ${shownMessage(failure, context)}`,
    details: first === null ? [] : [`The first run came to statement ${first}.`],
    facts: { sqliteCode: failure.code, first },
  });
}
