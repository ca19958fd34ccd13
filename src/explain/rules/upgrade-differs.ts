import type { ObjectDifference } from '../../model/comparison.ts';
import type { FindingOf } from '../../model/finding.ts';
import type { Migration } from '../../model/history.ts';
import { finding, placeOf } from '../context.ts';

/** Objects that a new database has otherwise than production has them once all that is pending has run. */
export function upgradeDiffers(
  migration: Migration,
  objects: readonly ObjectDifference[],
): FindingOf<'upgrade-differs'> {
  const table = objects.find(({ type }) => type === 'table')?.name ?? objects[0]?.name ?? null;
  return finding(placeOf(migration, null, table), 'copy', {
    code: 'upgrade-differs',
    cause: 'upgrade-differs',
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
