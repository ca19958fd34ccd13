import type { ObjectDifference } from '../../../model/comparison.ts';
import type { FindingOf } from '../../../model/finding.ts';
import { finding, placeOf, type RuleContext } from '../../context.ts';
import { each, type OfKind, type Rule } from '../../rule.ts';
import type { Topic } from '../../topic.ts';
import { schemaDrift } from './causes.ts';

/** A migration after which the two sides have different objects. */
function schemaDiffers({ objects }: OfKind<'schema'>, context: RuleContext): FindingOf<'schema-differs'> {
  return about('schema-differs', objects, context);
}

/** A production database whose objects differ from the result of its history at the same version. */
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
  if (candidate === null) return `${type} ${name} is missing in the database with rows`;
  return baseline === null
    ? `${type} ${name} exists only in the database with rows`
    : `${type} ${name} differs between the two databases`;
}

const topic: Topic = {
  title: 'leaves a different schema in a database with rows',
  severity: 'error',
  why: 'The same migration made different objects in the empty database and in the one with rows, so tests run against a schema that production does not have.',
  instead: 'Drop or rename the existing object before IF NOT EXISTS skips the new one.',
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
