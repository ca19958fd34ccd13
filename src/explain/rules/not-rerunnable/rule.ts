import type { FindingOf } from '../../../model/finding.ts';
import { finding, placeOf, type RuleContext, shownMessage, statementOf } from '../../context.ts';
import { keyOfFailure } from '../../failure-key.ts';
import { listed } from '../../format.ts';
import { each, type OfKind, type Rule } from '../../rule.ts';
import { repeatCauses } from './causes.ts';

/** A migration that failed and whose second run fails on the remains of the first. */
function notRerunnable({ failure, table, first }: OfKind<'stuck'>, context: RuleContext): FindingOf<'not-rerunnable'> {
  const { migration, side } = context;
  const statement = statementOf(migration, failure.statement);
  return finding(placeOf(migration, statement, table), side, {
    code: 'not-rerunnable',
    cause: 'not-rerunnable',
    topic: repeatCauses['not-rerunnable'],
    message: `the second run fails: ${shownMessage(failure, context)}`,
    details: first === null ? [] : [`The first run reached statement ${first}.`],
    facts: { sqliteCode: failure.code, first, after: [], changed: [] },
  });
}

/** A migration that was stopped between two statements and whose second run goes wrong. */
function notRepeatable(
  { failure, table, changed, after }: OfKind<'interrupted'>,
  context: RuleContext,
): FindingOf<'not-rerunnable'> {
  const { migration, side } = context;
  const statement = statementOf(migration, failure === null ? after[0] : failure.statement);
  const cause = failure === null ? 'done-twice' : 'interrupted';
  const others = after.slice(1);
  const stopped = `stopped after statement ${after[0]}, the second run`;
  return finding(placeOf(migration, statement, table), side, {
    code: 'not-rerunnable',
    cause,
    topic: repeatCauses[cause],
    message:
      failure === null
        ? `${stopped} succeeds, but ${listed(changed)} ${changed.length === 1 ? 'differs' : 'differ'} from the result of one complete run`
        : `${stopped} fails: ${shownMessage(failure, context)}`,
    details:
      others.length === 0
        ? []
        : [`The same happens after ${others.length === 1 ? 'statement' : 'statements'} ${listed(others.map(String))}.`],
    facts: { sqliteCode: failure?.code ?? null, first: null, after, changed },
  });
}

/** The rule of `not-rerunnable`. */
export const notRerunnableRule = {
  code: 'not-rerunnable',
  topic: repeatCauses['not-rerunnable'],
  causes: repeatCauses,
  dependsOnRows: true,
  readings: {
    stuck: {
      // Hazards that stop a run at different statements may cause the same failure in the second run.
      key: (difference) => [...keyOfFailure(difference), difference.first],
      explain: each(notRerunnable),
    },
    interrupted: { key: ({ failure, table }) => [failure === null, table], explain: each(notRepeatable) },
  },
} satisfies Rule<'not-rerunnable'>;
