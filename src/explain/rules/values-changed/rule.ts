import type { ChangedValues } from '../../../model/facts.ts';
import type { FindingOf } from '../../../model/finding.ts';
import { finding, placeOf, type RuleContext, statementOf } from '../../context.ts';
import { byDataset, byStatement, counted, listed, otherStatements, seenOn, sumOf } from '../../format.ts';
import type { OfKind, Rule } from '../../rule.ts';
import { valueCauses } from './causes.ts';

type Changed = OfKind<'changed-values'>;

/** Values that changed without a statement that says so. One finding per cause. */
function valuesChanged(differences: readonly Changed[], context: RuleContext): FindingOf<'values-changed'>[] {
  const { migration, side, showValues } = context;
  return [...Map.groupBy(differences, ({ cause }) => cause)].flatMap(([cause, unordered]) => {
    const byTable = [...Map.groupBy(byStatement(unordered), ({ table }) => table).values()];
    const tables = byTable.flatMap((columns) => summarise(columns, showValues));
    const [first] = tables;
    if (first === undefined) return [];
    return finding(placeOf(migration, statementOf(migration, first.statement), first.table), side, {
      code: 'values-changed',
      cause,
      topic: valueCauses[cause],
      ...describeAll(tables),
      of: unordered,
      facts: { cause, tables },
    });
  });
}

/** Adds the tables and columns that only another dataset saw changed. */
function mergeChanged(
  known: FindingOf<'values-changed'>,
  other: FindingOf<'values-changed'>,
): FindingOf<'values-changed'> {
  const has = known.facts.tables;
  const added = other.facts.tables.flatMap((change): ChangedValues[] => {
    const told = has.filter(({ table }) => table === change.table).flatMap(({ columns }) => columns);
    const columns = change.columns.filter((column) => !told.includes(column));
    return columns.length === 0 ? [] : [{ ...change, columns }];
  });
  const tables = [...has, ...seenOn(other.measuredOn, added)];
  return { ...known, ...describeAll(tables), facts: { ...known.facts, tables } };
}

/** The columns of one table as one: each row counts once, as far as the columns tell. */
function summarise(columns: readonly Changed[], showValues: boolean): ChangedValues[] {
  const [first] = columns;
  if (first === undefined) return [];
  const { table, of, statement, keys } = first;
  return [
    {
      table,
      columns: columns.flatMap((each) => each.columns),
      rows: Math.max(...columns.map(({ rows }) => rows)),
      of,
      statement,
      keys: showValues ? keys : { columns: [], rows: [] },
    },
  ];
}

function describeAll(tables: readonly ChangedValues[]): { message: string; details: string[] } {
  const { message, others } = byDataset(tables, describe, '; ');
  return { message, details: [...others, ...otherStatements(tables)] };
}

function describe({ table, columns, rows, of }: ChangedValues): string {
  const shown = columns.map((column) => `${table}.${column}`);
  return `${listed(shown)} changed in ${rows} of ${counted(of, 'row')}`;
}

/** The rule of `values-changed`. */
export const valuesChangedRule = {
  code: 'values-changed',
  topic: valueCauses['values-changed'],
  causes: valueCauses,
  dependsOnRows: true,
  objects: ({ facts: { tables } }) => [...new Set(tables.map(({ table }) => table))],
  weight: ({ facts: { tables } }) => sumOf(tables.map(({ rows }) => rows)),
  merge: mergeChanged,
  readings: {
    'changed-values': { key: ({ cause, table, columns }) => [cause, table, columns], explain: valuesChanged },
  },
} satisfies Rule<'values-changed'>;
