import type { FindingOf } from '../../../model/finding.ts';
import type { Migration } from '../../../model/history.ts';
import type { Runner, ToolRefusal } from '../../../model/tool.ts';
import { finding, placeOf, statementOf } from '../../context.ts';
import type { Rule } from '../../rule.ts';
import type { Topic } from '../../topic.ts';

/** A statement that the tool refuses or changes, independent of SQLite. */
export function refusedByTool(
  { tool }: Runner,
  migration: Migration,
  { statement, why }: ToolRefusal,
): FindingOf<'refused-by-tool'> {
  const place = placeOf(migration, statementOf(migration, statement), null);
  return finding(place, 'empty', {
    code: 'refused-by-tool',
    cause: 'refused-by-tool',
    topic,
    message: why,
    details: [],
    facts: { tool },
  });
}

const topic: Topic = {
  title: 'contains a statement that its tool does not run',
  severity: 'error',
  why: 'The tool that runs the migration, or the driver under it, refuses the statement or runs only a part of it.',
  instead: 'Write the statement in a form that the tool accepts.',
  bad: '-- a migration of D1\nCREATE TEMP TABLE saved AS SELECT * FROM posts;',
  good: '-- a migration of D1\nCREATE TABLE saved AS SELECT * FROM posts;',
  link: 'https://developers.cloudflare.com/d1/sql-api/sql-statements/',
};

/** The rule of `refused-by-tool`, which no difference becomes. */
export const refusedByToolRule = {
  code: 'refused-by-tool',
  topic,
  causes: {},
  dependsOnRows: false,

  readings: {},
} satisfies Rule<'refused-by-tool'>;
