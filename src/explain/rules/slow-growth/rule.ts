import type { FindingOf } from '../../../model/finding.ts';
import { formatTime } from '../../../text/duration.ts';
import { finding, placeOf, type RuleContext, statementOf } from '../../context.ts';
import { counted, listed } from '../../format.ts';
import { each, type OfKind, type Rule } from '../../rule.ts';
import type { Topic } from '../../topic.ts';

/** A statement whose work grows faster than the rows. */
function slowGrowth(growth: OfKind<'slow-growth'>, { migration, side }: RuleContext): FindingOf<'slow-growth'> {
  const { table, statement, rows, steps, exponent, byForeignKey, plan, index, forecast } = growth;
  const sizes = rows.map((count, i) => `${steps[i]} steps for ${count} rows`);
  const mended =
    index === null
      ? 'No index on the compared columns mends it.'
      : `Measured again after ${index.sql}: it grows with the power ${index.exponent} of the rows.`;
  return finding(placeOf(migration, statementOf(migration, statement), table), side, {
    code: 'slow-growth',
    cause: 'slow-growth',
    topic,
    severity: isBeyond(growth) ? 'error' : 'warning',
    message: `The work grows with the power ${exponent} of the rows of ${table}: ${listed(sizes)}`,
    details: [`EXPLAIN QUERY PLAN: ${plan}.`, mended, ...stakes(growth)],
    facts: { rows, steps, exponent, byForeignKey, plan, index, forecast },
    ...(index !== null && {
      instead: `Before the statement, add: ${index.sql}; and drop ${dropped(index.sql)}.`,
    }),
  });
}

function dropped(sql: string): string {
  return sql.includes('; CREATE INDEX ')
    ? 'both indexes after it, unless something else needs them'
    : 'the index after it, unless something else needs it';
}

function isBeyond({ forecast, tooLong, limit }: OfKind<'slow-growth'>): boolean {
  return tooLong !== null || (forecast !== null && forecast.milliseconds > limit);
}

/** The cost with production's rows. */
function stakes({ table, forecast, tooLong, limit }: OfKind<'slow-growth'>): string[] {
  return [
    ...(forecast === null
      ? []
      : [`The profile has ${counted(forecast.rows, 'row')} of ${table}: about ${formatTime(forecast.milliseconds)}.`]),
    ...(tooLong === null
      ? []
      : [`It takes ${formatTime(tooLong)} on the copy; ${formatTime(limit)} are allowed for a statement.`]),
  ];
}

const topic: Topic = {
  title: 'takes far longer the more rows there are',
  severity: 'warning',
  why: 'The statement reads a table again for each row, so twice the rows take four times as long. It is over at once on a test database, and holds the write lock for minutes or hours in production.',
  instead:
    'Look the rows up by an index (for a foreign key: an index on its columns in the child table), or prepare the values once in a temporary table with an index. If the table stays small, add: -- rowproof: allow slow-growth TABLE -- reason.',
  bad: 'UPDATE loans SET fee = (SELECT fee FROM tariffs WHERE tariffs.code = loans.tariff);',
  good: 'CREATE INDEX tariffs_by_code ON tariffs (code);\nUPDATE loans SET fee = (SELECT fee FROM tariffs WHERE tariffs.code = loans.tariff);',
  link: 'https://sqlite.org/queryplanner.html#_lookup_by_index',
};

/** The rule of `slow-growth`. */
export const slowGrowthRule = {
  code: 'slow-growth',
  topic,
  causes: {},
  dependsOnRows: true,
  weight: ({ facts: { rows } }) => rows.at(-1) ?? 0,
  readings: {
    'slow-growth': {
      key: ({ table, statement }) => [table, statement],
      claimed: ({ table }) => ({ tables: [table], columns: [] }),
      explain: each(slowGrowth),
    },
  },
} satisfies Rule<'slow-growth'>;
