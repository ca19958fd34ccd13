import type { Difference } from '../../model/comparison.ts';
import type { Side } from '../../model/dataset.ts';
import type { FindingOf } from '../../model/finding.ts';
import type { Held } from '../../model/outcome.ts';
import { causeOf, failureCauses } from '../causes.ts';
import { finding, placeOf, type RuleContext, shownMessage, statementOf } from '../context.ts';
import { codeTopics } from '../topics.ts';
import { correctProgram, counted, shownKey } from '../words.ts';

/** Whose rows are made from the schema alone; those of a profile are as production's are. */
const madeUp: ReadonlySet<Side> = new Set(['one-row', 'typical', 'awkward']);

/** A migration that the empty database takes and a database with rows refuses. */
export function failsOnRows(
  difference: Extract<Difference, { kind: 'failed-on-rows' }>,
  context: RuleContext,
): FindingOf<'fails-on-rows'> {
  const { failure, table, held, validated, leftBehind } = difference;
  const statement = statementOf(context.migration, difference.statement);
  const cause = causeOf({ failure, statement, table });
  const shown = held === null || context.showValues ? held : { ...held, key: null };
  const message = shownMessage(failure, context);
  const isDoubtful = validated && madeUp.has(context.side);
  return {
    ...finding(placeOf(context.migration, statement, table), context.side, {
      code: 'fails-on-rows',
      cause: cause ?? 'fails-on-rows',
      message,
      details: [
        [...describeHeld(shown), atEnd(failure.at, leftBehind)].join(' '),
        ...(isDoubtful
          ? ['A trigger refuses what a made-up row holds; it may have kept such rows out of production.']
          : []),
      ],
      ...(isDoubtful && { severity: 'warning' }),
      instead:
        failure.at === 'program'
          ? correctProgram
          : cause === null
            ? null
            : (failureCauses[cause].advise?.({ failure, statement, table }) ?? null),
      facts: { sqliteCode: failure.code, held: shown, rolledBack: !leftBehind },
    }),
    title: codeTopics['fails-on-rows'].title,
  };
}

function describeHeld(held: Held | null): string[] {
  return held === null ? [] : [`${held.table} held ${counted(held.rows, 'row')}${shownKey(held)} when it ran.`];
}

function atEnd(at: string, leftBehind: boolean): string {
  const when =
    at === 'statement' || at === 'program'
      ? ''
      : at === 'commit'
        ? 'It failed at COMMIT. '
        : 'It failed at the foreign key check before COMMIT. ';
  return `${when}${leftBehind ? 'Part of it stays in the database.' : 'Nothing was changed: the migration was rolled back.'}`;
}
