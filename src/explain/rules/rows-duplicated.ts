import type { Difference } from '../../model/comparison.ts';
import type { DuplicatedRows, FindingOf } from '../../model/finding.ts';
import { finding, placeOf, type RuleContext, statementOf } from '../context.ts';
import { byStatement, counted, otherStatements } from '../words.ts';

type Duplicates = Extract<Difference, { kind: 'duplicate-rows' }>;

/** Tables whose copy holds rows more often than they were there. */
export function rowsDuplicated(
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
      message: tables.map(describe).join(', '),
      details: otherStatements(tables),
      facts: { tables },
    }),
  ];
}

/** Adds the tables that only another dataset saw grow. */
export function mergeDuplicated(
  known: FindingOf<'rows-duplicated'>,
  other: FindingOf<'rows-duplicated'>,
): FindingOf<'rows-duplicated'> {
  const added = other.facts.tables.filter(({ table }) => !known.facts.tables.some((had) => had.table === table));
  const tables = [...known.facts.tables, ...added];
  return { ...known, message: tables.map(describe).join(', '), details: otherStatements(tables), facts: { tables } };
}

function describe({ table, rows, of }: DuplicatedRows): string {
  return `${table} has ${counted(rows, 'row')} more than the ${of} that it held, alike ${rows === 1 ? 'one of them' : 'them'}`;
}
