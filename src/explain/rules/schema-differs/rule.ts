import type { ObjectDifference } from '../../../model/comparison.ts';
import type { FindingOf } from '../../../model/finding.ts';
import { finding, placeOf, type RuleContext } from '../../context.ts';
import { each, type OfKind, type Rule } from '../../rule.ts';
import type { Topic } from '../../topic.ts';
import { schemaDrift } from './causes.ts';

/** A migration after which the two sides have not the same objects. */
function schemaDiffers({ objects }: OfKind<'schema'>, context: RuleContext): FindingOf<'schema-differs'> {
  return about('schema-differs', objects, context);
}

/** A production database that has not, at its version, the objects that its history makes. */
function schemaDrifted({ objects }: OfKind<'drift'>, context: RuleContext): FindingOf<'schema-differs'> {
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
    topic: cause === 'schema-drift' ? schemaDrift : topic,
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

const topic: Topic = {
  title: 'leaves another schema behind when there are rows',
  severity: 'error',
  why: 'The same migration made different objects on the two sides, so what the tests run against is not what production has.',
  instead: 'Drop or rename what is in the way before IF NOT EXISTS passes over it.',
  bad: 'CREATE TABLE IF NOT EXISTS reports (id INTEGER PRIMARY KEY, body TEXT);',
  good: 'DROP TABLE IF EXISTS reports;\nCREATE TABLE reports (id INTEGER PRIMARY KEY, body TEXT);',
  link: 'https://sqlite.org/lang_createtable.html',
};

const ofObjects = {
  key: ({ objects }: { readonly objects: readonly ObjectDifference[] }) =>
    objects.map(({ type, name }) => [type, name]),
  claimed: ({ objects }: { readonly objects: readonly ObjectDifference[] }) => ({
    tables: objects.map(({ name }) => name),
    columns: [],
  }),
};

/** The rule of `schema-differs`. */
export const schemaDiffersRule = {
  code: 'schema-differs',
  topic,
  causes: { 'schema-drift': schemaDrift },
  dependsOnRows: true,
  isGraveOnAnyRow: true,
  objects: ({ facts: { objects } }) => objects.map(({ type, name }) => [type, name]),
  readings: {
    schema: { ...ofObjects, explain: each(schemaDiffers) },
    drift: { ...ofObjects, explain: each(schemaDrifted) },
  },
} satisfies Rule<'schema-differs'>;
