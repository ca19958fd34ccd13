import type { DuplicatedRows } from '../../../model/facts.ts';
import type { FindingOf } from '../../../model/finding.ts';
import { finding, placeOf, type RuleContext, statementOf } from '../../context.ts';
import { byDataset, byStatement, counted, otherStatements, seenOn, sumOf } from '../../format.ts';
import type { OfKind, Rule } from '../../rule.ts';
import type { Topic } from '../../topic.ts';

type Duplicates = OfKind<'duplicate-rows'>;

/** Tables whose copy holds more copies of a row than before. */
function rowsDuplicated(
  differences: readonly Duplicates[],
  { migration, side }: RuleContext,
): FindingOf<'rows-duplicated'>[] {
  const tables = byStatement(differences).map(({ table, rows, of, statement }) => ({ table, rows, of, statement }));
  const [first] = tables;
  if (first === undefined) return [];
  const place = placeOf(migration, statementOf(migration, first.statement), first.table);
  return [
    finding(place, side, {
      code: 'rows-duplicated',
      cause: 'rows-duplicated',
      topic,
      ...describeAll(tables),
      of: byStatement(differences),
      facts: { tables },
    }),
  ];
}

/** Adds the tables that only another dataset saw grow. */
function mergeDuplicated(
  known: FindingOf<'rows-duplicated'>,
  other: FindingOf<'rows-duplicated'>,
): FindingOf<'rows-duplicated'> {
  const added = other.facts.tables.filter(({ table }) => !known.facts.tables.some((had) => had.table === table));
  const tables = [...known.facts.tables, ...seenOn(other.measuredOn, added)];
  return { ...known, ...describeAll(tables), facts: { tables } };
}

function describeAll(tables: readonly DuplicatedRows[]): { message: string; details: string[] } {
  const { message, others } = byDataset(tables, describe, ', ');
  return { message, details: [...others, ...otherStatements(tables)] };
}

function describe({ table, rows, of }: DuplicatedRows): string {
  return `${table} gained ${counted(rows, 'duplicate row')} (${counted(of, 'row')} before)`;
}

const topic: Topic = {
  title: 'copies rows more than once',
  severity: 'error',
  why: 'The copy produces a row once for each match of the join, or once for each statement that copies it, and the new table has no key that refuses the duplicates.',
  instead:
    'Look up the other value in a subquery instead of a join, or give the new table a key that identifies its rows.',
  bad: 'INSERT INTO trips_new SELECT t.day, t.km, s.name FROM trips t JOIN stops s ON s.trip = t.id;',
  good: 'INSERT INTO trips_new SELECT day, km, (SELECT min(name) FROM stops WHERE trip = trips.id) FROM trips;',
  link: 'https://sqlite.org/lang_select.html',
};

/** The rule of `rows-duplicated`. */
export const rowsDuplicatedRule = {
  code: 'rows-duplicated',
  topic,
  causes: {},
  dependsOnRows: true,
  objects: ({ facts: { tables } }) => tables.map(({ table }) => table),
  weight: ({ facts: { tables } }) => sumOf(tables.map(({ rows }) => rows)),
  merge: mergeDuplicated,
  readings: { 'duplicate-rows': { key: ({ table }) => [table], explain: rowsDuplicated } },
} satisfies Rule<'rows-duplicated'>;
