import type { DroppedColumn } from '../../../model/facts.ts';
import type { FindingOf } from '../../../model/finding.ts';
import { finding, placeOf, type RuleContext, statementOf } from '../../context.ts';
import { byStatement, counted, otherStatements } from '../../format.ts';
import type { OfKind, Rule } from '../../rule.ts';
import type { Topic } from '../../topic.ts';

/** Columns whose values go nowhere: those that something waits for, and those that nothing does, which is a note. */
function valuesDropped(
  differences: readonly OfKind<'dropped-values'>[],
  { migration, side }: RuleContext,
): FindingOf<'values-dropped'>[] {
  const all = byStatement(differences).map(
    ({ table, columns: [column], rows, of, waiting, statement }): DroppedColumn => ({
      ...{ table, column, rows, of, waiting, statement },
    }),
  );
  const awaited = all.filter(({ waiting }) => waiting !== null);
  const unmissed = all.filter(({ waiting }) => waiting === null);
  return [awaited, unmissed].flatMap((columns) => {
    const [first] = columns;
    if (first === undefined) return [];
    return [
      finding(placeOf(migration, statementOf(migration, first.statement), first.table), side, {
        code: 'values-dropped',
        cause: 'values-dropped',
        topic,
        ...(first.waiting === null && { severity: 'note' }),
        ...describeAll(columns),
        facts: { columns },
      }),
    ];
  });
}

/** Adds the columns that only another dataset had values in. */
function mergeDropped(
  known: FindingOf<'values-dropped'>,
  other: FindingOf<'values-dropped'>,
): FindingOf<'values-dropped'> {
  const isKnown = ({ table, column }: DroppedColumn): boolean =>
    known.facts.columns.some((had) => had.table === table && had.column === column);
  const columns = [...known.facts.columns, ...other.facts.columns.filter((each) => !isKnown(each))];
  return { ...known, ...describeAll(columns), facts: { columns } };
}

function describeAll(columns: readonly DroppedColumn[]): { message: string; details: string[] } {
  return {
    message: columns.map(describe).join(', '),
    details: [
      ...columns.flatMap(({ table, column, waiting }) =>
        waiting === null
          ? []
          : [
              waiting === table
                ? `The migration makes ${table}.${column} anew, without them.`
                : `${waiting} is new and empty, and its names speak of ${column}.`,
            ],
      ),
      ...otherStatements(columns),
    ],
  };
}

function describe({ table, column, rows, of }: DroppedColumn): string {
  return `${table}.${column} goes with the values of ${rows} of ${counted(of, 'row')}`;
}

const topic: Topic = {
  title: 'drops values that nothing takes over',
  severity: 'warning',
  why: 'The column goes and no statement of the migration reads it, while a new column of the same name stays empty.',
  instead:
    'Copy the values before the column goes: INSERT … SELECT into the new table, or UPDATE of the new column. If nobody needs them, add: -- rowproof: allow values-dropped TABLE.COLUMN -- reason.',
  bad: 'CREATE TABLE preferences (sailor_id INTEGER, theme TEXT);\nALTER TABLE sailors DROP COLUMN theme;',
  good: 'CREATE TABLE preferences (sailor_id INTEGER, theme TEXT);\nINSERT INTO preferences SELECT id, theme FROM sailors;\nALTER TABLE sailors DROP COLUMN theme;',
  link: 'https://sqlite.org/lang_altertable.html#alter_table_drop_column',
};

/** The rule of `values-dropped`. */
export const valuesDroppedRule = {
  code: 'values-dropped',
  topic,
  causes: {},
  dependsOnRows: true,
  objects: ({ facts: { columns } }) => columns.map(({ table, column }) => [table, column]),
  distinction: ({ facts: { columns } }) => columns[0]?.waiting !== null,
  merge: mergeDropped,
  readings: { 'dropped-values': { key: ({ table, columns }) => [table, columns], explain: valuesDropped } },
} satisfies Rule<'values-dropped'>;
