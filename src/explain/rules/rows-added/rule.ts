import type { AddedRows } from '../../../model/facts.ts';
import type { FindingOf } from '../../../model/finding.ts';
import { finding, placeOf, type RuleContext, statementOf } from '../../context.ts';
import { byDataset, byStatement, counted, otherStatements, seenOn, sumOf } from '../../format.ts';
import type { OfKind, Rule } from '../../rule.ts';
import type { Topic } from '../../topic.ts';

/** Tables that receive rows only from triggers. */
function rowsAdded(
  differences: readonly OfKind<'more-rows'>[],
  { migration, side }: RuleContext,
): FindingOf<'rows-added'>[] {
  const tables = byStatement(differences).map(({ table, rows, of, statement }) => ({ table, rows, of, statement }));
  const [first] = tables;
  if (first === undefined) return [];
  return [
    finding(placeOf(migration, statementOf(migration, first.statement), first.table), side, {
      code: 'rows-added',
      cause: 'rows-added',
      topic,
      ...describeAll(tables),
      of: byStatement(differences),
      facts: { tables },
    }),
  ];
}

/** Adds the tables that only another dataset saw grow. */
function mergeAdded(known: FindingOf<'rows-added'>, other: FindingOf<'rows-added'>): FindingOf<'rows-added'> {
  const added = other.facts.tables.filter(({ table }) => !known.facts.tables.some((had) => had.table === table));
  const tables = [...known.facts.tables, ...seenOn(other.measuredOn, added)];
  return { ...known, ...describeAll(tables), facts: { tables } };
}

function describeAll(tables: readonly AddedRows[]): { message: string; details: string[] } {
  const { message, others } = byDataset(tables, describe, ', ');
  return { message, details: [...others, ...otherStatements(tables)] };
}

function describe({ table, rows, of }: AddedRows): string {
  return `${table} gained ${counted(rows, 'row')} (${counted(of, 'row')} before)`;
}

const topic: Topic = {
  title: 'adds rows through a trigger',
  severity: 'warning',
  why: 'A trigger writes a row into the table for every row that the statement touches, so an audit log, a feed of changes or a queue records the migration as the work of users.',
  instead:
    'Drop the trigger before the statement and create it again afterwards. If the rows are intended, add: -- rowproof: allow rows-added TABLE -- reason.',
  bad: 'UPDATE hives SET weight_kg = weight_g / 1000.0;  -- a trigger notes every hive in change_feed',
  good: 'DROP TRIGGER hives_changed;\nUPDATE hives SET weight_kg = weight_g / 1000.0;\nCREATE TRIGGER hives_changed …;',
  link: 'https://sqlite.org/lang_createtrigger.html',
};

/** The rule of `rows-added`. */
export const rowsAddedRule = {
  code: 'rows-added',
  topic,
  causes: {},
  dependsOnRows: true,
  objects: ({ facts: { tables } }) => tables.map(({ table }) => table),
  weight: ({ facts: { tables } }) => sumOf(tables.map(({ rows }) => rows)),
  merge: mergeAdded,
  readings: { 'more-rows': { key: ({ table }) => [table], explain: rowsAdded } },
} satisfies Rule<'rows-added'>;
