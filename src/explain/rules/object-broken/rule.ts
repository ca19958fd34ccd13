import type { BrokenPart } from '../../../model/facts.ts';
import type { BrokenCause, FindingOf } from '../../../model/finding.ts';
import { finding, placeOf, type RuleContext, statementOf } from '../../context.ts';
import { byStatement, otherStatements } from '../../format.ts';
import type { OfKind, Rule } from '../../rule.ts';
import { brokenCauses } from './causes.ts';

type Broken = OfKind<'broken-object'>;

/** Views, triggers, tables and foreign keys that do not compile after the migration. One finding for each cause. */
function objectBroken(differences: readonly Broken[], context: RuleContext): FindingOf<'object-broken'>[] {
  const { migration, side } = context;
  return [...Map.groupBy(differences, causeOf)].flatMap(([cause, unordered]) => {
    const objects = byStatement(unordered).map(({ kind: _kind, ...object }) => object);
    const [first] = objects;
    if (first === undefined) return [];
    return finding(placeOf(migration, statementOf(migration, first.statement), first.table), side, {
      code: 'object-broken',
      cause,
      topic: brokenCauses[cause],
      ...describeAll(objects),
      facts: { objects },
    });
  });
}

/** Adds the objects that only another side has, such as a view that exists only in production. */
function mergeBroken(known: FindingOf<'object-broken'>, other: FindingOf<'object-broken'>): FindingOf<'object-broken'> {
  const had = known.facts.objects;
  const added = other.facts.objects.filter(
    ({ type, name }) => !had.some((object) => object.type === type && object.name === name),
  );
  const objects = [...had, ...added];
  return { ...known, ...describeAll(objects), facts: { objects } };
}

function describeAll(objects: readonly BrokenPart[]): { message: string; details: string[] } {
  const places = objects.map(({ name, statement }) => ({ table: name, statement }));
  return { message: objects.map(describe).join('; '), details: otherStatements(places) };
}

function describe({ type, name, table, message, follows }: BrokenPart): string {
  if (follows) return `${type === 'foreign-key' ? 'the foreign key of' : type} ${name}: ${message}`;
  if (type === 'foreign-key') return `${name} cannot be written where foreign keys are enforced: ${message}`;
  if (type === 'table') return `table ${name} cannot be written: ${message}`;
  if (type === 'view') return `view ${name} cannot be read: ${message}`;
  return `trigger ${name} on ${table} fails every write that fires it: ${message}`;
}

function causeOf({ type, message, follows }: Broken): BrokenCause {
  if (follows) return 'followed-the-old-table';
  if (type !== 'foreign-key') return 'object-broken';
  return message.startsWith('foreign key mismatch') ? 'parent-key-gone' : 'parent-gone';
}

/** The rule of `object-broken`. */
export const objectBrokenRule = {
  code: 'object-broken',
  topic: brokenCauses['object-broken'],
  causes: brokenCauses,
  dependsOnRows: false,
  objects: ({ facts: { objects } }) => objects.map(({ type, name }) => [type, name]),
  merge: mergeBroken,
  readings: { 'broken-object': { key: ({ type, name }) => [type, name], explain: objectBroken } },
} satisfies Rule<'object-broken'>;
