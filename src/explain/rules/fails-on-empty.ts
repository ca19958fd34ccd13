import type { Difference } from '../../model/comparison.ts';
import type { FindingOf } from '../../model/finding.ts';
import { finding, placeOf, type RuleContext, statementOf } from '../context.ts';
import { correctProgram } from '../words.ts';

/** A migration that cannot run after those before it, rows or not. */
export function failsOnEmpty(
  difference: Extract<Difference, { kind: 'failed-on-empty' }>,
  context: RuleContext,
): FindingOf<'fails-on-empty'> {
  const { failure, table, leftBehind } = difference;
  const statement = statementOf(context.migration, failure.statement);
  const quoted = /^no such column: "/.test(failure.message);
  return finding(placeOf(context.migration, statement, table), context.side, {
    code: 'fails-on-empty',
    cause: quoted ? 'double-quoted-string' : 'fails-on-empty',
    message: failure.message,
    details: ['The history ends here: later migrations were not run.'],
    ...(failure.at === 'program' && { instead: correctProgram }),
    facts: { sqliteCode: failure.code, rolledBack: !leftBehind },
  });
}
