import type { ObjectDifference } from '../../../model/comparison.ts';
import type { FindingOf } from '../../../model/finding.ts';
import type { Migration } from '../../../model/history.ts';
import { finding, placeOf } from '../../context.ts';
import type { Rule } from '../../rule.ts';
import type { Topic } from '../../topic.ts';

/** Objects that a new database has otherwise than production has them once all that is pending has run. */
export function upgradeDiffers(
  migration: Migration,
  objects: readonly ObjectDifference[],
): FindingOf<'upgrade-differs'> {
  const table = objects.find(({ type }) => type === 'table')?.name ?? objects[0]?.name ?? null;
  return finding(placeOf(migration, null, table), 'copy', {
    code: 'upgrade-differs',
    cause: 'upgrade-differs',
    topic,
    message: objects.map(describe).join('; '),
    details: objects.flatMap(({ name, baseline, candidate }) =>
      baseline !== null && candidate !== null
        ? [`${name} when made anew: ${baseline}`, `${name} when upgraded:  ${candidate}`]
        : [],
    ),
    facts: { objects },
  });
}

function describe({ type, name, baseline, candidate }: ObjectDifference): string {
  if (candidate === null) return `${type} ${name} is missing after the upgrade`;
  return baseline === null ? `${type} ${name} is there only after the upgrade` : `${type} ${name} is not the same`;
}

const topic: Topic = {
  title: 'leaves production with another schema than a new database has',
  severity: 'error',
  why: 'Production ran the migrations in another order or in other parts than a new database does, so tests run against a schema that production does not have.',
  instead: 'Bring both together by a new migration, or give the migration that came late its place behind all others.',
  bad: '0002_name.sql  -- comes to production after 0003_email.sql',
  good: '0004_name.sql',
  link: 'https://sqlite.org/schematab.html',
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
