import type { Difference, ObjectDifference } from '../../model/comparison.ts';
import type { FindingOf } from '../../model/finding.ts';
import { finding, placeOf, type RuleContext } from '../context.ts';

type Of<K extends Difference['kind']> = Extract<Difference, { kind: K }>;

/** A migration after which the two sides have not the same objects. */
export function schemaDiffers({ objects }: Of<'schema'>, context: RuleContext): FindingOf<'schema-differs'> {
  return about('schema-differs', objects, context);
}

/** A production database that has not, at its version, the objects that its history makes. */
export function schemaDrifted({ objects }: Of<'drift'>, context: RuleContext): FindingOf<'schema-differs'> {
  return about('schema-drift', objects, context);
}

function about(
  cause: 'schema-differs' | 'schema-drift',
  objects: readonly ObjectDifference[],
  { migration, side }: RuleContext,
): FindingOf<'schema-differs'> {
  const table = objects.find(({ type }) => type === 'table')?.name ?? objects[0]?.name ?? null;
  return finding(placeOf(migration, null, table), side, {
    code: 'schema-differs',
    cause,
    message: objects.map(describe).join('; '),
    details: objects.flatMap(({ name, baseline, candidate }) =>
      baseline !== null && candidate !== null
        ? [`${name} on empty: ${baseline}`, `${name} on rows:  ${candidate}`]
        : [],
    ),
    facts: { objects },
  });
}

function describe({ type, name, baseline, candidate }: ObjectDifference): string {
  if (candidate === null) return `${type} ${name} is missing where there are rows`;
  return baseline === null
    ? `${type} ${name} is there only where there are rows`
    : `${type} ${name} is not the same on both sides`;
}
