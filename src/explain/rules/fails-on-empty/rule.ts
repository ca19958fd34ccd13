import type { FindingOf } from '../../../model/finding.ts';
import { hasOtherDialect } from '../../../sql/other-dialect.ts';
import { finding, placeOf, type RuleContext, statementOf } from '../../context.ts';
import { keyOfFailure } from '../../failure-key.ts';
import { correctProgram } from '../../format.ts';
import { each, type OfKind, type Rule } from '../../rule.ts';
import type { Topic } from '../../topic.ts';
import { causeOf, failureCauses } from '../fails-on-rows/causes.ts';
import { doubleQuotedString } from './causes.ts';

/** A migration that cannot run after the earlier ones, with or without rows. */
function failsOnEmpty(difference: OfKind<'failed-on-empty'>, context: RuleContext): FindingOf<'fails-on-empty'> {
  const { failure, table, leftBehind } = difference;
  const statement = statementOf(context.migration, failure.statement);
  const quoted = /^no such column: "/.test(failure.message);
  const limit = causeOf({ failure, statement, table }) === 'engine-limit' ? failureCauses['engine-limit'] : null;
  const isOfOtherDatabase = statement !== null && hasOtherDialect(statement.sql);
  const place = placeOf(context.migration, statement, table);
  return finding({ ...place, line: failure.line ?? place.line }, context.side, {
    code: 'fails-on-empty',
    cause: quoted ? 'double-quoted-string' : limit === null ? 'fails-on-empty' : 'engine-limit',
    topic: quoted ? doubleQuotedString : (limit ?? topic),
    // Whoever is at fault, nothing behind it was looked at.
    severity: 'error',
    message: failure.message,
    details: ['The history ends here: later migrations were not run.'],
    ...(failure.at === 'program' && { instead: correctProgram }),
    ...(isOfOtherDatabase && { instead: ofOtherDatabase }),
    facts: { sqliteCode: failure.code, rolledBack: !leftBehind },
  });
}

/** The advice for a statement with words that SQLite does not know. */
const ofOtherDatabase =
  'The statement is in the SQL of another database, such as PostgreSQL or MySQL. rowproof judges migrations of SQLite alone: name the folder that holds those.';

const topic: Topic = {
  title: 'fails on an empty database',
  severity: 'error',
  why: 'The migration cannot run after the earlier ones, even without rows.',
  instead: 'Correct the statement, or name the database that version 0 starts from with --base.',
  bad: 'ALTER TABLE users ADD COLUMN email TEXT UNIQUE;',
  good: 'ALTER TABLE users ADD COLUMN email TEXT;\nCREATE UNIQUE INDEX users_email ON users(email);',
  link: 'https://sqlite.org/lang_altertable.html#alter_table_add_column',
};

/** The rule of `fails-on-empty`. */
export const failsOnEmptyRule = {
  code: 'fails-on-empty',
  topic,
  causes: { 'double-quoted-string': doubleQuotedString, 'engine-limit': failureCauses['engine-limit'] },
  dependsOnRows: false,
  readings: { 'failed-on-empty': { key: keyOfFailure, explain: each(failsOnEmpty) } },
} satisfies Rule<'fails-on-empty'>;
