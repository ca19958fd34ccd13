import type { ChangedValues, FindingOf } from '../../../model/finding.ts';
import { finding, placeOf, type RuleContext, statementOf } from '../../context.ts';
import type { OfKind, Rule } from '../../rule.ts';
import { byStatement, counted, listed, otherStatements, shownKeys } from '../../words.ts';
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
  const tables = [
    ...has.map((change) => withColumnsOf(change, other.facts.tables)),
    ...other.facts.tables.filter(({ table }) => !has.some((change) => change.table === table)),
  ];
  return { ...known, ...describeAll(tables), facts: { ...known.facts, tables } };
}

function withColumnsOf(change: ChangedValues, others: readonly ChangedValues[]): ChangedValues {
  const same = others.find(({ table }) => table === change.table);
  const added = same?.columns.filter((column) => !change.columns.includes(column)) ?? [];
  return { ...change, columns: [...change.columns, ...added] };
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
  return {
    message: tables.map(describe).join('; '),
    details: [...tables.flatMap(({ table, rows, keys }) => shownKeys(table, rows, keys)), ...otherStatements(tables)],
  };
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
  objects: ({ facts: { tables } }) => tables.map(({ table }) => table),
  merge: mergeChanged,
  readings: {
    'changed-values': { key: ({ cause, table, columns }) => [cause, table, columns], explain: valuesChanged },
  },
} satisfies Rule<'values-changed'>;
