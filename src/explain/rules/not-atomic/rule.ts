import type { FindingOf } from '../../../model/finding.ts';
import { earlierThan, finding, placeOf, type RuleContext, shownMessage, statementOf } from '../../context.ts';
import { keyOfFailure } from '../../failure-key.ts';
import { correctProgram } from '../../format.ts';
import { afterFailure, oneTransaction } from '../../keys-off.ts';
import { each, type OfKind, type Rule } from '../../rule.ts';
import type { Topic } from '../../topic.ts';
import { causeOf, failureCauses } from '../fails-on-rows/causes.ts';
import { objectsOfFailure } from '../fails-on-rows/objects.ts';

/** A migration that failed and still changed the database. The cause of the failure comes first: it has to be put right first. */
function notAtomic(difference: OfKind<'left-behind'>, context: RuleContext): FindingOf<'not-atomic'> {
  const { failure, table, changes, origin } = difference;
  const statement = statementOf(context.migration, difference.statement);
  const about = { failure, statement, table, earlier: earlierThan(context.migration, statement), origin };
  const cause = causeOf(about);
  const found = finding(placeOf(context.migration, statement, table), context.side, {
    code: 'not-atomic',
    cause: cause ?? 'not-atomic',
    topic,
    message: shownMessage(failure, context),
    details: [`Left behind: ${changes.join(', ')}.`],
    ...(failure.at === 'program' && { instead: correctProgram }),
    facts: { sqliteCode: failure.code, changes },
  });
  if (cause === null) return found;
  const { why, instead, advise } = failureCauses[cause];
  return {
    ...found,
    why: `${why} ${topic.why}`,
    instead: `${advise?.(about) ?? instead} ${topic.instead}`,
  };
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
  causes: failureCauses,
  dependsOnRows: true,
  objects: objectsOfFailure,
  readings: { 'left-behind': { key: keyOfFailure, explain: each(notAtomic) } },
} satisfies Rule<'not-atomic'>;
