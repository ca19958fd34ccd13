import type { ObjectDifference } from '../../../model/comparison.ts';
import type { FindingOf } from '../../../model/finding.ts';
import type { Migration } from '../../../model/history.ts';
import { differsInOrderAlone } from '../../../sql/column-order.ts';
import { finding, placeOf } from '../../context.ts';
import type { Rule } from '../../rule.ts';
import type { Topic } from '../../topic.ts';

/** Objects that differ between a new database and production after all pending migrations. */
export function upgradeDiffers(
  migration: Migration,
  objects: readonly ObjectDifference[],
): FindingOf<'upgrade-differs'> {
  const table = objects.find(({ type }) => type === 'table')?.name ?? objects[0]?.name ?? null;
  return finding(placeOf(migration, null, table), 'copy', {
    code: 'upgrade-differs',
    cause: 'upgrade-differs',
    topic: objects.every(isOrder) ? orderTopic : topic,
    message: objects.map(describe).join('; '),
    details: objects.flatMap(({ name, baseline, candidate }) =>
      baseline !== null && candidate !== null
        ? [`${name} in a new database: ${baseline}`, `${name} after the upgrade: ${candidate}`]
        : [],
    ),
    facts: { objects },
  });
}

function describe(object: ObjectDifference): string {
  const { type, name, baseline, candidate } = object;
  if (isOrder(object)) return `${type} ${name} has its columns in another order after the upgrade`;
  if (candidate === null) return `${type} ${name} is missing after the upgrade`;
  return baseline === null
    ? `${type} ${name} exists only after the upgrade`
    : `${type} ${name} differs after the upgrade`;
}

/** Whether a table has the same columns and constraints, in another order. */
function isOrder({ type, baseline, candidate }: ObjectDifference): boolean {
  return type === 'table' && baseline !== null && candidate !== null && differsInOrderAlone(baseline, candidate);
}

const topic: Topic = {
  title: 'gives production a different schema than a new database',
  severity: 'error',
  why: 'Production ran the migrations in a different order or in different parts than a new database, so tests run against a schema that production does not have.',
  instead: 'Write a new migration that makes both agree, or move the late migration behind all others.',
  bad: '0002_name.sql  -- comes to production after 0003_email.sql',
  good: '0004_name.sql',
  link: 'https://sqlite.org/schematab.html',
};

/** A statement that names its columns works on both. */
const orderTopic: Topic = {
  ...topic,
  severity: 'warning',
  title: 'gives production another order of columns than a new database',
  why: 'Production ran the migrations in a different order than a new database. Statements that name their columns work on both; SELECT * and INSERT without a list of columns do not.',
  instead:
    'Name the columns in every INSERT, and read results by name. To make both agree, move the late migration behind all others.',
};

/** The rule of `upgrade-differs`, which no difference becomes. */
export const upgradeDiffersRule = {
  code: 'upgrade-differs',
  topic,
  causes: {},
  dependsOnRows: false,
  objects: ({ facts: { objects } }) => objects.map(({ type, name }) => [type, name]),
  readings: {},
} satisfies Rule<'upgrade-differs'>;
