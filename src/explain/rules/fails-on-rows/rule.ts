import type { FailureOrigin } from '../../../model/comparison.ts';
import type { Side } from '../../../model/dataset.ts';
import type { FailureCause, FindingOf } from '../../../model/finding.ts';
import type { TableAtFailure } from '../../../model/outcome.ts';
import { earlierThan, finding, placeOf, type RuleContext, shownMessage, statementOf } from '../../context.ts';
import { keyOfFailure } from '../../failure-key.ts';
import { correctProgram, counted, keysLeftOff, sumOf } from '../../format.ts';
import { each, type OfKind, type Rule } from '../../rule.ts';
import type { Topic } from '../../topic.ts';
import { causeOf, constraintIn, failureCauses } from './causes.ts';
import { objectsOfFailure } from './objects.ts';

const declared: FailureCause = 'orphans-under-declared-key';

/** The datasets whose rows come from the schema alone; rows of a profile resemble production's. */
const madeUp: ReadonlySet<Side> = new Set(['one-row', 'typical', 'awkward']);

/** A migration that runs on the empty database and fails on a database with rows. */
function failsOnRows(difference: OfKind<'failed-on-rows'>, context: RuleContext): FindingOf<'fails-on-rows'> {
  const { failure, table, held, validated, deliberate, leftBehind, origin } = difference;
  const statement = statementOf(context.migration, difference.statement);
  const about = { failure, statement, table, earlier: earlierThan(context.migration, statement), origin };
  const cause = difference.isUnderDeclaredKey === true ? declared : causeOf(about);
  const shown = held === null || context.showValues ? held : { ...held, key: null };
  const message = shownMessage(failure, context);
  const isMadeUp = madeUp.has(context.side);
  const isDoubtful = validated && isMadeUp;
  return {
    ...finding(placeOf(context.migration, statement, table), context.side, {
      code: 'fails-on-rows',
      cause: cause ?? 'fails-on-rows',
      topic: cause === null ? topic : failureCauses[cause],
      message,
      details: [
        [...(difference.fault ? [] : describeTableAtFailure(held)), atEnd(failure.at, leftBehind)].join(' '),
        ...(failure.keysLeftOff === true ? [keysLeftOff] : []),
        ...(difference.isBehind === true
          ? ['It shows once the rows that stop the migration before are set aside.']
          : []),
        ...describeOrigin(origin),
        ...(isDoubtful
          ? ['A trigger refuses the values of a generated row. The trigger may have kept such rows out of production.']
          : []),
        ...(deliberate
          ? ['The statement is a guard: it inserts what a constraint refuses, to stop the migration on such rows.']
          : []),
      ],
      ...(isDoubtful && { severity: 'warning' }),
      // Nothing is damaged: the migration is meant to stop on such rows.
      ...(deliberate && isMadeUp && { severity: 'note' }),
      of: [difference],
      instead:
        failure.at === 'program'
          ? correctProgram
          : cause === null
            ? null
            : (failureCauses[cause].advise?.(about) ?? null),
      facts: {
        sqliteCode: failure.code,
        held: shown,
        rolledBack: !leftBehind,
        ...(difference.isBehind === true && { behind: true }),
        ...(origin?.index != null && { index: origin.index }),
        ...(origin?.outside != null && { outside: origin.outside }),
      },
    }),
    title: deliberate ? 'stops on purpose' : topic.title,
  };
}

/** The objects beside the table that had a part in it. */
function describeOrigin(origin: FailureOrigin | undefined): string[] {
  const { outside, index } = origin ?? { outside: null, index: null };
  return [
    ...(outside === null ? [] : [`No migration makes the ${outside.type} ${outside.name}.`]),
    ...(index === null
      ? []
      : [
          index.trigger === null
            ? `The full-text index ${index.table} does not match its content.`
            : `The trigger ${index.trigger} writes the full-text index ${index.table}, which does not match its content.`,
        ]),
  ];
}

function describeTableAtFailure(held: TableAtFailure | null): string[] {
  return held === null ? [] : [`${held.table} held ${counted(held.rows, 'row')} when it ran.`];
}

function atEnd(at: string, leftBehind: boolean): string {
  const when =
    at === 'statement' || at === 'program'
      ? ''
      : at === 'commit'
        ? 'It failed at COMMIT. '
        : 'It failed at the foreign key check before COMMIT. ';
  return `${when}${leftBehind ? 'Part of the migration stays in the database.' : 'The migration was rolled back and changed nothing.'}`;
}

const topic: Topic = {
  title: 'fails on rows, passes when empty',
  severity: 'error',
  why: 'The statement checks the existing rows, and an empty table has none that it could refuse.',
  instead: 'First make the rows meet the conditions of the statement, in the same migration.',
  bad: 'CREATE UNIQUE INDEX users_email ON users(email);',
  good: 'DELETE FROM users WHERE rowid NOT IN (SELECT min(rowid) FROM users GROUP BY email);\nCREATE UNIQUE INDEX users_email ON users(email);',
  link: 'https://sqlite.org/lang_altertable.html',
};

/** The rule of `fails-on-rows`. */
export const failsOnRowsRule = {
  code: 'fails-on-rows',
  topic,
  causes: failureCauses,
  dependsOnRows: true,
  objects: objectsOfFailure,
  distinction: ({ facts, message }) => (facts.behind === true ? (constraintIn(message) ?? message) : null),
  weight: ({ faults }) => sumOf(faults.map(({ rows }) => rows)),
  readings: { 'failed-on-rows': { key: keyOfFailure, explain: each(failsOnRows) } },
} satisfies Rule<'fails-on-rows'>;
