import type { OrphanedKey } from '../../../model/facts.ts';
import type { FindingOf, OrphanCause } from '../../../model/finding.ts';
import { finding, placeOf, type RuleContext, statementOf } from '../../context.ts';
import { byDataset, byStatement, counted, otherStatements, seenOn, sumOf } from '../../format.ts';
import type { OfKind, Rule } from '../../rule.ts';
import { orphanCauses } from './causes.ts';

type NewOrphans = OfKind<'new-orphans'>;

/** Rows whose parents the migration removed, whose key it declares, or whose parent table is gone. One finding per cause. */
function orphansCreated(differences: readonly NewOrphans[], context: RuleContext): FindingOf<'orphans-created'>[] {
  const { migration, side } = context;
  return [...Map.groupBy(differences, causeOf)].flatMap(([cause, unordered]) => {
    const keys = byStatement(unordered).map(({ table, columns, parent, parentExists, rows, statement }) => {
      return { table, columns, parent, parentExists, rows, statement };
    });
    const [first] = keys;
    if (first === undefined) return [];
    const place = placeOf(migration, statementOf(migration, first.statement), first.table);
    return finding(place, side, {
      code: 'orphans-created',
      cause,
      topic: orphanCauses[cause],
      ...describeAll(keys),
      of: byStatement(unordered),
      facts: { keys },
    });
  });
}

/** Adds the keys that only another dataset saw broken. */
function mergeOrphans(
  known: FindingOf<'orphans-created'>,
  other: FindingOf<'orphans-created'>,
): FindingOf<'orphans-created'> {
  const had = new Set(known.facts.keys.map(identity));
  const added = other.facts.keys.filter((key) => !had.has(identity(key)));
  const keys = [...known.facts.keys, ...seenOn(other.measuredOn, added)];
  return { ...known, ...describeAll(keys), facts: { keys } };
}

function describeAll(keys: readonly OrphanedKey[]): { message: string; details: string[] } {
  const { message, others } = byDataset(keys, describe, '; ');
  return { message, details: [...others, ...otherStatements(keys)] };
}

function describe({ table, columns, parent, parentExists, rows }: OrphanedKey): string {
  const have = `${counted(rows, 'row')} of ${table}(${columns.join(', ')}) ${rows === 1 ? 'has' : 'have'}`;
  return parentExists ? `${have} no parent in ${parent}` : `${have} a key to the table ${parent}, which does not exist`;
}

function identity({ table, columns, parent }: OrphanedKey): string {
  return JSON.stringify([table, columns, parent]);
}

function causeOf({ parentExists, declaredBefore }: NewOrphans): OrphanCause {
  if (!parentExists) return 'parent-gone';
  return declaredBefore ? 'orphans-created' : 'key-meets-orphans';
}

/** The rule of `orphans-created`. */
export const orphansCreatedRule = {
  code: 'orphans-created',
  topic: orphanCauses['orphans-created'],
  causes: orphanCauses,
  dependsOnRows: true,
  objects: ({ facts: { keys } }) => keys.map(identity),
  weight: ({ facts: { keys } }) => sumOf(keys.map(({ rows }) => rows)),
  merge: mergeOrphans,
  readings: {
    'new-orphans': { key: ({ table, columns, parent }) => [table, columns, parent], explain: orphansCreated },
  },
} satisfies Rule<'orphans-created'>;
