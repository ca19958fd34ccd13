import type { FindingOf } from '../../../model/finding.ts';
import type { Migration } from '../../../model/history.ts';
import type { LedgerProblem } from '../../../model/ledger.ts';
import type { Runner } from '../../../model/tool.ts';
import { finding, placeOf } from '../../context.ts';
import type { Rule } from '../../rule.ts';
import type { Topic } from '../../topic.ts';

/** A migration that a database with the one before it never runs, according to the files. */
export function skippedAlways(
  migration: Migration,
  after: string,
  { tool, title }: Runner,
): FindingOf<'skipped-migration'> {
  const { position, id } = migration;
  return finding(placeOf(migration, null, null), 'empty', {
    code: 'skipped-migration',
    cause: 'skipped-migration',
    topic,
    message: `${title} never runs it on a database that has ${after}, because the time or number of ${after} is not lower`,
    details: [],
    facts: { tool, after, position, id },
  });
}

/** A migration that production never runs, according to its ledger. */
export function skippedInProduction(
  { name, file, position, id }: LedgerProblem,
  { tool, title }: Runner,
): FindingOf<'skipped-migration'> {
  const place = { migration: name, file, line: null, statement: null, statements: 0, sql: null, table: null };
  return finding(place, 'copy', {
    code: 'skipped-migration',
    cause: 'skipped-migration',
    topic,
    message: `a newer migration is already applied, so ${title} always skips it`,
    details: [],
    facts: { tool, after: null, position, id },
  });
}

const topic: Topic = {
  title: 'never runs after a newer migration has run',
  severity: 'error',
  why: 'The tool runs only migrations that are newer than the newest applied one. New databases run this migration, but upgraded databases never do.',
  instead: 'Generate it again, so that its time or number is the highest.',
  bad: '{ "tag": "0003_posts", "when": 1700000000000 }  -- 0002_users has "when": 1700000000001',
  good: '{ "tag": "0003_posts", "when": 1700000000002 }',
  link: 'https://github.com/drizzle-team/drizzle-orm/issues/5769',
};

/** The rule of `skipped-migration`, which no difference becomes. */
export const skippedMigrationRule = {
  code: 'skipped-migration',
  topic,
  causes: {},
  dependsOnRows: false,
  readings: {},
} satisfies Rule<'skipped-migration'>;
