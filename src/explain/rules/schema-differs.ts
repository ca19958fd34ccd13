import type { Difference, ObjectDifference } from '../../model/comparison.ts';
import type { FindingOf } from '../../model/finding.ts';
import { finding, placeOf, type RuleContext } from '../context.ts';
import { codeTopics } from '../topics.ts';

/** A migration after which the two sides have not the same objects. */
export function schemaDiffers(
  difference: Extract<Difference, { kind: 'schema' }>,
  context: RuleContext,
): FindingOf<'schema-differs'> {
  const { objects } = difference;
  const table = objects.find(({ type }) => type === 'table')?.name ?? objects[0]?.name ?? null;
  return finding(codeTopics['schema-differs'], placeOf(context.migration, null, table), context.side, {
    code: 'schema-differs',
    cause: 'schema-differs',
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
