import type { FindingOf } from '../../../model/finding.ts';
import { finding, placeOf, type RuleContext, statementOf } from '../../context.ts';
import { keyOfFailure } from '../../failure-key.ts';
import { afterFailure, oneTransaction } from '../../keys-off.ts';
import { each, type OfKind, type Rule } from '../../rule.ts';
import type { Topic } from '../../topic.ts';

/** A migration that failed and still changed the database. */
function notAtomic(difference: OfKind<'left-behind'>, context: RuleContext): FindingOf<'not-atomic'> {
  const { table, changes } = difference;
  const statement = statementOf(context.migration, difference.statement);
  return finding(placeOf(context.migration, statement, table), context.side, {
    code: 'not-atomic',
    cause: 'not-atomic',
    topic,
    message: `left behind: ${changes.join(', ')}`,
    details: [],
    facts: { changes },
  });
}

const topic: Topic = {
  title: 'stays half applied when it fails',
  severity: 'error',
  why: 'Part of the migration was committed before the failed statement, so the database is in neither the old nor the new state.',
  instead: `${oneTransaction} A database that holds half of it: ${afterFailure}`,
  bad: 'CREATE TABLE a (id INTEGER);\nCOMMIT;\nBEGIN;\nCREATE UNIQUE INDEX b ON c(d);',
  good: 'CREATE TABLE a (id INTEGER);\nCREATE UNIQUE INDEX b ON c(d);',
  link: 'https://sqlite.org/lang_transaction.html',
};

/** The rule of `not-atomic`. */
export const notAtomicRule = {
  code: 'not-atomic',
  topic,
  causes: {},
  dependsOnRows: true,
  readings: { 'left-behind': { key: keyOfFailure, explain: each(notAtomic) } },
} satisfies Rule<'not-atomic'>;
