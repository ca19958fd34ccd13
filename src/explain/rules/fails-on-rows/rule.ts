import type { Side } from '../../../model/dataset.ts';
import type { FailureCause, FindingOf } from '../../../model/finding.ts';
import type { Held } from '../../../model/outcome.ts';
import { finding, placeOf, type RuleContext, shownMessage, statementOf } from '../../context.ts';
import { keyOfFailure } from '../../failure-key.ts';
import { each, type OfKind, type Rule } from '../../rule.ts';
import type { Topic } from '../../topic.ts';
import { correctProgram, counted, keysLeftOff, shownKey } from '../../words.ts';
import { causeOf, failureCauses } from './causes.ts';

const declared: FailureCause = 'orphans-under-declared-key';

/** The datasets whose rows come from the schema alone; rows of a profile resemble production's. */
const madeUp: ReadonlySet<Side> = new Set(['one-row', 'typical', 'awkward']);

/** A migration that runs on the empty database and fails on a database with rows. */
function failsOnRows(difference: OfKind<'failed-on-rows'>, context: RuleContext): FindingOf<'fails-on-rows'> {
  const { failure, table, held, validated, leftBehind } = difference;
  const statement = statementOf(context.migration, difference.statement);
  const cause = difference.isUnderDeclaredKey === true ? declared : causeOf({ failure, statement, table });
  const shown = held === null || context.showValues ? held : { ...held, key: null };
  const message = shownMessage(failure, context);
  const isDoubtful = validated && madeUp.has(context.side);
  return {
    ...finding(placeOf(context.migration, statement, table), context.side, {
      code: 'fails-on-rows',
      cause: cause ?? 'fails-on-rows',
      topic: cause === null ? topic : failureCauses[cause],
      message,
      details: [
        [...describeHeld(shown), atEnd(failure.at, leftBehind)].join(' '),
        ...(failure.keysLeftOff === true ? [keysLeftOff] : []),
        ...(isDoubtful
          ? ['A trigger refuses the values of a generated row. The trigger may have kept such rows out of production.']
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
    title: topic.title,
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
  // Two columns of a table are two matters: SQLite names them, or quotes the CHECK.
  objects: ({ table, message }) => [table, /constraint failed: (.*)$/s.exec(message)?.[1] ?? null],
  readings: { 'failed-on-rows': { key: keyOfFailure, explain: each(failsOnRows) } },
} satisfies Rule<'fails-on-rows'>;
