import type { CauseOf, FindingOf } from '../../../model/finding.ts';
import type { Migration, TableElsewhere } from '../../../model/history.ts';
import { hasOtherDialect } from '../../../sql/other-dialect.ts';
import { sameName } from '../../../sql/quote.ts';
import { finding, placeOf, type RuleContext, statementOf } from '../../context.ts';
import { keyOfFailure } from '../../failure-key.ts';
import { correctProgram } from '../../format.ts';
import { each, type OfKind, type Rule } from '../../rule.ts';
import type { Topic } from '../../topic.ts';
import { causeOf, failureCauses } from '../fails-on-rows/causes.ts';
import { doubleQuotedString, tableFromElsewhere } from './causes.ts';

/** A migration that cannot run after the earlier ones, with or without rows. */
function failsOnEmpty(difference: OfKind<'failed-on-empty'>, context: RuleContext): FindingOf<'fails-on-empty'> {
  const { failure, table, leftBehind } = difference;
  const statement = statementOf(context.migration, failure.statement);
  const elsewhere = tableElsewhere(failure.message, context.migration);
  const limit = causeOf({ failure, statement, table }) === 'engine-limit' ? failureCauses['engine-limit'] : null;
  const isOfOtherDatabase = statement !== null && hasOtherDialect(statement.sql);
  const place = placeOf(context.migration, statement, table);
  return finding({ ...place, line: failure.line ?? place.line }, context.side, {
    code: 'fails-on-empty',
    ...causeAndTopic(failure.message, limit, elsewhere),
    // Whoever is at fault, nothing behind it was looked at.
    severity: 'error',
    message: failure.message,
    details: [...madeAt(elsewhere), 'The history ends here: later migrations were not run.'],
    ...(isSchemaTable.test(failure.message) && { instead: keepSchemaTable }),
    ...(failure.at === 'program' && { instead: correctProgram }),
    ...(isOfOtherDatabase && { instead: ofOtherDatabase }),
    facts: { sqliteCode: failure.code, rolledBack: !leftBehind },
  });
}

/** https://sqlite.org/c3ref/c_dbconfig_defensive.html#sqlitedbconfigdefensive */
const isSchemaTable = /^table sqlite_(?:master|schema|temp_master|temp_schema) may not be modified$/;
const keepSchemaTable =
  'rowproof lets nothing write the table of the schema, as better-sqlite3, node:sqlite and D1 do; the SQLite of Go and Rust drivers allows it. Rebuild the table instead, or check the later files on a database from behind this one: --base FILE.';

function causeAndTopic(
  message: string,
  limit: Topic | null,
  elsewhere: TableElsewhere | undefined,
): { readonly cause: 'fails-on-empty' | CauseOf<'fails-on-empty'>; readonly topic: Topic } {
  if (/^no such column: "/.test(message)) return { cause: 'double-quoted-string', topic: doubleQuotedString };
  if (limit !== null) return { cause: 'engine-limit', topic: limit };
  if (elsewhere !== undefined) return { cause: 'table-from-elsewhere', topic: tableFromElsewhere };
  return { cause: 'fails-on-empty', topic };
}

/** The table that is missing, where something outside of the history makes it. */
function tableElsewhere(message: string, { elsewhere = [] }: Migration): TableElsewhere | undefined {
  const missing = /^no such table: (?:main\.)?(.+)$/.exec(message)?.[1];
  return elsewhere.find(({ table }) => missing !== undefined && sameName(table, missing));
}

function madeAt(elsewhere: TableElsewhere | undefined): string[] {
  return elsewhere?.place == null ? [] : [`${elsewhere.table} is made in ${elsewhere.place}.`];
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
  causes: {
    'double-quoted-string': doubleQuotedString,
    'engine-limit': failureCauses['engine-limit'],
    'table-from-elsewhere': tableFromElsewhere,
  },
  dependsOnRows: false,
  readings: { 'failed-on-empty': { key: keyOfFailure, explain: each(failsOnEmpty) } },
} satisfies Rule<'fails-on-empty'>;
