import type { UnreadableTable } from '../../../model/facts.ts';
import type { FindingOf } from '../../../model/finding.ts';
import { finding, placeOf, type RuleContext, shownMessage, statementOf } from '../../context.ts';
import { byDataset, byStatement, counted, otherStatements, seenOn, shownKeys, sumOf } from '../../format.ts';
import type { OfKind, Rule } from '../../rule.ts';
import type { Topic } from '../../topic.ts';
import { causeOf as failureCauseOf, failureCauses } from '../fails-on-rows/causes.ts';

type UnreadableRows = OfKind<'unreadable-rows'>;

/** Rows that cannot be read any more. One finding per cause; a cause has the same name in `fails-on-rows`. */
function rowsUnreadable(differences: readonly UnreadableRows[], context: RuleContext): FindingOf<'rows-unreadable'>[] {
  const { migration, side, showValues } = context;
  const causeOf = ({
    code,
    message,
    harmless,
    table,
    statement,
  }: UnreadableRows): FindingOf<'rows-unreadable'>['cause'] => {
    const failure = { at: 'statement', statement, code, message, harmless } as const;
    return failureCauseOf({ failure, statement: statementOf(migration, statement), table }) ?? 'rows-unreadable';
  };
  return [...Map.groupBy(differences, causeOf)].flatMap(([cause, unordered]) => {
    const tables = byStatement(unordered).map((difference): UnreadableTable => {
      const { table, column, rows, of, code, statement, keys } = difference;
      const message = shownMessage(difference, context);
      const shown = showValues ? keys : { columns: [], rows: [] };
      return { table, column, rows, of, sqliteCode: code, message, statement, keys: shown };
    });
    const [first] = tables;
    if (first === undefined) return [];
    const about = cause === 'rows-unreadable' ? topic : failureCauses[cause];
    const place = placeOf(migration, statementOf(migration, first.statement), first.table);
    return {
      ...finding(place, side, {
        code: 'rows-unreadable',
        cause,
        topic: about,
        ...describeAll(tables),
        of: unordered,
        facts: { tables },
      }),
      title: topic.title,
    };
  });
}

/** Adds the columns that only another dataset saw fail. */
function mergeUnreadable(
  known: FindingOf<'rows-unreadable'>,
  other: FindingOf<'rows-unreadable'>,
): FindingOf<'rows-unreadable'> {
  const had = known.facts.tables;
  const added = other.facts.tables.filter(
    ({ table, column }) => !had.some((each) => each.table === table && each.column === column),
  );
  const tables = [...had, ...seenOn(other.measuredOn, added)];
  return { ...known, ...describeAll(tables), facts: { tables } };
}

function describeAll(tables: readonly UnreadableTable[]): { message: string; details: string[] } {
  const { message, others } = byDataset(tables, describe, '; ');
  const keys = tables.filter(({ dataset }) => dataset === undefined).flatMap(describeKeys);
  return { message, details: [...keys, ...others, ...otherStatements(tables)] };
}

function describe({ table, column, rows, of, message }: UnreadableTable): string {
  const what = column === null ? table : `${table}.${column}`;
  const where = rows === null || of === null ? '' : ` in ${rows} of ${counted(of, 'row')}`;
  return `${what} cannot be read${where}: ${message}`;
}

function describeKeys({ table, rows, keys }: UnreadableTable): string[] {
  return shownKeys(table, rows ?? keys.rows.length, keys);
}

const topic: Topic = {
  title: 'leaves rows that cannot be read',
  severity: 'error',
  why: 'ADD COLUMN does not compute a virtual generated column for the existing rows. A later read (even SELECT *) or change of such a row fails with the error of the expression.',
  instead:
    'Write an expression that has a value for every row, with CASE WHEN … END around the part that may raise an error, or correct the rows first.',
  bad: 'ALTER TABLE soundings ADD COLUMN metres AS (abs(depth)) VIRTUAL;',
  good: 'ALTER TABLE soundings ADD COLUMN metres AS (CASE WHEN depth > -9223372036854775808 THEN abs(depth) END) VIRTUAL;',
  link: 'https://sqlite.org/gencol.html#virtual_versus_stored_columns',
};

/** The rule of `rows-unreadable`. */
export const rowsUnreadableRule = {
  code: 'rows-unreadable',
  topic,
  causes: failureCauses,
  dependsOnRows: true,
  objects: ({ facts: { tables } }) => tables.map(({ table, column }) => [table, column]),
  weight: ({ facts: { tables } }) => sumOf(tables.map(({ rows }) => rows ?? 0)),
  merge: mergeUnreadable,
  readings: {
    'unreadable-rows': {
      key: ({ table, column, code, harmless, message }) => [table, column, code, harmless ? message : null],
      claimed: ({ table, column }) => ({ tables: [table], columns: column === null ? [] : [column] }),
      explain: rowsUnreadable,
    },
  },
} satisfies Rule<'rows-unreadable'>;
